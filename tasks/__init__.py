"""One file per stage. A task parses its message, calls one flow, and passes on what comes next."""
