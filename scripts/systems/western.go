package main

// The layouts of formats.md 1.4 to 1.6 and 1.11.
const (
	hubspotLabels = `Record ID|First Name|Last Name|Email|Phone Number|Mobile Phone Number|WhatsApp Phone Number|Fax Number|Work email|City|State/Region|Country/Region|IP Country|Postal Code|Street Address|Company Name|Job Title|Contact owner|Create Date|Last Modified Date|Last Activity Date|Last Contacted|Last Engagement Date|` +
		`Last marketing email click date|Last marketing email open date|Last marketing email reply date|Last marketing email send date|Number of times contacted|Lead Status|Lifecycle Stage|Original Source|Original Source Drill-Down 1|Original Source Drill-Down 2|Latest Source|Legal basis for processing contact's data|Marketing contact until next update|` +
		`Marketing email confirmation status|Unsubscribed from all email|Opted out of email: Marketing Information|Opted out of email: One to One|Email hard bounce reason|Email Address Quarantined|Email address quarantine reason|Invalid email address|Preferred language|Time Zone|Associated Company (IDs)`
	hubspotShort      = `Record ID - Contact|First Name|Last Name|Email|Phone number|Mobile phone number|Contact owner|Lead status|Marketing contact status|Create Date|Unsubscribed from all email`
	hubspotProperties = `hs_object_id|firstname|lastname|email|phone|mobilephone|hs_whatsapp_phone_number|country|hs_email_optout|hs_email_optout_8112233|hs_legal_basis|hs_marketable_status|notes_last_contacted|notes_last_updated|hs_analytics_source|lastmodifieddate|createdate`
	zohoNew           = `Record Id|Contact Owner.id|Contact Owner|Lead Source|First Name|Last Name|Account Name.id|Account Name|Vendor Name.id|Vendor Name|Email|Title|Department|Phone|Home Phone|Other Phone|Mobile|Fax|Date of Birth|Created By.id|Created By|Modified By.id|Modified By|Created Time|Modified Time|Contact Name|` +
		`Mailing Street|Mailing City|Mailing State|Mailing Zip|Mailing Country|Description|Email Opt Out|Salutation|Secondary Email|Last Activity Time|Tag|Unsubscribed Mode|Unsubscribed Time|Change Log Time|Locked`
	zohoOld       = `Contact Id|Contact Owner|Lead Source|First Name|Last Name|Account Name|Vendor Name|Email|Title|Department|Phone|Home Phone|Other Phone|Mobile|Fax|Date of Birth|Created By|Modified By|Created Time|Modified Time|Mailing Street|Mailing City|Mailing State|Mailing Zip|Mailing Country|Description|Email Opt Out|Skype ID|Salutation|Secondary Email|Twitter`
	pipedriveNew  = `Person - ID|Person - Name|Person - First name|Person - Last name|Person - Organization|Person - Email - Work|Person - Email - Home|Person - Email - Other|Person - Phone - Work|Person - Phone - Home|Person - Phone - Mobile|Person - Phone - Other|Person - Marketing status|Person - Double opt-in|Person - Owner|Person - Labels|Person - Job title|Person - Birthday|Person - Notes|Person - Last activity date|Person - Last email received|Person - Postal address`
	pipedriveWide = `Deal - ID|Deal - Title|Deal - Status|Deal - Value|Person - ID|Person - Name|Person - Organisation|Person - Email - Work|Person - Phone - Work|Person - Phone - Mobile|Person - Marketing status|Person - Marketing consent|Organization - Name|Organization - Address`
	forceLabels   = `First Name|Last Name|Email|Phone|Mobile|Home Phone|Other Phone|Asst. Phone|Title|Account Name|Contact Owner|Lead Source|Do Not Call|Email Opt Out|Description|Mailing Street|Mailing City|Mailing State/Province|Mailing Zip/Postal Code|Mailing Country|Birthdate`
	forceOld      = `First Name|Last Name|Email|Business Phone|Mobile Phone|Title|Account Name|Contact Owner|Lead Source|Do Not Call|Email Opt Out|Mailing Country`
	forceAPI      = `FirstName|LastName|Email|Phone|MobilePhone|MailingCountry|LeadSource|HasOptedOutOfEmail|DoNotCall`
)

var american = delimited{comma: ","}

func hubspot(t *town) []file {
	labels := sheet{header: split(hubspotLabels, "|"), rows: []row{
		{"Record ID", "51", "First Name", "Nora", "Last Name", "Zimina", "Email", "nora@ulitka.example", "Mobile Phone Number", t.plus(), "Country/Region", "Russia", "IP Country", "germany", "Lead Status", "Open", "Lifecycle Stage", "Subscriber", "Original Source", "Organic Search", "Number of times contacted", "9031112233", "Last marketing email send date", "2026-10-01 10:00",
			"Legal basis for processing contact's data", "Legitimate interest - Lead", "Marketing email confirmation status", "", "Unsubscribed from all email", "", "Email Address Quarantined", "false", "Invalid email address", "false", "Marketing contact until next update", "false"},
		{"Record ID", "52", "First Name", "Oskar", "Last Name", "Tikhonov", "Email", "oskar@ulitka.example", "Phone Number", t.plus(), "Unsubscribed from all email", "true"},
		{"Record ID", "53", "First Name", "Petra", "Last Name", "Zimina", "Phone Number", t.plus(), "Unsubscribed from all email", "false", "Opted out of email: Marketing Information", "false", "Opted out of email: One to One", "No"},
		{"Record ID", "54", "First Name", "Quentin", "Last Name", "Tikhonov", "WhatsApp Phone Number", t.plus(), "Opted out of email: Marketing Information", "Yes"},
		{"Record ID", "55", "First Name", "Rolf", "Last Name", "Pustov", "Email", "rolf@ulitka.example", "Fax Number", t.plus()},
		{"Record ID", "56", "First Name", "Sara", "Last Name", "Zimina", "Phone Number", t.mobile() + ".0", "Country/Region", "Russia", "Email hard bounce reason", "OTHER", "Email Address Quarantined", "true"},
	}}
	short := sheet{header: split(hubspotShort, "|"), rows: []row{
		{"Record ID - Contact", "61", "First Name", "Tea", "Last Name", "Zimina", "Phone number", t.digits(), "Marketing contact status", "Non-marketing contact", "Lead status", "New", "Create Date", "2026-01-05 12:30"},
		{"Record ID - Contact", "62", "First Name", "Udo", "Last Name", "Tikhonov", "Mobile phone number", t.digits(), "Marketing contact status", "Marketing contact", "Unsubscribed from all email", "true"},
		{"Record ID - Contact", "63", "First Name", "Vida", "Last Name", "Zimina", "Mobile phone number", t.digits(), "Unsubscribed from all email", "false"},
	}}
	properties := sheet{header: split(hubspotProperties, "|"), rows: []row{
		{"hs_object_id", "71", "firstname", "Willy", "lastname", "Zimin", "phone", t.digits() + ".0", "hs_legal_basis", "Freely given consent from contact", "hs_marketable_status", "false", "createdate", "2025-03-04T05:06:07Z"},
		{"hs_object_id", "72", "firstname", "Xenia", "lastname", "Tikhonova", "mobilephone", t.plus(), "hs_email_optout", "true"},
		{"hs_object_id", "73", "firstname", "Yuna", "lastname", "Tikhonova", "mobilephone", t.plus(), "hs_email_optout_8112233", "true"},
		{"hs_object_id", "74", "firstname", "Zeno", "lastname", "Zimin", "hs_whatsapp_phone_number", t.plus(), "hs_email_optout", "false"},
	}}
	return []file{
		american.file("hubspot/hubspot-crm-exports-all-contacts-2026-11-18.csv", labels),
		workbook("hubspot/hubspot-crm-exports-my-view-2026-11-19-1.xlsx", short, "Phone number", "Mobile phone number"),
		oldWorkbook("hubspot/hubspot-crm-exports-my-view-2026-11-19.xls", short, "Phone number", "Mobile phone number"),
		american.file("hubspot/properties.csv", properties),
	}
}

func sales(t *town) []file {
	zoho := sheet{header: split(zohoNew, "|"), rows: []row{
		{"Record Id", "zcrm_7100000000001", "Contact Owner.id", "zcrm_7100000000900", "Contact Owner", "Desk", "First Name", "Abel", "Last Name", "Zimin", "Email", "abel@ulitka.example", "Mobile", t.plus(), "Mailing Country", "Russia", "Email Opt Out", "false", "Locked", "false", "Created Time", "2025-02-03 04:05:06", "Last Activity Time", "2026-02-03 04:05:06"},
		{"Record Id", "zcrm_7100000000002", "First Name", "Bela", "Last Name", "Tikhonova", "Phone", t.plus(), "Email Opt Out", "true"},
		{"Record Id", "zcrm_7100000000003", "First Name", "Cara", "Last Name", "Tikhonova", "Other Phone", t.plus(), "Email Opt Out", "false", "Unsubscribed Mode", "Consent form", "Unsubscribed Time", "2026-05-01 10:00:00"},
		{"Record Id", "zcrm_7100000000004", "First Name", "Dora", "Last Name", "Zimina", "Home Phone", t.eight(), "Email Opt Out", "0", "Tag", "fair, 2025"},
		{"Record Id", "zcrm_7100000000005", "First Name", "Eric", "Last Name", "Pustov", "Fax", t.eight()},
	}}
	old := sheet{header: split(zohoOld, "|"), rows: []row{
		{"Contact Id", "zcrm_7100000000011", "First Name", "Fay", "Last Name", "Zimina", "Mobile", t.digits() + ".0", "Email Opt Out", "FALSE"},
		{"Contact Id", "zcrm_7100000000012", "First Name", "Gus", "Last Name", "Tikhonov", "Mobile", t.plus(), "Email Opt Out", "TRUE"},
	}}
	people := sheet{header: split(pipedriveNew, "|"), rows: []row{
		{"Person - ID", "1", "Person - Name", "Hana Zimina", "Person - Phone - Mobile", t.digits(), "Person - Marketing status", "No consent", "Person - Labels", "Customer"},
		{"Person - ID", "2", "Person - Name", "Ivor Tikhonov", "Person - Phone - Work", t.digits(), "Person - Email - Work", "ivor@ulitka.example", "Person - Marketing status", "Unsubscribed"},
		{"Person - ID", "3", "Person - Name", "Jana Zimina", "Person - Phone - Work", t.plus() + ", " + t.plus(), "Person - Marketing status", "Archived", "Person - Double opt-in", "No"},
		{"Person - ID", "4", "Person - Name", "Karl Yasenev", "Person - Phone - Home", t.plus(), "Person - Marketing status", "Subscribed", "Person - Double opt-in", "No"},
		{"Person - ID", "5", "Person - Name", "Lina Zimina", "Person - Phone - Other", t.plus(), "Person - Marketing status", "Pending"},
		{"Person - ID", "6", "Person - Name", "Milo Zimin", "Person - Phone - Mobile", t.plus(), "Person - Marketing status", "Bounced"},
	}}
	wide := sheet{header: split(pipedriveWide, "|"), rows: []row{
		{"Deal - ID", "9", "Deal - Title", "Wool", "Deal - Status", "Lost", "Person - ID", "11", "Person - Name", "Nina Zimina", "Person - Phone - Work", t.digits() + ".0, " + t.digits() + ".0", "Person - Marketing consent", "No"},
		{"Deal - ID", "10", "Deal - Title", "Yarn", "Deal - Status", "Won", "Person - ID", "12", "Person - Name", "Odin Yasenev", "Person - Phone - Mobile", t.plus(), "Person - Marketing consent", "Yes"},
		{"Deal - ID", "11", "Deal - Title", "Felt", "Deal - Status", "Open", "Person - ID", "13", "Person - Name", "Pia Tikhonova", "Person - Phone - Mobile", t.plus(), "Person - Marketing status", "Unsubscribed", "Person - Marketing consent", "Yes"},
	}}
	force := sheet{header: split(forceLabels, "|"), rows: []row{
		{"First Name", "Rene", "Last Name", "Zimin", "Mobile", t.plus(), "Do Not Call", "0", "Email Opt Out", "0", "Account Name", "Wool LLC", "Mailing Country", "Russia"},
		{"First Name", "Sven", "Last Name", "Tikhonov", "Phone", t.plus(), "Do Not Call", "1", "Email Opt Out", "0"},
		{"First Name", "Tove", "Last Name", "Tikhonova", "Home Phone", t.plus(), "Do Not Call", "0", "Email Opt Out", "1"},
		{"First Name", "Uma", "Last Name", "Pustova", "Email", "uma@ulitka.example", "Do Not Call", "0", "Email Opt Out", "0"},
	}}
	api := sheet{header: split(forceAPI, "|"), rows: []row{
		{"FirstName", "Vera", "LastName", "Zimina", "MobilePhone", t.plus(), "HasOptedOutOfEmail", "false", "DoNotCall", "false"},
		{"FirstName", "Wim", "LastName", "Tikhonov", "Phone", t.plus(), "HasOptedOutOfEmail", "true", "DoNotCall", "false"},
		{"FirstName", "Xara", "LastName", "Tikhonova", "MobilePhone", t.plus(), "HasOptedOutOfEmail", "false", "DoNotCall", "true"},
	}}
	before := sheet{header: split(forceOld, "|"), rows: []row{
		{"First Name", "Yana", "Last Name", "Zimina", "Business Phone", t.eight(), "Do Not Call", "No", "Email Opt Out", "No"},
		{"First Name", "Zora", "Last Name", "Tikhonova", "Mobile Phone", t.plus(), "Do Not Call", "No", "Email Opt Out", "Yes"},
	}}
	return []file{
		american.file("zoho/Contacts_2026_11_18.csv", zoho),
		american.file("zoho/Contacts_001.csv", old),
		workbook("pipedrive/people-18112026.xlsx", people, "Person - Phone - Work", "Person - Phone - Mobile"),
		american.file("pipedrive/deals-18112026.csv", wide),
		american.file("salesforce/contacts.csv", force),
		american.file("salesforce/contacts-business.csv", before),
		delimited{comma: ",", all: true}.file("salesforce/extract.csv", api),
	}
}
