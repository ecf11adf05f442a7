"""Management of the site from the shell."""
