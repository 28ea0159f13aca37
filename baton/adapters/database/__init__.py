"""The facts, in PostgreSQL: one file per port, SQL kept as SQL."""
