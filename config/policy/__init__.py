"""What a connection's YAML says, read into domain values; everything wrong in it is told at once, with its line."""
