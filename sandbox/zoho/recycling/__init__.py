"""The recycle bin of the whole organisation: what lies in it, what comes back, what goes for good."""
