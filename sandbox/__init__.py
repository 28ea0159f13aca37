"""Two practice CRM servers with the vendors' wire format, faults and limits; they know nothing of Baton."""
