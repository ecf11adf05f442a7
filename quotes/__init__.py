"""The app: quotes from summits, their evidence, and how they are read and kept."""
