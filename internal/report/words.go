package report

import "cleanbase/internal/contact"

// verdictWord is what a verdict is called in people's words.
var verdictWord = map[contact.Verdict]contact.Text{
	contact.Clean:   contact.T("Clean", "Чистые"),
	contact.Cold:    contact.T("Cold", "Холодные"),
	contact.Hold:    contact.T("On hold", "На проверке"),
	contact.Removed: contact.T("Removed", "Исключены"),
	contact.Invalid: contact.T("Invalid", "Плохой номер"),
	contact.Merged:  contact.T("Merged", "Объединены"),
}

// verdictMeans is what a verdict asks of whoever wants to send.
var verdictMeans = map[contact.Verdict]contact.Text{
	contact.Clean:   contact.T("you may write", "можно писать"),
	contact.Cold:    contact.T("ask for consent first", "сначала спросить согласие"),
	contact.Hold:    contact.T("a person must look first", "сначала смотрит человек"),
	contact.Removed: contact.T("never write", "не писать никогда"),
	contact.Invalid: contact.T("mend the phone first", "сначала исправить телефон"),
	contact.Merged:  contact.T("rows that belong to a contact counted already", "строки того же контакта"),
}

var roleWord = map[string]contact.Text{
	"contacts":   contact.T("contacts", "контакты"),
	"optouts":    contact.T("opt-outs", "отказы"),
	"complaints": contact.T("complaints", "жалобы"),
	"consents":   contact.T("consents", "согласия"),
	"events":     contact.T("message events", "события переписки"),
	"protected":  contact.T("protected people", "защищённые"),
}

// roleByWord is how the role of a file was told.
var roleByWord = map[string]contact.Text{
	"stated":  contact.T("stated by the user", "назвал пользователь"),
	"name":    contact.T("told by its name", "по имени"),
	"layout":  contact.T("told by its system's layout", "по виду выгрузки системы"),
	"columns": contact.T("told by its columns", "по колонкам"),
}

// mapByWord is how the meaning of a column was told.
var mapByWord = map[string]contact.Text{
	"layout":   contact.T("the system's layout", "по виду выгрузки системы"),
	"name":     contact.T("its name", "по названию"),
	"contents": contact.T("its contents", "по содержимому"),
	"user":     contact.T("the policy file", "в файле политики"),
}

// kindWord is what an old refusal was.
var kindWord = map[string]contact.Text{
	"optout":      contact.T("asked not to be written to", "отказ от сообщений"),
	"complaint":   contact.T("complained", "жалоба"),
	"unsure":      contact.T("may have refused", "возможный отказ"),
	"protected":   contact.T("is never to be mailed", "защищённый контакт"),
	"bot_stopped": contact.T("stopped the bot", "остановлен бот"),
}

var idWord = map[contact.IDKind]contact.Text{
	contact.PhoneID:     contact.T("phone", "телефон"),
	contact.EmailID:     contact.T("e-mail", "почта"),
	contact.CRMID:       contact.T("CRM id", "номер в CRM"),
	contact.MessengerID: contact.T("messenger id", "имя в мессенджере"),
	contact.RecordID:    contact.T("record", "запись"),
}

var channelWord = map[string]contact.Text{
	"any":      contact.T("not chosen yet", "ещё не выбран"),
	"max":      contact.T("MAX", "MAX"),
	"whatsapp": contact.T("WhatsApp", "WhatsApp"),
	"telegram": contact.T("Telegram", "Telegram"),
	"viber":    contact.T("Viber", "Viber"),
	"sms":      contact.T("SMS", "SMS"),
	"call":     contact.T("calls", "звонки"),
	"email":    contact.T("e-mail", "почта"),
}

var levelWord = map[string]contact.Text{
	"stop": contact.T("Stop", "Стоп"),
	"warn": contact.T("Warning", "Внимание"),
}

var statusWord = map[string]contact.Text{
	"published": contact.T("published", "выдан"),
	"withheld":  contact.T("withheld", "не выдан"),
	"dry-run":   contact.T("dry run", "пробный"),
}

// fieldWord is what a column was read as; a column with no field is only
// carried over.
var fieldWord = map[string]contact.Text{
	"":                contact.T("carried over as it is", "перенесена как есть"),
	"other":           contact.T("known, not needed", "известна, не нужна"),
	"mobile":          contact.T("mobile phone", "мобильный телефон"),
	"phone":           contact.T("phone", "телефон"),
	"email":           contact.T("e-mail", "почта"),
	"name":            contact.T("name", "имя целиком"),
	"first_name":      contact.T("first name", "имя"),
	"middle_name":     contact.T("middle name", "отчество"),
	"last_name":       contact.T("last name", "фамилия"),
	"company":         contact.T("company", "компания"),
	"city":            contact.T("city", "город"),
	"country":         contact.T("country", "страна"),
	"tags":            contact.T("tags", "метки"),
	"status":          contact.T("status", "статус"),
	"note":            contact.T("note", "примечание"),
	"source":          contact.T("source", "источник"),
	"id":              contact.T("id in the system", "номер в системе"),
	"type":            contact.T("type", "тип"),
	"messenger_id":    contact.T("messenger id", "имя в мессенджере"),
	"consent":         contact.T("consent to mailings", "согласие на рассылки"),
	"consent_pd":      contact.T("consent to data processing", "согласие на обработку данных"),
	"consent_at":      contact.T("date of consent", "дата согласия"),
	"consent_source":  contact.T("source of consent", "источник согласия"),
	"consent_channel": contact.T("channel of consent", "канал согласия"),
	"text_version":    contact.T("version of the consent text", "редакция текста согласия"),
	"purpose":         contact.T("purpose", "цель"),
	"method":          contact.T("way of consent", "способ согласия"),
	"optout":          contact.T("refusal", "отказ"),
	"optout_at":       contact.T("date of refusal", "дата отказа"),
	"reason":          contact.T("reason", "причина"),
	"last_contact":    contact.T("last contact", "последний контакт"),
	"updated":         contact.T("last change", "изменено"),
	"created":         contact.T("created", "создано"),
	"date":            contact.T("date", "дата"),
	"time":            contact.T("time of day", "время"),
	"channel":         contact.T("channel", "канал"),
	"direction":       contact.T("direction", "направление"),
	"text":            contact.T("message text", "текст сообщения"),
	"reply":           contact.T("answer to the message", "ответ на сообщение"),
	"error":           contact.T("error", "ошибка"),
	"message_id":      contact.T("message id", "номер сообщения"),
	"from":            contact.T("sender", "отправитель"),
	"to":              contact.T("recipient", "получатель"),
	"button":          contact.T("pressed button", "нажатая кнопка"),
}

// monthWord is the months as dates name them.
var monthWord = [...]contact.Text{contact.T("January", "января"), contact.T("February", "февраля"), contact.T("March", "марта"),
	contact.T("April", "апреля"), contact.T("May", "мая"), contact.T("June", "июня"), contact.T("July", "июля"), contact.T("August", "августа"),
	contact.T("September", "сентября"), contact.T("October", "октября"), contact.T("November", "ноября"), contact.T("December", "декабря")}
