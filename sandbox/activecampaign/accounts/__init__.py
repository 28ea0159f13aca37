"""Companies: the accounts of the vendor's sales side, and which contact belongs to which."""
