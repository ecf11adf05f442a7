"""The commands: thin, they parse arguments, call the app and print."""
