"""What the fleet shares for a moment and may forget."""
