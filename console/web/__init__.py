"""The fast door: takes vendors' webhooks, keeps which records they hint at, and answers at once."""
