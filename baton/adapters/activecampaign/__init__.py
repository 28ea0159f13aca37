"""One ActiveCampaign account behind the Gateway port."""
