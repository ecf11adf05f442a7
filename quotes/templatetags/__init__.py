"""Tags and filters of the readers' pages."""
