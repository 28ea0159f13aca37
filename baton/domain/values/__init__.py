"""What a side shows of a value, what would be written there of it, and when two values are the same."""
