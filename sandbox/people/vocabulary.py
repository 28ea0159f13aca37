"""The words marketing uses in its fields, lists and tags; some of them no sales team has ever heard of."""

LIFECYCLE_STAGES = ("Subscriber", "Lead", "MQL", "SQL", "Opportunity", "Customer")
LEAD_SOURCES = ("Website", "Webinar", "Referral", "Trade Show", "Cold Call", "Podcast")
INDUSTRIES = ("Software", "Manufacturing", "Retail", "Healthcare", "Aerospace", "Space Mining")
LISTS = ("Newsletter", "Product News", "Events")
TAGS = ("Hot Lead", "Webinar Attended", "Pricing Page", "Whitepaper", "Partner", "Trial, 14 days", "VIP")
SALES_STAGES = ("Subscriber", "MQL", "SQL", "Opportunity", "Customer")
JOB_TITLES = (
    "Head of Marketing",
    "Managing Director",
    "Geschäftsführerin",
    "Purchasing Manager",
    "Operations Lead",
    "Responsable des achats",
    "Software Engineer",
    "CEO",
    "Owner",
    "Plant Manager",
    "Chief Nursing Officer",
    "Assistant to the Board",
    "Directora Comercial",
    "IT-Leiter",
)
