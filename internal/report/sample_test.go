package report

import (
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

// sample is a made-up shop's run with every section filled.
func sample(l contact.Lang) *contact.Report {
	r := &contact.Report{Lang: l, Summary: sampleSummary(l), Conflicts: 14, PolicySaid: samplePolicy(),
		Examples: map[contact.Reason]string{}, ExampleAt: map[contact.Reason]contact.Place{}}
	for i, reason := range contact.Reasons() {
		if reason != contact.PhoneMissing {
			r.Examples[reason] = contact.Phone(79110000000 + 7*uint64(i)).Masked()
		}
		r.ExampleAt[reason] = contact.Place{File: "выгрузки/Контакты Битрикс24.csv", Row: 12 + 31*i}
	}
	r.ExampleAt[contact.PhoneMissing] = contact.Place{File: "клиенты.xlsx", Sheet: "Лист 1", Row: 8}
	r.ConsentAge = []contact.Bucket{{Label: contact.T("up to 3 months", "до 3 месяцев"), Count: 2100}, {Label: contact.T("3 to 6 months", "3–6 месяцев"), Count: 1804},
		{Label: contact.T("6 to 12 months", "6–12 месяцев"), Count: 1333}, {Label: contact.T("12 to 24 months", "12–24 месяца"), Count: 801}, {Label: contact.T("no date", "без даты"), Count: 86}}
	r.Countries = []contact.Bucket{{Label: contact.T("Russia", "Россия"), Count: 5801}, {Label: contact.T("Kazakhstan", "Казахстан"), Count: 240},
		{Label: contact.T("Belarus", "Беларусь"), Count: 71}, {Label: contact.T("Armenia", "Армения"), Count: 12}}
	r.Operators = []contact.Bucket{{Label: contact.T("Megafon, Saint Petersburg", "МегаФон, Санкт-Петербург"), Count: 3100}, {Label: contact.T("MTS, Moscow", "МТС, Москва"), Count: 2701}}
	r.Trend = sampleTrend()
	r.ConflictAt = []contact.Place{{File: "клиенты.xlsx", Sheet: "Лист 1", Row: 45}, {File: "выгрузки/Контакты Битрикс24.csv", Row: 4511}}
	r.Shared = []contact.SharedIdentifier{{Kind: contact.PhoneID, Masked: contact.Phone(78120000099).Masked(), Contacts: 41},
		{Kind: contact.EmailID, Masked: contact.MaskEmail("info@example.com"), Contacts: 17}}
	return r
}

func sampleTrend() []contact.TrendPoint {
	var points []contact.TrendPoint
	for i := range int64(7) {
		points = append(points, contact.TrendPoint{RunID: "2026030" + string(rune('1'+i)) + "T060000Z-0a1b2c", AsOf: contact.OnDay(2026, 3, int(1+i)),
			Status: "published", Contacts: contact.Contacts{Clean: 5100 + 171*i, Cold: 3000 - 90*i, Hold: 120 + 15*i, Removed: 700 + 40*i, Invalid: 400 - 30*i}})
	}
	points[3].Status = "withheld"
	points[6].Contacts = sampleContacts()
	return points
}

func sampleContacts() contact.Contacts {
	return contact.Contacts{Clean: 6124, Cold: 2411, Hold: 214, Removed: 946, Invalid: 305}
}

func samplePolicy() []contact.Text {
	return []contact.Text{
		contact.T("The mailing's channel is not known yet: a refusal on any channel removes, a consent for any channel serves.",
			"Канал рассылки ещё не известен: исключает отказ в любом канале, годится согласие на любой канал."),
		contact.T("A consent holds for 24 months; one with no date counts as asserted.", "Согласие действует столько месяцев: 24; согласие без даты считается заявленным."),
	}
}

func sampleSummary(l contact.Lang) *contact.Summary {
	s := &contact.Summary{Schema: 1, RunID: "20260307T060000Z-3f9a1c", AsOf: "2026-03-07T06:00:00Z", Status: "published", ToolVersion: "1.0.0", Channel: "any",
		Contacts: sampleContacts(), Reasons: map[string]int64{}, Returns: 3, SharedIdentifiers: 5, PolicySHA256: hash("e"),
		Audit: contact.AuditSummary{Root: "b3Blbi1zb3VyY2UtY2hlY2twb2ludC1yb290LWhhc2g9", Size: 48211,
			Checkpoint: "cleanbase/audit\n48211\nb3Blbi1zb3VyY2UtY2hlY2twb2ludC1yb290LWhhc2g9\n\n— cleanbase/audit Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"}}
	for i, r := range contact.Reasons() {
		s.Reasons[r.String()] = int64(11 + 13*i)
	}
	s.Reasons["consent.valid"], s.Reasons["consent.missing"], s.Reasons["phone.missing"] = 6124, 2270, 1
	s.Inputs = sampleInputs(l)
	for _, in := range s.Inputs {
		s.Rows.Add(in.Rows)
	}
	s.Returned = []contact.ReturnSummary{{Phone: contact.Phone(79110000077).Masked(), File: "клиенты.xlsx", Sheet: "Лист 1", Row: 77, Kind: "optout", Since: "2025-11-02T10:00:00Z"},
		{Phone: contact.Phone(79110000084).Masked(), File: "выгрузки/Контакты Битрикс24.csv", Row: 3002, Kind: "complaint"}}
	s.Gate = sampleGate()
	s.Events = &contact.EventsSummary{Sent: 5210, Refusals: 71, Complaints: 2, SuspectedSpam: 19, Repeats: 31, Recalled: 1207, Resolved: 8, UnknownStatuses: 643, Lately: &contact.MailingsSummary{Days: 30, Sent: 2104, Refusals: 23, Complaints: 1, SuspectedSpam: 12},
		Alarms:  []contact.AlarmSummary{{System: "whatsapp", Code: "131042", Count: 12}},
		Outages: []contact.OutageSummary{{Class: "wazzup:BAD_CONTACT", Channel: "whatsapp", Day: "2026-03-02", Contacts: 411, Sent: 420}}}
	for _, name := range []string{"clean", "cold", "hold", "removed", "invalid"} {
		v := map[string]int64{"clean": 6124, "cold": 2411, "hold": 214, "removed": 946, "invalid": 305}[name]
		s.Files = append(s.Files, contact.FileSummary{Name: name + ".xlsx", Rows: v, SHA256: hash(name[:1])})
	}
	s.Files = append(s.Files, contact.FileSummary{Name: "suppressions.csv", Rows: 1188, SHA256: hash("f")})
	return s
}

func hash(s string) string { return strings.Repeat(s+"07c41b9", 8) }

func sampleGate() contact.Gate {
	return contact.Gate{Result: "warn", Findings: []contact.Finding{
		{Code: "source.unreadable_rows", Level: "warn", Value: 4, Where: "стоп-лист.csv", Say: contact.T("стоп-лист.csv: 4 rows name no phone or e-mail that can be read, so nobody was removed for them",
			"стоп-лист.csv: в строках (4) нет телефона или почты, которые можно прочитать: по ним никто не исключён")},
		{Code: "returns", Level: "warn", Value: 3, Say: contact.T("3 refused contacts came back in the files and were removed again: find out which file brings them",
			"отказавшихся контактов, которые вернулись в файлах и снова исключены: 3; выясните, какой файл их приносит")},
	}}
}

func sampleInputs(l contact.Lang) []contact.InputSummary {
	columns := []contact.ColumnSummary{{Header: "ID", Field: "id", By: "layout"}, {Header: "Имя", Field: "first_name", By: "layout"}, {Header: "Мобильный телефон", Field: "mobile", By: "layout"},
		{Header: "Рабочий e-mail", Field: "email", By: "name"}, {Header: "Любимый торт"}, {Header: "", Field: "phone", By: "contents"}}
	note := contact.T("this sheet is hidden in the workbook; it was read all the same", "этот лист скрыт в книге; он всё равно прочитан")
	return []contact.InputSummary{
		{Path: "выгрузки/Контакты Битрикс24.csv", Role: "contacts", RoleBy: "layout", System: "bitrix24", Generation: "ru", Format: "csv", Encoding: "windows-1251", SHA256: hash("a"),
			HeaderRow: 1, Columns: columns, Rows: contact.Rows{Read: 7420, Clean: 5003, Cold: 1401, Hold: 160, Removed: 402, Invalid: 101, Merged: 353, Blank: 2}},
		{Path: "клиенты.xlsx", Sheet: "Лист 1", Role: "contacts", RoleBy: "columns", Format: "xlsx", SHA256: hash("b"), HeaderRow: 3, Columns: columns[2:4],
			Rows: contact.Rows{Read: 3012, Clean: 1121, Cold: 1010, Hold: 54, Removed: 544, Invalid: 204, Merged: 79}},
		{Path: "клиенты.xlsx", Sheet: "архив", Hidden: true, Role: "contacts", RoleBy: "columns", Format: "xlsx", SHA256: hash("b"), Notes: []contact.Text{note}, NotesShown: []string{note.In(l)}},
		{Path: "стоп-лист.csv", Role: "optouts", RoleBy: "name", Format: "csv", Encoding: "utf-8", SHA256: hash("c"), Entries: 612, Unreadable: 4, Columns: columns[2:3]},
		{Path: "согласия 2025.xlsx", Sheet: "Реестр", Role: "consents", RoleBy: "stated", Format: "xlsx", SHA256: hash("d"), Entries: 6802},
	}
}

// render is the page of r.
func render(t testing.TB, r *contact.Report) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
