"""A bounded HTTP call and what came of it; nothing here knows a vendor."""
