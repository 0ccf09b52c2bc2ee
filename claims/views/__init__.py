"""Pages for readers: each loads what its reader may see, and presents it."""
