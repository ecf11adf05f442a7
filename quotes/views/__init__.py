"""Readers' pages: request, query, render."""
