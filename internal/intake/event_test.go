package intake_test

import (
	"strings"
	"testing"

	"cleanbase/internal/contact"
	"cleanbase/internal/intake"
)

// messages reads a whole table of events, each message as a line.
func messages(t *testing.T, file, text string) (lines []string, p *intake.Plan, kinds map[intake.RowKind]int) {
	t.Helper()
	in := intake.New(options())
	p, err := in.Plan(intake.Source{File: file}, rows(text), contact.RoleEvents)
	if err != nil {
		t.Fatal(err)
	}
	r := in.Reader(p)
	kinds = map[intake.RowKind]int{}
	for _, row := range rows(text) {
		kinds[r.Messages(row, func(m contact.Message) { lines = append(lines, messageLine(m)) })]++
	}
	return lines, p, kinds
}

func messageLine(m contact.Message) string {
	parts := []string{m.Who.String(), m.Channel.String(), [...]string{"", "in", "out"}[m.Direction], m.At.Short(), m.System, m.ID, m.Text, m.Status, m.Error}
	for _, also := range m.Also {
		parts = append(parts, also.String())
	}
	if m.Button != "" {
		parts = append(parts, "["+m.Button+"]")
	}
	if m.Means != 0 {
		parts = append(parts, "means "+m.Means.String())
	}
	if m.Ours {
		parts = append(parts, "ours")
	}
	kept := parts[:0]
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

func TestMessages(t *testing.T) {
	for _, c := range []struct{ file, table, want string }{
		{"f.csv", "phone|time|direction|text|status|channel\n+79110000001|2024-06-05 10:00|in|Привет||whatsapp", "+79110000001 whatsapp in 2024-06-05 07:00 Привет"},
		{"f.csv", "Телефон|Дата|Время|Направление|Текст\n+79110000001|05.06.2024|10:00|Входящее|СТОП", "+79110000001 any in 2024-06-05 07:00 СТОП"},
		{"f.csv", "Телефон|Дата|Направление|Текст\n+79110000001|05.06.2024|исходящее|Чтобы отписаться, ответьте СТОП", "+79110000001 any out 2024-06-05"},
		{"f.csv", "Телефон|Дата|Текст\n+79110000001|05.06.2024|СТОП", "+79110000001 any 2024-06-05 СТОП"},
		{"f.csv", "Телефон|Дата|Статус\n+79110000001|05.06.2024|Доставлено\n+79110000002|05.06.2024|Не доставлено",
			"+79110000001 any out 2024-06-05 Доставлено means delivered\n+79110000002 any out 2024-06-05 Не доставлено means unreachable"},
		{"f.csv", "Телефон|Дата|Статус|Ошибка\n+79110000001|05.06.2024|Не доставлено|Недостаточно средств\n+79110000002|05.06.2024|Не доставлено|Абонент не существует",
			"+79110000001 any out 2024-06-05 Не доставлено недостаточно средств ours\n+79110000002 any out 2024-06-05 Не доставлено Абонент не существует means unreachable"},
		{"f.csv", "Телефон|Дата|Направление|Текст|Статус\n+79110000001|05.06.2024|in|Привет|Прочитано", "+79110000001 any in 2024-06-05 Привет"},
		{"f.csv", "Телефон|Дата|Текст|Статус\n+79110000001|05.06.2024|СТОП|Прочитано\n+79110000002|05.06.2024|Привет|Не прочитано", "+79110000001 any 2024-06-05 СТОП\n+79110000002 any 2024-06-05 Привет"},
		{"f.csv", "Телефон|Дата|Текст|Статус\n+79110000001|05.06.2024|Скидки|Прочитано\n+79110000002|05.06.2024|Скидки|Доставлено",
			"+79110000001 any out 2024-06-05 Прочитано means delivered\n+79110000002 any out 2024-06-05 Доставлено means delivered"},
		{"f.csv", "От|Кому|Дата|Направление|Текст\n+79110000001|+79119999999|05.06.2024|in|это спам\n+79119999999|+79110000002|05.06.2024|out|Скидки",
			"+79110000001 any in 2024-06-05 это спам\n+79110000002 any out 2024-06-05"},
		{"Входящие.xlsx", "Телефон|Дата|Текст\n+79110000001|05.06.2024|СТОП", "+79110000001 any in 2024-06-05 СТОП"},
		{"исходящие.csv", "Телефон|Дата|Текст\n+79110000001|05.06.2024|Ответьте СТОП", "+79110000001 any out 2024-06-05"},
		{"исходящие рассылки, ответы.csv", "Телефон|Дата|Текст\n+79110000001|05.06.2024|СТОП", "+79110000001 any 2024-06-05 СТОП"},
		{"исходящие.csv", "Телефон|Дата|Ответ клиента\n+79110000001|05.06.2024|СТОП", "+79110000001 any out 2024-06-05\n+79110000001 any in 2024-06-05 СТОП"},
		{"f.csv", "Телефон|Дата|Ответ\n+79110000001|05.06.2024|СТОП", "+79110000001 any in 2024-06-05 СТОП"},
		{"f.csv", "Телефон|Дата|Текст|Ответ\n+79110000001|05.06.2024|Скидки|СТОП", "+79110000001 any 2024-06-05 Скидки\n+79110000001 any 2024-06-05 СТОП"},
		{"f.csv", "Телефон|Сообщение менеджера|Сообщение клиента\n+79110000001|Скидки|СТОП", "+79110000001 any Скидки\n+79110000001 any in СТОП"},
		{"f.csv", "Phone|Sent at|Message|Status|Reply|Reply time\n+79110000001|2024-06-05|Sale|delivered|STOP|2024-06-06\n+79110000002|2024-06-05|Sale|delivered||",
			"+79110000001 any out 2024-06-05 delivered means delivered\n+79110000001 any in 2024-06-06 STOP\n+79110000002 any out 2024-06-05 delivered means delivered"},
		{"f.csv", "Телефон|Дата|Текст|Статус|Комментарий\n+79110000001|05.06.2024|Скидки|Доставлено|просил не писать",
			"+79110000001 any out 2024-06-05 Доставлено means delivered\n+79110000001 any 2024-06-05 просил не писать"},
		{"f.csv", "Телефон|Дата|Статус\n+79110000001|05.06.2024|Не беспокоить\n+79110000002|05.06.2024|Доставлено",
			"+79110000001 any 2024-06-05 Не беспокоить\n+79110000001 any 2024-06-05 Не беспокоить\n+79110000002 any out 2024-06-05 Доставлено means delivered"},
		{"f.csv", "From|Date|Text\n+79110000001|2024-06-05|stop", "+79110000001 any in 2024-06-05 stop"},
		{"f.csv", "From|Email|Date|Text\n+79110000001|a@example.org|2024-06-05|Reply stop", "a@example.org any 2024-06-05 Reply stop\n+79110000001 any 2024-06-05 Reply stop"},
		{"f.json", "chatId|body|date|fromMe\n79110000001@c.us|Стоп|2024-06-05|false\n79110000002@c.us|Ответьте стоп|2024-06-05|true",
			"+79110000001 any in 2024-06-05 Стоп\n+79110000002 any out 2024-06-05"},
		{"f.csv", "phone|message|incoming\n79110000001|Стоп|1\n79110000002|Ответьте стоп|0", "+79110000001 any in Стоп\n+79110000002 any out"},
		{"f.csv", "Телефон|Дата|Оценка|Комментарий клиента\n79110000001|05.06.2024|1|Хватит писать!", "+79110000001 any in 2024-06-05 Хватит писать!"},
		{"f.csv", "Отправитель|Дата|Тема письма|Текст письма\na@example.org|05.06.2024|Отписка|Добрый день", "a@example.org any in 2024-06-05 Отписка\na@example.org any in 2024-06-05 Добрый день"},
		{"Ответы на рассылку.csv", "Телефон|Дата|Сообщение\n+79110000001|05.06.2024|СТОП", "+79110000001 any in 2024-06-05 СТОП"},
		{"f.csv", "Телефон|Дата|Сообщение для клиента\n+79110000001|05.06.2024|СТОП", "+79110000001 any 2024-06-05 СТОП"},
		{"f.csv", "user_id|chat_type|sender|text|created_at\n30001|max|client|Стоп|05.06.2024\n30002|max|manager|Ответьте стоп|05.06.2024", "max:30001 max in 2024-06-05 Стоп\nmax:30002 max out 2024-06-05"},
		{"f.csv", "Телефон|MAX ID\n+79110000001|30001\n+79110000002|", "max:30001 any +79110000001"},
		{"f.csv", "Отправитель|Получатель|Дата|Текст\n+79110000001|+7 495 123-45-67|05.06.2024|СТОП\n84951234567|+79110000002|05.06.2024|Ответьте СТОП\n84951234567|+79110000001|05.06.2024|Скидки",
			"+79110000001 any in 2024-06-05 СТОП\n+79110000002 any out 2024-06-05\n+79110000001 any out 2024-06-05"},
		{"f.csv", "from|to|date|text\n+79110000001|+74951234567|05.06.2024|СТОП", "+74951234567 any 2024-06-05 СТОП\n+79110000001 any 2024-06-05 СТОП"},
		{"сообщения.csv", "Телефон|Дата|Направление|Комментарий\n+79110000001|05.06.2024|вх|СТОП", "+79110000001 any in 2024-06-05 СТОП"},
		{"f.csv", "Telegram ID|MAX ID|E-mail|Телефон\n40001|30001|a@example.org|+79110000001",
			"telegram:40001 any +79110000001 max:30001\ntelegram:40001 any a@example.org\nmax:30001 any +79110000001\nmax:30001 any a@example.org"},
		{"f.csv", "Телефон|Дата|Статус|message_id\n|05.06.2024|Не доставлено|17\n||Доставлено|", "any out 2024-06-05 17 Не доставлено means unreachable"},
		{"smsc.csv", "phone|status|time\n79110000001|1|2024-06-05 10:00", "+79110000001 sms out 2024-06-05 07:00 smsc 1"},
		{"f.csv", "phone|status|time|ID\n79110000001|25|2024-06-05 10:00|5", "+79110000001 sms out 2024-06-05 07:00 smsc 5 25"},
		{"f.csv", "phone|status|time\n79110000001|1|2024-06-05 10:00", "+79110000001 any 2024-06-05 07:00 1"},
		{"f.csv", "phone|x|when\n79110000001|103|2024-06-05 10:00\n79110000002|104|2024-06-05 10:00",
			"+79110000001 sms out 2024-06-05 07:00 smsru 103\n+79110000002 sms out 2024-06-05 07:00 smsru 104"},
		{"f.json", "From|To|Body|MessageSid|AccountSid|NumMedia|OptOutType\n+79110000001|+15005550006|Стоп|SM1|AC1|0|STOP",
			"+79110000001 sms in twilio SM1 Стоп STOP"},
		{"f.json", "From|To|Body|MessageSid|AccountSid|NumMedia\n+79110000001|+15005550006|Привет|SM1|AC1|0", "+79110000001 sms in twilio SM1 Привет"},
		{"f.json", "From|To|Body|MessageSid|AccountSid|NumMedia|ButtonText|ButtonPayload\nwhatsapp:+79110000001|whatsapp:+15005550006|Ок|SM1|AC1|0|Ок|STOP\nwhatsapp:+79110000002|whatsapp:+15005550006||SM2|AC1|0|Ладно|ok",
			"+79110000001 whatsapp in twilio SM1 Ок [STOP]\n+79110000002 whatsapp in twilio SM2 Ладно [ok]"},
		{"f.csv", "Телефон|Дата|Направление|Текст|Button ID\n+79110000001|05.06.2024|in|Ок|stop", "+79110000001 any in 2024-06-05 Ок [stop]"},
	} {
		got, _, _ := messages(t, c.file, c.table)
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.table, s, c.want)
		}
	}
}

// TestZoneIsNoted: that times name no zone is told, and only then.
func TestZoneIsNoted(t *testing.T) {
	for table, want := range map[string]bool{
		"phone|time|status\n79110000001|2024-06-05 10:00|delivered":          true,
		"phone|time|status\n79110000001|2024-06-05T10:00:00Z|delivered":      false,
		"phone|time|status\n79110000001|2024-06-05 10:00 +0500|delivered":    false,
		"phone|time|status\n79110000001|2024-06-05|delivered":                false,
		"phone|time|status\n79110000001|1717581600|delivered":                false,
		"phone|date|time|status\n79110000001|2024-06-05|10:00|delivered":     true,
		"Телефон|Дата (МСК)|Статус\n79110000001|2024-06-05 10:00|доставлено": false,
	} {
		_, p, _ := messages(t, "f.csv", table)
		got := false
		for _, n := range p.Notes {
			got = got || strings.Contains(n.EN, "MSK")
		}
		if got != want {
			t.Errorf("%q: noted %v", table, got)
		}
	}
}

// TestStatusPhrases: statuses and errors in words of their own are read by them,
// and leave no text behind that may name somebody.
func TestStatusPhrases(t *testing.T) {
	for want, texts := range map[string]string{
		"bot_stopped": "Бот заблокирован пользователем|Пользователь заблокировал бота|Forbidden: bot was blocked by the user|Пользователь остановил бота",
		"optout": "Абонент в чёрном списке|Номер в стоп-листе|Blacklisted|Recipient is on the opt-out list|Получатель добавил отправителя в чёрный список|Клиент заблокировал отправителя|Заблокировано получателем|" +
			"Message blocked by recipient|User has blocked the sender|Отказ от рассылки|Клиент отказался от рассылки|Абонент отписался 12.03.2026|Recipient has unsubscribed|User stopped marketing messages",
		"complaint":      "Получатель пожаловался на спам|Marked as spam by recipient|Поступила жалоба абонента|User reported the message",
		"suspected_spam": "Мессенджер не пропускает сообщение из-за подозрения на спам|Blocked by spam filter|Spam detected",
		"unreachable": "Номер не зарегистрирован в WhatsApp|Пользователь не найден|Абонент +79161234567 не существует|Нет аккаунта MAX|У абонента нет WhatsApp|Forbidden: user is deactivated|Number not in service|" +
			"Recipient phone number not in WhatsApp: not a WhatsApp user|The number is not on WhatsApp|Некорректный номер телефона|Invalid phone number|Сообщение не доставлено абоненту|Message undeliverable|Аккаунт удалён",
		"delivered": "Сообщение доставлено|Доставлено абоненту|Message delivered|Delivered to handset",
		"": "Отправитель заблокирован|Канал не найден|Шаблон не найден|Абонент временно недоступен|Телефон абонента выключен|Не доставлено: недостаточно средств|Invalid sender number|Недействительный токен|" +
			"Доставлено на сервер оператора|Номер отправителя в чёрном списке|Истёк срок жизни сообщения|Ваш аккаунт заблокирован мессенджером|WhatsApp заблокировал аккаунт|Передано оператору|Message queued for delivery|" +
			"Not read yet|Пользователь разблокировал бота|Нет маршрута до абонента|Превышен лимит для номера|Absent subscriber|Не прочитано абонентом|Сообщение отправлено",
	} {
		for _, text := range strings.Split(texts, "|") {
			for _, column := range []string{"Статус", "Ошибка"} {
				in := intake.New(options())
				table := rows("Телефон|Дата|" + column + "\n+79110000001|05.06.2024|" + text)
				p, err := in.Plan(intake.Source{File: "f.csv"}, table, contact.RoleEvents)
				if err != nil {
					t.Fatal(err)
				}
				var got []contact.Message
				for _, row := range table {
					in.Reader(p).Messages(row, func(m contact.Message) { got = append(got, m) })
				}
				var m contact.Message // a row that says nothing is silent
				if len(got) > 0 {
					m = got[len(got)-1]
				}
				if m.Means.String() != want || want != "" && (m.Direction != contact.Out || strings.ContainsAny(m.Status+m.Error, "0123456789")) {
					t.Errorf("%s %q: means %q, want %q; %+v", column, text, m.Means, want, m)
				}
			}
		}
	}
}
