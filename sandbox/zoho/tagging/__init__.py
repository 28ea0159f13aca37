"""Tags: the words each module knows, and which records carry them."""
