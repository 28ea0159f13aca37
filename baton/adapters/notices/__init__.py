"""Ways to tell somebody outside what became of a handoff."""
