"""Scores, the rules that move them, and how contacts stand. No event tells of a change."""
