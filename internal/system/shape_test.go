package system

import (
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// confirmed is, for each system, headers that its import was seen to take:
// vendors' templates and help pages, or real exports that they import again.
// 1C's are captions that people use.
var confirmed = map[string]string{
	"bitrix24": `Имя | Фамилия | Отчество | Дата рождения | Должность | Компания | Тип контакта | Мобильный телефон | Рабочий e-mail | Комментарий | Источник | Дополнительно об источнике`,
	"amocrm": `Полное имя (контакт) | Должность (контакт) | Ответственный за контакт | Дата создания (контакт) | Рабочий телефон (контакт) | Мобильный телефон (контакт) | Рабочий email (контакт)
		Название (компания) | Тег контакта | Примечание к контакту`,
	"unf":       `Наименование | ИНН | КПП | Телефон | Email | Ответственный`,
	"hubspot":   `Record ID | First Name | Last Name | Email | Mobile Phone Number | City | Country/Region | Company Name | Job Title | Contact owner`,
	"zoho":      `Record Id | Lead Source | First Name | Last Name | Account Name | Email | Title | Mobile | Date of Birth | Mailing City | Mailing Zip | Mailing Country | Description | Email Opt Out | Secondary Email | Tag`,
	"pipedrive": `Name | Email | Phone | Organization | Label | Note`,
	"wazzup":    `id | responsibleUserId | name | contactData.0.chatType | contactData.0.chatId | contactData.0.phone | uri`,
	"google":    `First Name | Middle Name | Last Name | Organization Name | Organization Title | Birthday | Notes | Labels | E-mail 1 - Value | Phone 1 - Label | Phone 1 - Value`,
}

func TestNoHeaderIsInvented(t *testing.T) {
	for _, s := range append(shapes(contact.Any), shapes(contact.Telegram)...) {
		for _, c := range s.Columns {
			if !slices.Contains(list(confirmed[s.System]), c.Header) {
				t.Errorf("%s: nobody has seen %q", s.System, c.Header)
			}
		}
	}
}

// TestOnePhoneAShape: no number but the one that was decided about gets into a
// CRM, and no refusal but as one.
func TestOnePhoneAShape(t *testing.T) {
	means := map[string]contact.Field{}
	for _, h := range headings() {
		for _, header := range h.Headers {
			means[strings.ToLower(header)] = h.Field
		}
	}
	for _, s := range shapes(contact.Any) {
		phones := 0
		for _, c := range s.Columns {
			if c.Holds == contact.HoldsPhone || c.Holds == contact.HoldsDigits {
				phones++
			}
			fields := []contact.Field{c.Field}
			for _, name := range c.Own {
				fields = append(fields, means[strings.ToLower(name)])
			}
			for _, f := range fields {
				switch f {
				case contact.FieldMobile, contact.FieldPhone, contact.FieldMessenger, contact.FieldConsent:
					t.Errorf("%s: %s takes what nobody judged", s.System, c.Header)
				case contact.FieldOptOut:
					if c.Holds != contact.HoldsRefusal {
						t.Errorf("%s: %s takes refusals as they stand", s.System, c.Header)
					}
				}
			}
		}
		if phones != 1 || len(s.Formats) == 0 {
			t.Errorf("%s: %d phones, formats %q", s.System, phones, s.Formats)
		}
		if (s.Note.RU == "") != (s.Note.EN == "") {
			t.Errorf("%s: said in one language", s.System)
		}
	}
}

func TestShapeOfWazzup(t *testing.T) {
	for channel, want := range map[contact.Channel]string{contact.Any: "whatsapp contactData.0.chatId", contact.WhatsApp: "whatsapp contactData.0.chatId",
		contact.Viber: "viber contactData.0.chatId", contact.Telegram: "telegram contactData.0.phone"} {
		s, _ := Shape("wazzup", channel)
		if got := s.Columns[3].Text + " " + s.Columns[4].Header; got != want {
			t.Errorf("%v: %s, want %s", channel, got, want)
		}
	}
	if _, ok := Shape("excel", contact.Any); ok {
		t.Error("excel has a shape")
	}
}
