"""What hangs on a record: its tasks, notes, deals and contacts."""
