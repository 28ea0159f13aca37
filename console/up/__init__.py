"""What `make up` does: starts everything on this machine, keeps it alive, shows what happens, and ends it."""
