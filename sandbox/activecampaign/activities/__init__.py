"""What happened around a contact, as one stream that is written down when it is first read."""
