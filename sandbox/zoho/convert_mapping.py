"""What each field of a lead is called in the contact and the account it becomes."""

SAME = (
    "Salutation",
    "First_Name",
    "Last_Name",
    "Email",
    "Secondary_Email",
    "Phone",
    "Mobile",
    "Fax",
    "Skype_ID",
    "Twitter",
    "Lead_Source",
    "Email_Opt_Out",
    "Description",
    "Marketing_Consent",
    "Lifecycle_Stage",
    "Renewal_Date",
    "Budget",
    "Sales_Comment",
    "Preferred_Channel",
    "ActiveCampaign_ID",
)
RENAMED = {
    "Designation": "Title",
    "Street": "Mailing_Street",
    "City": "Mailing_City",
    "State": "Mailing_State",
    "Zip_Code": "Mailing_Zip",
    "Country": "Mailing_Country",
}
OF_THE_ACCOUNT = {
    "Company": "Account_Name",
    "Industry": "Industry",
    "Annual_Revenue": "Annual_Revenue",
    "No_of_Employees": "Employees",
    "Website": "Website",
    "Phone": "Phone",
    "Fax": "Fax",
}
