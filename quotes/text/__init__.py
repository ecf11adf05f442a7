"""Pure functions on Chinese text: no database, no Django models."""
