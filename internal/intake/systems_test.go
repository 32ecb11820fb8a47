package intake_test

import (
	"errors"
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// TestSystemRecords: what a careless reading of known systems' columns would
// make of them.
func TestSystemRecords(t *testing.T) {
	const pipedrive, wazzup, info = "Deal - ID|Person - ID|Person - Name|Person - Phone - Work|Person - Marketing status|Person - Double opt-in",
		"id|responsibleUserId|name|contactData.0.chatType|contactData.0.chatId|contactData.1.chatType|contactData.1.chatId|contactData.1.phone",
		"Ref_Key|LineNumber|Тип|Представление|НомерТелефона|АдресЭП"
	for _, c := range []struct{ header, row, want string }{
		// A deal's number is not its person's.
		{pipedrive, "7|8|Ann|+79110000001||", "+79110000001 0; pipedrive.contact:8"},
		{pipedrive, "7|8|Ann|+79110000001|Subscribed|No", "+79110000001 0; pipedrive.contact:8; yes email"},
		{pipedrive, "7|8|Ann|+79110000001||Yes", "+79110000001 0; pipedrive.contact:8; yes email"},
		{pipedrive, "7|8|Ann|+79110000001|Bounced|", "+79110000001 0; pipedrive.contact:8; no email"},
		{pipedrive, "7|8|Ann|+79110000001|No consent|", "+79110000001 0; pipedrive.contact:8; no email"},
		{pipedrive, "7|8|Ann|+79110000001|Unsubscribed|Yes", "+79110000001 0; pipedrive.contact:8; no email; optout email flag:Person - Marketing status Unsubscribed"},
		// Each id goes with the chat type of its own entry.
		{wazzup, "a|u|Ann|telegram|5012345678|whatsapp|79110000001|", "+79110000001 0; wazzup.contact:a; telegram:5012345678"},
		{wazzup, "a|u|Ann|instagram|17841400000000000|max|200345678|79110000001", "+79110000001 0; wazzup.contact:a; max:200345678"},
		{wazzup, "a|u|Ann|whatsapp|6591234567|vk|79110000001|", "+6591234567 0; wazzup.contact:a"},
		// 1C's table of contact information: a row a phone, joined by whose it is.
		{info, "b0f1c2d3-0000-4000-8000-000000000001|1|Телефон|8 (911) 000-00-01|79110000001|", "+79110000001 0; unf.contact_info:b0f1c2d3-0000-4000-8000-000000000001"},
		{info, "b0f1c2d3-0000-4000-8000-000000000001|2|АдресЭлектроннойПочты|ann@pochta.ru||ann@pochta.ru", "ann@pochta.ru; unf.contact_info:b0f1c2d3-0000-4000-8000-000000000001"},
		{info, "00000000-0000-0000-0000-000000000000|3|Адрес|170000, Тверь, д 89110000001||", ""},
		{info, "|4|Факс|8 (911) 000-00-01|79110000001|", ""},
		// Salesforce's refusal of faxes is no refusal of messages.
		{"FirstName|LastName|MobilePhone|HasOptedOutOfFax|HasOptedOutOfEmail", "Ann|B|+79110000001|true|false", "+79110000001 0"},
		{"First Name|Last Name|Phone 1 - Type|Phone 1 - Value|Phone 2 - Type|Phone 2 - Value", "Ann|B|Fax Work|+79110000001|Phone/Fax|+79110000002", "+79110000002 0"},
		// A name in Telegram is its id only when it says so.
		{"Имя в Telegram|Телефон", "Maria|89110000001", "+79110000001 0"},
		{"Имя в Telegram|Телефон", "@Maria|89110000001", "+79110000001 0; telegram:@maria"},
	} {
		var got []string
		records(t, c.header+"\n"+c.row, func(r *contact.Record) { got = append(got, show(r)) })
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %q, want %q", c.row, got, c.want)
		}
	}
}

// TestRefusalColumns: what stands in a column of refusals is one, unless it
// says no; what stands in a column of consents is none unless it says so.
func TestRefusalColumns(t *testing.T) {
	for _, c := range []struct {
		cells             string
		refusal, objected bool // in a column of refusals; in one of consents
	}{
		{"|-|--|—-|{}|()|NaT|(blank)|not specified|не заполнено|нет|No|false|FALSE|0|0.0|0,0|ложь|None|-None-|n/a|[ ]|☐|не отписан|Нет отказа|отказа не было|без отказа|не отказывался|never unsubscribed|not opted out|Subscribed|No (default)|false; false|не заблокирован|нет жалоб|не против|без возражений|нет возражений|no objections|Allow", false, false},
		{"да|Yes|true|1|x|false;true|нет, да|No; Yes|Bounced|Частично|ожидает|не давал согласия|не дал согласия|только смс|Cleaned|Out|Lapsed|canceled|под вопросом|несогл.", true, false},
		{"отписан|отписался 12.05.2024|Unsubscribed|opted out|отозвано|DNC|стоп|не отписывался, просил не звонить|не против, но больше не писать|&quot;отписан&quot;|отказ от смс|Do Not Allow|Soft Opt-Out|SPAM_COMPLAINT|blocklisted|Нет, просил не писать|подписан; отписан|отп.|больше не хочет|удалить", true, true},
	} {
		for cell := range strings.SplitSeq(c.cells, "|") {
			for header, want := range map[string]bool{"Отписан от рассылки": c.refusal, "Email Opt Out": c.refusal, "Согласие на рассылку": c.objected, "Marketing status": c.objected} {
				records(t, "Имя|Телефон|"+header+"\nАнна|89110000001|"+cell, func(r *contact.Record) {
					if got := len(r.Evidence) > 0; got != want {
						t.Errorf("%q under %q: refusal is %v", cell, header, got)
					}
				})
			}
		}
	}
}

// TestLabels: labels of people who must not be written to, as they are
// written, and what is only a doubt or nothing.
func TestLabels(t *testing.T) {
	for kind, labels := range map[contact.EvidenceKind]string{
		contact.OptOut: "не писать|НЕ ПИСАТЬ!!!|#неписать|сайт, не_писать|Не писать/не звонить|не писать (просил 12.05)|Отписался 12.05.2024|DoNotContact|DO_NOT_CONTACT|do-not-email|не&nbsp;писать|сайт &amp; не писать|* myContacts ::: Не писать|[\"не писать\"]|дубль (стоп-лист)|Unsub|unsub 2025|Отписки 2025|спам-жалоба|Заблокировал бота|Остановил бота",
		contact.Unsure: "не писать до лета|клиент отписался в мае|просил не звонить и не писать больше|опт-аут|wa-optout|stop_sms|Стоп WA|blocked|Заблокирован|заблокировал нас|запретил писать|отозвал ПДн|Не пиши|не бесп.|dont contact|удалить из базы|прекратить рассылку|отказ рассылки|Список исключений|Претензия|нежелат.|🚫|бан|Запретил сообщения|Вышел из бота|Удален по просьбе|Stopped",
		0:              "сайт|vip, повтор|не отписан|стоплиний|Отказ: дорого|Нестоп|писать|1000|да|Отказ|Клиент отказался|Отказ от услуг|отказ от покупки|отказник (товар)|стоп-кран|Блок Б|Баня|Не связались|не надо|исключение по цене|Отозвана заявка|запчасти|нет отказа|без жалоб|не заблокирован|Спамоборона|Блокнот|блок питания|Не подписан|негатив|ответил отпиской",
	} {
		for label := range strings.SplitSeq(labels, "|") {
			records(t, "Имя|Телефон|Теги\nАнна|89110000001|"+label, func(r *contact.Record) {
				var got contact.EvidenceKind
				if len(r.Evidence) > 0 {
					got = r.Evidence[0].Kind
				}
				if got != kind {
					t.Errorf("%q is read as %d, want %d", label, got, kind)
				}
			})
		}
	}
}

// TestSentence: a file that is one sentence is an empty export, whatever it
// was said to be.
func TestSentence(t *testing.T) {
	for text, want := range map[string]error{"Список контактов пуст.": intake.ErrEmpty, "Телефон клиента": nil, "+7 911 000-00-01": nil} {
		_, err := intake.New(options()).Plan(intake.Source{File: "f.csv"}, rows(text), contact.RoleOptOuts)
		if !errors.Is(err, want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestHeadersTurnedRound: a header that denies a refusal is neither a refusal
// nor passed over: a person is asked.
func TestHeadersTurnedRound(t *testing.T) {
	for header, want := range map[string]string{
		"Phone blocked": "", "Не отписан": "", "Not unsubscribed": "", "Не подписан": "", "Not subscribed": "",
		"Не согласен на рассылку": "optout", "Не получать рассылку": "optout", "Нет рассылки": "optout", "No promotions": "optout",
	} {
		p := plan(t, "база.csv", "Имя|Телефон|"+header+"\nАнна|89110000001|да", contact.RoleContacts)
		if got := p.Columns[2].Field.String(); got != want || want == "" && len(p.Suspicious) != 1 {
			t.Errorf("%q is read as %q, suspicious %v", header, got, p.Suspicious)
		}
	}
	refused := 0
	records(t, "Имя|Телефон|Email flag\nАнна|89110000001|opted_in\nЯна|+79110000002|unsubscribed", func(r *contact.Record) { refused += len(r.Evidence) })
	if refused != 1 {
		t.Errorf("answers under the name of an e-mail: %d refusals", refused)
	}
	for _, header := range []string{"Противопоказания", "Блок", "Bounced", "Block", "Прекрасный день"} {
		if p := plan(t, "база.csv", "Имя|Телефон|"+header+"\nАнна|89110000001|да", contact.RoleContacts); len(p.Suspicious) > 0 {
			t.Errorf("%q looks like a refusal", header)
		}
	}
}
