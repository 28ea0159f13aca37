"""Bulk reads: jobs that write up to two hundred thousand records of a module into one CSV."""
