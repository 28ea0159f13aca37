"""The practice Zoho CRM organisation: an ASGI app that answers as the vendor's API does."""
