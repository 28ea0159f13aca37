"""What marketers build: forms people submit, and automations that forms or the API start."""
