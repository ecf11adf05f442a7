"""Every version of all content: kept, read, restored."""
