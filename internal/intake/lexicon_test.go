package intake_test

import (
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
	"cleanbase/internal/system"
)

// TestOneReading: as the reader folds words, none of the dictionary's has two
// meanings.
func TestOneReading(t *testing.T) {
	for _, clash := range intake.Clashes(system.Dictionary()) {
		t.Error(clash)
	}
}

// TestOtherConsents: a consent to something else than messages is none, and the
// end of one is not its beginning.
func TestOtherConsents(t *testing.T) {
	for field, headers := range map[string]string{
		"":             "Договор подписан|Дата подписания|Согласие родителей|Дата согласования|Согласие на фото|Cookie consent|Consent to treatment|Подписан на Instagram|Согласие на рассрочку|Согласие на участие|Agreed to terms|Дата окончания подписки|Subscription end date|Рассылка №5|Рассылка 12.05|Согласие на сервисные сообщения|Дата согл.|Подп.|Отп.|Согл. директора",
		"consent_pd":   "Дата согласия на ОПД|Согласие на передачу данных третьим лицам",
		"consent":      "Согл.|Согл. на расс.|Согл. рекл.|Расс.|Subscr.|Mktg consent|Согласие на фото и рассылку|Согласие на рекламу (договор)|Согласие на обработку ПД и рассылку|Согласен получать СМС|Согласие на уведомления|Consent to receive offers|Agreed to be contacted|Согласие клиента|Подписан?|Подписка 1|Рассылка|Подписаться_на_рассылку",
		"note":         "Комм.|Комм. менеджера",
		"last_contact": "Посл. визит|Посл. покупка",
		"source":       "Ист.",
		"phone":        "Тлф|Ph. no|Contact no.|Contact number",
		"consent_at":   "Дата согласия на рассылку по договору|Дата подписки",
	} {
		for header := range strings.SplitSeq(headers, "|") {
			p := plan(t, "база.csv", "Имя|Телефон|"+header+"\nАнна|89110000001|", contact.RoleContacts)
			if got := p.Columns[2].Field.String(); got != field {
				t.Errorf("%q is read as %q, want %q", header, got, field)
			}
		}
	}
}
