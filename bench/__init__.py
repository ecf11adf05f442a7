"""Benchmarks: a large corpus, and what pages cost on it. Not a part of the site."""
