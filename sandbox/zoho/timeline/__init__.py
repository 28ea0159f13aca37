"""What was done to a record, by whom, with which values before and after: the vendor's timeline."""
