"""What the practice ActiveCampaign tells others, unasked: registrations, events, and the bodies they travel in."""
