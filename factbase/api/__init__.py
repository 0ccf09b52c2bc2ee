"""The API for readers: read-only, open, strict about what it is asked."""
