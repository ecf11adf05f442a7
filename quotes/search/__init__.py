"""The index over quotes, and asking it."""
