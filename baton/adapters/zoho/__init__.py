"""One Zoho CRM organisation behind the Gateway port."""
