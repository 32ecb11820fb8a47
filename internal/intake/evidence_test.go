package intake_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

func TestEvidence(t *testing.T) {
	for _, c := range []struct {
		role  contact.Role
		table string
		want  string
	}{
		// Lists.
		{contact.RoleOptOuts, "+79110000001\n84951234567", "optout +79110000001 any optouts\noptout +74951234567 any optouts"},
		{contact.RoleOptOuts, "phone\n+54 11 2345-6789\n+54 9 11 2345-6780", "optout +541123456789 any optouts\noptout +5491123456789 any optouts\noptout +5491123456780 any optouts"},
		{contact.RoleOptOuts, "phone|date|channel\n+7 911 000-00-01|2021-08-27|call", "optout +79110000001 call 2021-08-27 optouts"},
		{contact.RoleOptOuts, "Телефон|E-mail|Дата|Канал|Причина\n89110000001, 89110000002|a@b-c.ru|05.06.2024 10:00|смс, WhatsApp|надоели",
			"optout +79110000001 sms 2024-06-05 07:00 optouts надоели\noptout +79110000002 sms 2024-06-05 07:00 optouts надоели\noptout a@b-c.ru sms 2024-06-05 07:00 optouts надоели\n" +
				"optout +79110000001 whatsapp 2024-06-05 07:00 optouts надоели\noptout +79110000002 whatsapp 2024-06-05 07:00 optouts надоели\noptout a@b-c.ru whatsapp 2024-06-05 07:00 optouts надоели"},
		{contact.RoleOptOuts, "Телефон|Комментарий\n89110000001|и на 8 911 000-00-02 не писать, муж a@b-c.ru, с 12.10",
			"optout +79110000001 any optouts\noptout a@b-c.ru any optouts\noptout +79110000002 any optouts"},
		{contact.RoleOptOuts, "Телефон|Канал\n89110000001|голубь", "optout +79110000001 any optouts"},
		{contact.RoleOptOuts, "Телефон|Дата\n89110000001|05/06/2024", "optout +79110000001 any 2024-06-05 optouts"},
		{contact.RoleOptOuts, "Телефон|Дата\n89110000001|05/06/2024\n89110000002|06/13/2024", "optout +79110000001 any 2024-05-06 optouts\noptout +79110000002 any 2024-06-13 optouts"},
		{contact.RoleOptOuts, "Телефон|Дата|Время\n89110000001|05.06.2024|10:00", "optout +79110000001 any 2024-06-05 07:00 optouts"},
		{contact.RoleOptOuts, "89110000001|05.06.2024|sms\n89110000002|06.06.2024|sms", "optout +79110000001 sms 2024-06-05 optouts\noptout +79110000002 sms 2024-06-06 optouts"},
		{contact.RoleOptOuts, "phone,|created_at\n89110000001|2024-06-05", "optout +79110000001 any 2024-06-05 optouts"},
		{contact.RoleOptOuts, "Имя|Телефон|Дата создания\nИван|89110000001|05.06.2024", "optout +79110000001 any optouts"},
		{contact.RoleOptOuts, "Имя|Телефон|Город\nИван||зв. 89110000001", "optout +79110000001 any optouts"},
		{contact.RoleOptOuts, "Телефон|Отписан\n89110000001|да\n89110000002|нет\n89110000003|", "optout +79110000001 any optouts"},
		{contact.RoleOptOuts, "Телефон|Отписан\n89110000001|нет\n89110000002|", "optout +79110000001 any optouts\noptout +79110000002 any optouts"},
		{contact.RoleOptOuts, "Email\nA@b-c.ru", "optout a@b-c.ru any optouts"},
		{contact.RoleComplaints, "phone|date|reason\n+79110000001|2024-06-27|spam", "complaint +79110000001 any 2024-06-27 complaints spam"},
		{contact.RoleProtected, "ФИО|Телефон|E-mail|Должность\nИван|89110000001|i@i-i.ru|директор", "protected +79110000001 any protected\nprotected i@i-i.ru any protected"},
		{contact.RoleProtected, "Телефон сотрудника\n89110000001", "protected +79110000001 any protected"},
		// Consents.
		{contact.RoleConsents, "Телефон|Дата|Источник|Канал|Версия текста\n89110000001|05.06.2024|сайт|sms|v2", `consent +79110000001 sms 2024-06-05 consents {"source":"сайт","text_version":"v2"}`},
		{contact.RoleConsents, "Телефон|Дата согласия\n89110000001|05/06/2024", "consent +79110000001 any 2024-05-06 consents"},
		{contact.RoleConsents, "Телефон|Согласие|Дата\n89110000001|да|05.06.2024\n89110000002|нет|05.06.2024\n89110000003||\n89110000004|отозвано|05.06.2024", "consent +79110000001 any 2024-06-05 consents\noptout +79110000004 any 2024-06-05 consents"},
		{contact.RoleConsents, "Телефон|Дата согласия|Дата отзыва\n89110000001|05.06.2024|\n89110000002|05.06.2024|07.08.2024", "consent +79110000001 any 2024-06-05 consents\noptout +79110000002 any 2024-08-07 consents\nconsent +79110000002 any 2024-06-05 consents"},
		{contact.RoleConsents, "Телефон|Дата|Статус\n89110000001|05.06.2024|Действует\n89110000002|05.06.2024|Отозвано\n89110000003|05.06.2024|истекло", "consent +79110000001 any 2024-06-05 consents\noptout +79110000002 any consents\nconsent +79110000002 any 2024-06-05 consents"},
		{contact.RoleConsents, "Телефон|Дата|Канал\n89110000001|05.06.2024|VK", ""},
		{contact.RoleConsents, "Телефон|Дата начала|Дата окончания\n89110000001|05.06.2024|05.06.2028\n89110000002|05.06.2024|05.06.2025", "consent +79110000001 any 2024-06-05 consents"},
		{contact.RoleConsents, "Телефон|Действует до\n89110000001|05.06.2028\n89110000002|05.06.2025", "consent +79110000001 any consents"},
		{contact.RoleConsents, "Согласия на обработку персональных данных|\nТелефон|Дата\n89110000001|05.06.2024", ""},
		{contact.RoleConsents, "Телефон|Дата|Текст согласия\n89110000001|05.06.2024|Согласен на обработку персональных данных", ""},
		{contact.RoleConsents, "Телефон|Дата|Цель\n89110000001|05.06.2024|обработка персональных данных\n89110000002|05.06.2024|рассылка", `consent +79110000002 any 2024-06-05 consents {"purpose":"рассылка"}`},
		{contact.RoleConsents, "Телефон|Согласие на обработку ПДн\n89110000001|05.06.2024", ""},
	} {
		got, _ := evidence(t, c.role, c.table)
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%v:\n%s\n got %s\nwant %s", c.role, c.table, s, c.want)
		}
	}
}

// TestRowsAreCounted: every row of a list is one of the kinds, none is lost.
func TestRowsAreCounted(t *testing.T) {
	_, kinds := evidence(t, contact.RoleOptOuts, "Стоп-лист\nТелефон|E-mail\n89110000001|\n|\nбез номера|\n7,9E+10|\nТелефон|E-mail\n12345678|a@b-c.ru\n|x@y-z.ru")
	for kind, want := range map[intake.RowKind]int{intake.RowHeading: 3, intake.RowRead: 2, intake.RowBlank: 1, intake.RowUnreadable: 2, intake.RowPartly: 1} {
		if kinds[kind] != want {
			t.Errorf("kind %d: %d rows, want %d", kind, kinds[kind], want)
		}
	}
}

func TestFaults(t *testing.T) {
	in := intake.New(options())
	for _, c := range []struct {
		table string
		cause error
		says  string
	}{
		{"|\n|", intake.ErrEmpty, "nothing"},
		{"Заказ|Сумма\n1|2", intake.ErrNoRole, "--optouts F"},
		{"+79110000001", intake.ErrNoRole, "--contacts F"},
		{"10:00 got {'update_type': 'bot_stopped'|'user': {'user_id': 5|'name': 'Анна'}}\n10:01 got {'update_type': 'message_created'|'name': 'Анна'|'phone': '79110000001'}", intake.ErrNoRole, ".jsonl"},
		{"Имя|Город\nИван|Казань", intake.ErrNoColumn, "Имя, Город"},
	} {
		stated := contact.NoRole
		if c.cause == intake.ErrNoColumn {
			stated = contact.RoleContacts
		}
		_, err := in.Plan(intake.Source{File: "x.csv", Sheet: "Лист1"}, rows(c.table), stated)
		var f *contact.Fault
		if !errors.As(err, &f) || !errors.Is(err, c.cause) || !strings.Contains(err.Error(), c.says) || f.File != "x.csv" {
			t.Errorf("%q: %v", c.table, err)
		}
	}
}

// TestMapOfNoMessenger: ids of nobody knows which messenger would link nothing.
func TestMapOfNoMessenger(t *testing.T) {
	for name, refused := range map[string]bool{"ids.csv": true, "max ids.csv": false, "telegram и max ids.csv": true} {
		_, err := intake.New(options()).Plan(intake.Source{File: name}, rows("user_id|phone\n30003|+79110000001"), contact.RoleEvents)
		if (err != nil) != refused || refused && !strings.Contains(err.Error(), "MAX ID") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSuspicious: columns that nothing is known of but that may be refusals.
func TestSuspicious(t *testing.T) {
	for header, want := range map[string]bool{"Блокировка": true, "Жалобы": true, "Spam score": true, "Причина отказа": false, "Стоп-слово": true, "Размер стопы": false, "Жаловался": true, "Дата жалобы": true, "Возражает": true, "Нежелательный": true, "Отключил уведомления": true, "Muted": true, "Objected": true, "Возраст": false, "Отписан от рассылки": false, "Opt-out": false, "Жалоба": true, "Заблокирован": false, "Дата блокировки": true, "Не трогать": true, "Удалить данные": true, "Right to be forgotten": true, "Удалённый доступ": false} {
		p := plan(t, "x", "Имя|Телефон|"+header+"\nИван|+79110000001|", contact.RoleContacts)
		if got := slices.Contains(p.Suspicious, 2); got != want {
			t.Errorf("%q is suspicious: %v (%q)", header, got, p.Columns[2].Field)
		}
	}
	for cells, want := range map[string]bool{"да|против": true, "да|нет": false, "купил|отказ": false, "отказ|": true} {
		first, second, _ := strings.Cut(cells, "|")
		p := plan(t, "x", "Имя|Телефон|Акции\nИван|+79110000001|"+first+"\nЯна|+79110000002|"+second, contact.RoleContacts)
		if got := len(p.Suspicious) > 0; got != want {
			t.Errorf("a column with %q is suspicious: %v", cells, got)
		}
	}
	p := plan(t, "x", "Имя|Телефон|Спам\nИван|+79110000001|да\nЯна|+79110000002|отписана", contact.RoleContacts)
	if len(p.Suspicious) != 1 {
		t.Error("a label of one says nothing of the others' yes")
	}
	opt := options()
	opt.Mapping = map[string]contact.Field{"блокировка": contact.FieldOther, "Внутр. знак": contact.FieldOptOut}
	p, err := intake.New(opt).Plan(intake.Source{}, rows("Имя|Телефон|Блокировка|Внутр. знак\nИван|+79110000001||"), contact.RoleContacts)
	if err != nil || len(p.Suspicious) != 0 || p.Columns[3].Field != contact.FieldOptOut || p.Columns[3].By != intake.MapUser {
		t.Errorf("the user's mapping: %v, %+v", err, p)
	}
}
