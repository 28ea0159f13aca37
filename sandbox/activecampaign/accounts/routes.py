"""The doors to accounts and memberships. Fixed names stand before `{id}`, which would take them."""

from sandbox.activecampaign.accounts import endpoints, membership_endpoints

ROUTES = (
    ("GET", "/accounts", endpoints.list_accounts),
    ("POST", "/accounts", endpoints.create_account),
    ("DELETE", "/accounts/bulk_delete", endpoints.delete_many),
    ("GET", "/accounts/{id}", endpoints.get_account),
    ("PUT", "/accounts/{id}", endpoints.change_account),
    ("PATCH", "/accounts/{id}", endpoints.change_account),
    ("DELETE", "/accounts/{id}", endpoints.delete_account),
    ("GET", "/accounts/{id}/accountContacts", membership_endpoints.of_an_account),
    ("GET", "/accountContacts", membership_endpoints.list_memberships),
    ("POST", "/accountContacts", membership_endpoints.create_membership),
    ("GET", "/accountContacts/{id}", membership_endpoints.get_membership),
    ("PUT", "/accountContacts/{id}", membership_endpoints.change_membership),
    ("PATCH", "/accountContacts/{id}", membership_endpoints.change_membership),
    ("DELETE", "/accountContacts/{id}", membership_endpoints.delete_membership),
)
