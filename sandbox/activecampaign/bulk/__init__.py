"""Bulk import: contacts handed over in batches and worked off later, without a word to any webhook."""
