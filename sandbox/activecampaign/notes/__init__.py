"""Notes people and programs write on contacts, deals, accounts, tasks and activities."""
