package main

import "strings"

// The exports of shops and mail services, with the headers that were seen in
// importers of real files and in the services' own clients.
const (
	mailchimp = `Email Address|First Name|Last Name|Phone Number|MEMBER_RATING|OPTIN_TIME|OPTIN_IP|CONFIRM_TIME|LAST_CHANGED|LEID|EUID|NOTES|TAGS|UNSUB_TIME`
	klaviyo   = `Klaviyo ID|Email|Phone Number|First Name|Last Name|Organization|Title|Address 1|Address 2|City|Region|Country|Zip|Latitude|Longitude|Source|IP Address|Email Marketing Consent|Email Marketing Consent Timestamp|SMS Marketing Consent|SMS Marketing Consent Timestamp|Profile Created On|Date Added|Last Active|Email Suppressions`
	brevo     = `EMAIL|LASTNAME|FIRSTNAME|SMS|EMAIL_BLACKLISTED|SMS_BLACKLISTED|ADDED_TIME|MODIFIED_TIME`
	shopify   = `Customer ID|First Name|Last Name|Email|Accepts Email Marketing|Default Address City|Default Address Country Code|Default Address Zip|Default Address Phone|Phone|Accepts SMS Marketing|Total Spent|Total Orders|Tags|Note|Tax Exempt`
	square    = `First Name|Last Name|Email Address|Phone Number|City|State|Postal Code|Birthday|Memo|Square Customer ID|Creation Source|First Visit|Last Visit|Transaction Count|Lifetime Spend|Email Subscription Status|Instant Profile|Blocked from online booking`
	constant  = `Email address|First name|Last name|Company|Job title|Email status|Email permission status|Email update source|Confirmed Opt-Out Date|Confirmed Opt-Out Source|Confirmed Opt-Out Reason|Phone - home|Phone - mobile|Phone - work|City - Home|Country - Home|Email Lists|Tags|Source Name|Created At|Updated At`
	unisender = `email|name|email_status|email_availability|email_add_time|email_confirm_time|email_list_ids|email_subscribe_times|email_unsubscribed_list_ids|tags|phone`
	tilda     = `tranid|formid|formname|Name|Phone|Email|Telegram|Comment|referer|utm_source|utm_campaign|sent|COOKIES`
)

func mailers(t *town) []file {
	chimp := sheet{header: split(mailchimp, "|"), rows: []row{
		{"Email Address", "asta@ulitka.example", "First Name", "Asta", "Last Name", "Yaseneva", "Phone Number", t.plus(), "MEMBER_RATING", "4", "OPTIN_TIME", "2026-03-14 09:12:31", "CONFIRM_TIME", "2026-03-14 09:14:00", "TAGS", `"vip","fair"`},
		{"Email Address", "bo@ulitka.example", "First Name", "Bo", "Last Name", "Yasenev", "Phone Number", t.plus(), "CONFIRM_TIME", "2026-03-14 09:14:00"},
		{"Email Address", "cleo@ulitka.example", "First Name", "Cleo", "Last Name", "Tikhonova", "Phone Number", t.plus(), "CONFIRM_TIME", "2025-03-14 09:14:00", "UNSUB_TIME", "2026-04-01 10:00:00"},
		{"Email Address", "dan@ulitka.example", "First Name", "Dan", "Last Name", "Zimin", "Phone Number", t.plus(), "LAST_CHANGED", "2026-04-01 10:00:00"},
	}}
	profiles := sheet{header: split(klaviyo, "|"), rows: []row{
		{"Klaviyo ID", "01A", "First Name", "Edda", "Last Name", "Yaseneva", "Phone Number", t.plus(), "Email Marketing Consent", "SUBSCRIBED", "Email Marketing Consent Timestamp", "2026-01-05 10:00:00", "SMS Marketing Consent", "NEVER_SUBSCRIBED"},
		{"Klaviyo ID", "01B", "First Name", "Finn", "Last Name", "Tikhonov", "Phone Number", t.plus(), "Email Marketing Consent", "SUBSCRIBED", "SMS Marketing Consent", "UNSUBSCRIBED", "SMS Marketing Consent Timestamp", "2026-02-05 10:00:00"},
		{"Klaviyo ID", "01C", "First Name", "Gerd", "Last Name", "Zimin", "Phone Number", t.plus(), "Email Marketing Consent", "NEVER_SUBSCRIBED", "SMS Marketing Consent", "NEVER_SUBSCRIBED"},
		{"Klaviyo ID", "01D", "First Name", "Hilda", "Last Name", "Tikhonova", "Phone Number", t.plus(), "Email Marketing Consent", "SUBSCRIBED", "Email Suppressions", "SPAM_COMPLAINT"},
	}}
	lists := sheet{header: split(brevo, "|"), rows: []row{
		{"EMAIL", "ivo@ulitka.example", "LASTNAME", "Zimin", "FIRSTNAME", "Ivo", "SMS", t.digits(), "EMAIL_BLACKLISTED", "No", "SMS_BLACKLISTED", "No", "ADDED_TIME", "12-04-2026 09:30"},
		{"EMAIL", "juno@ulitka.example", "LASTNAME", "Tikhonova", "FIRSTNAME", "Juno", "SMS", t.digits(), "EMAIL_BLACKLISTED", "Yes", "SMS_BLACKLISTED", "No"},
		{"EMAIL", "kurt@ulitka.example", "LASTNAME", "Tikhonov", "FIRSTNAME", "Kurt", "SMS", t.digits(), "EMAIL_BLACKLISTED", "No", "SMS_BLACKLISTED", "Yes"},
	}}
	customers := sheet{header: split(shopify, "|"), rows: []row{
		{"Customer ID", "'6500000000001", "First Name", "Lara", "Last Name", "Yaseneva", "Accepts Email Marketing", "yes", "Default Address Country Code", "RU", "Phone", "'" + t.plus(), "Accepts SMS Marketing", "no", "Tax Exempt", "no"},
		{"Customer ID", "'6500000000002", "First Name", "Mark", "Last Name", "Zimin", "Accepts Email Marketing", "no", "Default Address Country Code", "RU", "Default Address Phone", t.eight(), "Accepts SMS Marketing", "no", "Tax Exempt", "no"},
		{"Customer ID", "'6500000000003", "First Name", "Nele", "Last Name", "Tikhonova", "Accepts Email Marketing", "yes", "Phone", "'" + t.plus(), "Accepts SMS Marketing", "yes", "Tags", "wholesale, do not contact", "Tax Exempt", "no"},
	}}
	till := sheet{header: split(square, "|"), rows: []row{
		{"First Name", "Olaf", "Last Name", "Yasenev", "Phone Number", t.plus(), "Email Subscription Status", "subscribed", "Instant Profile", "No", "Blocked from online booking", "No"},
		{"First Name", "Pola", "Last Name", "Tikhonova", "Phone Number", t.plus(), "Email Subscription Status", "unsubscribed", "Instant Profile", "No", "Blocked from online booking", "No"},
		{"First Name", "Rosa", "Last Name", "Zimina", "Phone Number", t.plus(), "Email Subscription Status", "unknown", "Instant Profile", "Yes", "Blocked from online booking", "Yes"},
	}}
	permissions := sheet{header: split(constant, "|"), rows: []row{
		{"First name", "Silja", "Last name", "Yaseneva", "Email status", "Active", "Email permission status", "Express", "Phone - mobile", t.plus()},
		{"First name", "Timo", "Last name", "Zimin", "Email status", "Active", "Email permission status", "Implied", "Phone - home", t.plus(), "Updated At", "01/02/2026 10:00:00"},
		{"First name", "Ulla", "Last name", "Tikhonova", "Email status", "Unsubscribed", "Email permission status", "Unsubscribed", "Confirmed Opt-Out Date", "2026-02-01", "Phone - work", t.plus()},
	}}
	book := sheet{header: split(unisender, "|"), rows: []row{
		{"email", "vika@ulitka.example", "name", "Вика Зимина", "email_status", "active", "email_availability", "available", "email_list_ids", "123", "email_subscribe_times", "2026-01-05 10:00:00", "phone", t.digits()},
		{"email", "yegor@ulitka.example", "name", "Егор Тихонов", "email_status", "unsubscribed", "email_availability", "available", "email_list_ids", "123", "phone", t.digits()},
		{"email", "zoya@ulitka.example", "name", "Зоя Тихонова", "email_status", "active", "email_availability", "available", "email_list_ids", "123", "email_unsubscribed_list_ids", "123", "phone", t.digits()},
	}}
	leads := sheet{header: split(tilda, "|"), rows: []row{
		{"tranid", "5550001:7", "formid", "form77", "formname", "Заявка", "Name", "Алла Зимина", "Phone", "+7 (" + strings.TrimPrefix(t.eight(), "8 ("), "referer", "https://ulitka.example/", "sent", "2026-11-03 14:20:11", "COOKIES", "_ym_uid=17300"},
		{"tranid", "5550002:7", "formid", "form77", "formname", "Заявка", "Name", "Борис Пустов", "Email", "boris@ulitka.example", "sent", "2026-11-03 14:21:11"},
	}}
	return []file{
		american.file("mailchimp/subscribed_members_export_15d1.csv", chimp),
		american.file("klaviyo/list.csv", profiles),
		delimited{comma: ";"}.file("brevo/contacts.csv", lists),
		american.file("shopify/customers_export.csv", customers),
		american.file("square/customers.csv", till),
		american.file("constantcontact/contact_export.csv", permissions),
		american.file("unisender/contacts.csv", book),
		delimited{comma: ";", mark: true}.file("tilda/leads.csv", leads),
		plain("retailcrm/customers.json", retailcrm(t)), plain("iiko/guests.json", iiko(t)),
	}
}

// retailcrm are customers as its API gives them.
func retailcrm(t *town) string {
	return `{"success":true,"customers":[
{"type":"customer","id":4228,"createdAt":"2026-01-01 10:00:00","firstName":"Вера","lastName":"Зимина","email":"vera@ulitka.example","phones":[{"number":"` + t.digits() + `"}]},
{"type":"customer","id":4229,"createdAt":"2026-01-01 10:00:00","firstName":"Глеб","lastName":"Тихонов","email":"gleb@ulitka.example","emailMarketingUnsubscribedAt":"2026-06-01 15:34:23","phones":[{"number":"` + t.digits() + `"}]}
]}
`
}

// iiko are guests of a restaurant as its API gives them.
func iiko(t *town) string {
	return `[
{"id":"5f850000-90a3-0025-6ae6-000000000001","name":"Дина","surname":"Ясенева","phone":"` + t.plus() + `","shouldReceivePromoActionsInfo":true,"shouldReceiveLoyaltyInfo":true,"shouldReceiveOrderStatusInfo":false,"personalDataConsentFrom":null,"personalDataConsentTo":null},
{"id":"5f850000-90a3-0025-6ae6-000000000002","name":"Емеля","surname":"Зимин","phone":"` + t.plus() + `","shouldReceivePromoActionsInfo":false,"shouldReceiveLoyaltyInfo":true,"shouldReceiveOrderStatusInfo":true,"personalDataConsentFrom":null,"personalDataConsentTo":null}
]
`
}
