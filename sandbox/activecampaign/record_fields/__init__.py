"""Custom fields of accounts and deals: a system of its own, unlike that of contacts in most things."""
