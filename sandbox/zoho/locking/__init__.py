"""Records locked by hand: who locked them and why. What a lock stands in the way of is judged where it is written."""
