"""Everything that happens because time passed."""
