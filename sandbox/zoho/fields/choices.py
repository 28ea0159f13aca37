"""The words of the organisation's picklists; `-None-` is how the vendor shows a blank."""

NONE = "-None-"
SALUTATIONS = (NONE, "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.")
LEAD_SOURCES = (
    NONE,
    "Advertisement",
    "Cold Call",
    "Employee Referral",
    "External Referral",
    "Online Store",
    "X (Twitter)",
    "Facebook",
    "Partner",
    "Public Relations",
    "Sales Email Alias",
    "Seminar Partner",
    "Internal Seminar",
    "Trade Show",
    "Web Download",
    "Web Research",
    "Web Cases",
    "Web Mail",
    "Chat",
)
LEAD_STATUSES = (
    NONE,
    "Attempted to Contact",
    "Contact in Future",
    "Contacted",
    "Junk Lead",
    "Lost Lead",
    "Not Contacted",
    "Pre-Qualified",
    "Not Qualified",
)
INDUSTRIES = (NONE, "Software", "Manufacturing", "Retail", "Healthcare", "Aerospace", "Education", "Finance", "Other")
RATINGS = (NONE, "Acquired", "Active", "Market Failed", "Project Cancelled", "Shut Down")
CONSENTS = ("Subscribed", "Unsubscribed", "Bounced", "Unconfirmed", "Unknown")
UNSUBSCRIBED_MODES = ("Consent form", "Manual", "Unsubscribe link", "Zoho campaigns")
PREFERRED_CHANNELS = (NONE, "E-mail", "Phone", "SMS")
STAGES = {
    "Qualification": 10,
    "Needs Analysis": 20,
    "Value Proposition": 40,
    "Proposal/Price Quote": 75,
    "Negotiation/Review": 90,
    "Closed Won": 100,
    "Closed Lost": 0,
}
"""Each with how likely, in per cent, a deal in it is won."""

DEAL_TYPES = (NONE, "Existing Business", "New Business")
PIPELINES = ("Standard (Standard)",)
NOT_STARTED, COMPLETED = "Not Started", "Completed"
TASK_STATUSES = (NOT_STARTED, "In Progress", COMPLETED, "Deferred", "Waiting for input")
PRIORITIES = ("Highest", "High", "Normal", "Low", "Lowest")

CALL_TYPES = ("Outbound", "Inbound", "Missed")
CALL_STATUSES = ("Scheduled", "Completed", "Overdue", "Cancelled")
CALL_PURPOSES = (NONE, "Prospecting", "Administrative", "Negotiation", "Demo", "Project", "Desk")
CALL_RESULTS = (
    NONE,
    "Interested",
    "Not interested",
    "No response/Busy",
    "Requested more info",
    "Requested call back",
    "Invalid number",
)
