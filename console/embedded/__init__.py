"""A private PostgreSQL and a private Redis for a machine that has neither."""
