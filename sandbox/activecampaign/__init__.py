"""A practice ActiveCampaign account: the v3 API as far as a synchroniser uses it."""
