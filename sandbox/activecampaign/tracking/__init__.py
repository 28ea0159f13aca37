"""What contacts do out of sight of the account's screens: pages they visit, events sites report, mails they open."""
