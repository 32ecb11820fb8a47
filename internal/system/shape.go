package system

import (
	"slices"

	"cleanbase/internal/contact"
)

// Shape is what a system imports; ok is false for one that is not known. Every
// header is one that the vendor's template, help page or own export has
// (formats.md 1), but for 1C's, whose shape says so. channel is where the
// mailing goes, for systems that keep contacts by messenger.
func Shape(system string, channel contact.Channel) (contact.Shape, bool) {
	all := shapes(channel)
	i := slices.IndexFunc(all, func(s contact.Shape) bool { return s.System == system })
	if i < 0 {
		return contact.Shape{}, false
	}
	return all[i], true
}

func shapes(channel contact.Channel) []contact.Shape {
	return []contact.Shape{bitrixShape(), amoShape(), unfShape(), hubspotShape(), zohoShape(), pipedriveShape(), wazzupShape(channel), googleShape()}
}

// The names under which other systems keep what these columns hold.
const (
	births    = `Дата рождения | День рождения | ДР | Birthday | Date of Birth | Birthdate | Person - Birthday`
	positions = `Должность | Должность (контакт) | Position | Job Title | Title | Organization Title | Organization 1 - Title | Person - Job title`
	sources   = `Источник | Source | Lead Source | Original Source | Источник клиента`
)

func holding(header string, what contact.Holding) contact.ShapeColumn {
	return contact.ShapeColumn{Header: header, Holds: what}
}

func must(header string, what contact.Holding) contact.ShapeColumn {
	return contact.ShapeColumn{Header: header, Holds: what, Must: true}
}

func fielded(header string, f contact.Field) contact.ShapeColumn {
	return contact.ShapeColumn{Header: header, Field: f}
}

// owned is a column that the users' columns of these names fill.
func owned(header, names string) contact.ShapeColumn {
	return contact.ShapeColumn{Header: header, Own: list(names)}
}

func dated(header string, f contact.Field, names string) contact.ShapeColumn {
	return contact.ShapeColumn{Header: header, Holds: contact.HoldsDate, Field: f, Own: list(names)}
}

func bitrixShape() contact.Shape {
	return contact.Shape{System: "bitrix24", Formats: []string{"csv"}, Delimiter: ';', QuoteAll: true, Date: "02.01.2006",
		Columns: []contact.ShapeColumn{
			must("Имя", contact.HoldsFirstName), holding("Отчество", contact.HoldsMiddleName), holding("Фамилия", contact.HoldsLastName),
			dated("Дата рождения", contact.FieldNone, births), owned("Тип контакта", "Тип контакта | Contact Type"), owned("Должность", positions),
			fielded("Компания", contact.FieldCompany), holding("Мобильный телефон", contact.HoldsPhone), holding("Рабочий e-mail", contact.HoldsEmail),
			owned("Источник", sources), owned("Дополнительно об источнике", "Дополнительно об источнике | Source information"), fielded("Комментарий", contact.FieldNote),
		},
		Note: contact.T("when importing into Bitrix24, choose “;”, UTF-8 and duplicate control by phone", "при импорте в Битрикс24 выберите разделитель «;», UTF-8 и контроль дубликатов по телефону")}
}

func amoShape() contact.Shape {
	return contact.Shape{System: "amocrm", Formats: []string{"csv"}, Delimiter: ';', Date: "02.01.2006", Tags: ", ", LastNameFirst: true,
		Columns: []contact.ShapeColumn{
			must("Полное имя (контакт)", contact.HoldsFullName), fielded("Название (компания)", contact.FieldCompany), owned("Должность (контакт)", positions),
			owned("Ответственный за контакт", "Ответственный за контакт | Ответственный"), dated("Дата создания (контакт)", contact.FieldCreated, ""), holding("Мобильный телефон (контакт)", contact.HoldsPhone),
			holding("Рабочий email (контакт)", contact.HoldsEmail), holding("Тег контакта", contact.HoldsTags), fielded("Примечание к контакту", contact.FieldNote),
		},
		Note: contact.T("the headers are those of amoCRM's Russian template; English ones of Kommo could not be confirmed, so match the columns by hand there",
			"заголовки взяты из русского шаблона amoCRM; английские заголовки Kommo подтвердить не удалось, там сопоставьте колонки вручную")}
}

func unfShape() contact.Shape {
	return contact.Shape{System: "unf", Formats: []string{"xlsx"}, LastNameFirst: true,
		Columns: []contact.ShapeColumn{
			must("Наименование", contact.HoldsFullName), holding("Телефон", contact.HoldsPhone), holding("Email", contact.HoldsEmail),
			owned("ИНН", "ИНН | INN"), owned("КПП", "КПП"), owned("Ответственный", "Ответственный"),
		},
		Note: contact.T("1C's own captions could not be confirmed: match the columns in its import wizard", "названия колонок 1С подтвердить не удалось: сопоставьте колонки в помощнике загрузки")}
}

func hubspotShape() contact.Shape {
	return contact.Shape{System: "hubspot", Formats: []string{"xlsx", "csv"}, NoBOM: true, UniqueEmail: true,
		Columns: []contact.ShapeColumn{
			holding("Record ID", contact.HoldsID), holding("First Name", contact.HoldsFirstName), holding("Last Name", contact.HoldsLastName), holding("Email", contact.HoldsEmail),
			holding("Mobile Phone Number", contact.HoldsPhone), fielded("Company Name", contact.FieldCompany), owned("Job Title", positions),
			fielded("City", contact.FieldCity), fielded("Country/Region", contact.FieldCountry), owned("Contact owner", "Contact owner"),
		},
		Note: contact.T("HubSpot knows a contact by Record ID or e-mail alone: one with neither is made anew by every import. Its opt-out list takes e-mails only (suppressions-hubspot.csv); phones can't be loaded there, keep suppressions.csv at hand",
			"HubSpot узнаёт контакт только по Record ID или почте: контакт без них каждый импорт создаёт заново. Список отписок HubSpot принимает только почту (suppressions-hubspot.csv); телефоны туда загрузить нельзя, для них есть suppressions.csv")}
}

func zohoShape() contact.Shape {
	return contact.Shape{System: "zoho", Formats: []string{"xlsx", "csv"}, Date: "01/02/2006", Tags: ",",
		Columns: []contact.ShapeColumn{
			holding("Record Id", contact.HoldsID), holding("First Name", contact.HoldsFirstName), must("Last Name", contact.HoldsLastName), fielded("Account Name", contact.FieldCompany),
			holding("Email", contact.HoldsEmail), owned("Secondary Email", "Secondary Email"), holding("Mobile", contact.HoldsPhone), owned("Title", positions), dated("Date of Birth", contact.FieldNone, births),
			owned("Lead Source", sources), owned("Mailing Zip", "Mailing Zip"), fielded("Mailing City", contact.FieldCity), fielded("Mailing Country", contact.FieldCountry), fielded("Description", contact.FieldNote),
			{Header: "Email Opt Out", Holds: contact.HoldsRefusal, Own: list(`Email Opt Out | Email Opted Out | Unsubscribed from all email | hs_email_optout | HasOptedOutOfEmail`)},
			holding("Tag", contact.HoldsTags),
		},
		Note: contact.T("map Record Id to update contacts that Zoho has already; dates are MM/dd/yyyy; an empty Email Opt Out must not overwrite what Zoho has", "чтобы обновить контакты, которые уже есть в Zoho, сопоставьте Record Id; даты в виде MM/dd/yyyy; пустой Email Opt Out не должен стирать отметку в Zoho")}
}

func pipedriveShape() contact.Shape {
	return contact.Shape{System: "pipedrive", Formats: []string{"xlsx", "csv"}, MaxRows: 50_000, Tags: ", ",
		Columns: []contact.ShapeColumn{
			must("Name", contact.HoldsFullName), holding("Email", contact.HoldsEmail), holding("Phone", contact.HoldsPhone), fielded("Organization", contact.FieldCompany),
			holding("Label", contact.HoldsTags), fielded("Note", contact.FieldNote),
		},
		Note: contact.T("Pipedrive takes 50,000 rows and 50 MB a file: import every clean file", "Pipedrive принимает 50 000 строк и 50 МБ на файл: загрузите все файлы clean")}
}

// wazzupShape is the body of POST /v3/contacts. On Telegram the phone stands
// in the place of an id that is not known yet; on the others the number is the
// id.
func wazzupShape(channel contact.Channel) contact.Shape {
	kind, number := "whatsapp", "chatId"
	switch channel {
	case contact.Telegram:
		kind, number = "telegram", "phone"
	case contact.Viber:
		kind = "viber"
	}
	return contact.Shape{System: "wazzup", Formats: []string{"jsonl"}, LastNameFirst: true,
		Columns: []contact.ShapeColumn{
			must("id", contact.HoldsID), owned("responsibleUserId", "responsibleUserId | responsible_user_id"), must("name", contact.HoldsFullName),
			{Header: "contactData.0.chatType", Holds: contact.HoldsThis, Text: kind}, holding("contactData.0."+number, contact.HoldsDigits), owned("uri", "uri"),
		},
		Note: contact.T("each line is the body of one POST /v3/contacts, 100 contacts at most; put your user's id where responsibleUserId is empty", "каждая строка — тело одного запроса POST /v3/contacts, не больше 100 контактов; где responsibleUserId пуст, впишите id своего пользователя")}
}

func googleShape() contact.Shape {
	return contact.Shape{System: "google", Formats: []string{"csv"}, Date: "2006-01-02", Tags: " ::: ",
		Columns: []contact.ShapeColumn{
			holding("First Name", contact.HoldsFirstName), holding("Middle Name", contact.HoldsMiddleName), holding("Last Name", contact.HoldsLastName),
			fielded("Organization Name", contact.FieldCompany), owned("Organization Title", positions), dated("Birthday", contact.FieldNone, births), fielded("Notes", contact.FieldNote),
			holding("Labels", contact.HoldsTags), holding("E-mail 1 - Value", contact.HoldsEmail),
			{Header: "Phone 1 - Label", Holds: contact.HoldsThis, Text: "Mobile"}, holding("Phone 1 - Value", contact.HoldsPhone),
		}}
}
