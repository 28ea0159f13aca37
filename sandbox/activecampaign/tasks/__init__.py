"""Tasks on deals and contacts, and the types they are of."""
