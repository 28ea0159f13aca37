"""Calls a practice CRM makes to others: one sender for both vendors, with faults and journal entries of their own."""
