package cli_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cleanbase/internal/contact"
)

const systems = "../../fixtures/systems"

// export is one fixture and what must come of it. Columns stand in
// columns.golden.
type export struct {
	path     string
	told     string // system, generation, format, encoding, header row
	rows     string
	refusals string // reason and channel of each line of suppressions.csv, sorted
}

// bitrixContacts is one table of Bitrix24, which several containers hold.
const bitrixContacts, bitrixRefusals = "read 8 clean 2 cold 3 removed 1 invalid 1 merged 1", "optout.flag any"

var exports = []export{
	{"bitrix24/contacts.csv", "bitrix24 ru csv utf-8-bom 1", bitrixContacts, bitrixRefusals},
	{"bitrix24/contacts.xls", "bitrix24 ru html utf-8 1", bitrixContacts, bitrixRefusals},
	{"packed/contacts.csv.gz", "bitrix24 ru csv utf-8-bom 1", bitrixContacts, bitrixRefusals},
	{"packed/contacts.zip", "bitrix24 ru csv utf-8-bom 1", bitrixContacts, bitrixRefusals},
	{"packed/contacts.ods", "bitrix24 ru ods - 1", bitrixContacts, bitrixRefusals},
	{"bitrix24/box/contacts.csv", "bitrix24 ru csv windows-1251 1", "read 3 cold 1 removed 1 invalid 1", "optout.flag any"},
	{"bitrix24/contacts-en.csv", "bitrix24 en csv utf-8-bom 1", "read 4 clean 1 cold 1 removed 1 invalid 1", "optout.flag any"},
	{"bitrix24/contacts-ids.csv", "bitrix24 field-ids csv utf-8-bom 1", "read 3 cold 2 invalid 1", ""},
	{"bitrix24/leads.csv", "bitrix24 ru csv utf-8-bom 1", "read 3 cold 2 invalid 1", ""},
	{"bitrix24/box/leads.csv", "bitrix24 ru csv windows-1251 1", "read 2 cold 1 removed 1", "optout.flag any"},
	{"bitrix24/leads-en.csv", "bitrix24 en csv utf-8-bom 1", "read 2 cold 1 invalid 1", ""},
	{"bitrix24/box/companies.csv", "bitrix24 ru csv windows-1251 1", "read 3 cold 1 invalid 2", ""},
	{"amocrm/amocrm_export_contacts.csv", "amocrm list csv utf-8-bom 1", "read 7 clean 1 cold 2 removed 3 invalid 1", "optout.flag any, optout.flag any, optout.flag any"},
	{"amocrm/amocrm_export_leads.csv", "amocrm deals-old csv utf-8-bom 1", "read 4 cold 2 removed 1 invalid 1", "optout.flag any"},
	{"amocrm/amocrm_export_leads_kz.csv", "amocrm deals-old csv utf-8-bom 1", "read 4 cold 2 removed 1 invalid 1", "optout.flag any"},
	{"amocrm/amocrm_export_leads.xlsx", "amocrm deals-new xlsx - 1", "read 3 cold 2 removed 1", "optout.flag any"},
	{"amocrm/import.csv", "amocrm import csv utf-8-bom 1", "read 2 cold 1 removed 1", "optout.flag any"},
	{"unf/Контрагенты.xlsx", "unf list xlsx - 4", "read 6 cold 3 invalid 3", ""},
	{"unf/Контрагенты.csv", "unf list csv windows-1251 4", "read 6 cold 3 invalid 3 blank 1", ""},
	{"unf/КонтактнаяИнформация.xlsx", "unf bsp xlsx - 1", "read 5 cold 2 invalid 3", ""},
	{"unf/КонтактнаяИнформация.csv", "unf bsp csv utf-8-bom 1", "read 5 cold 2 invalid 3", ""},
	{"unf/КонтактнаяИнформация.json", "unf bsp json utf-8 1", "read 5 cold 2 invalid 3", ""},
	{"unf/Контрагенты.json", "unf odata json utf-8 1", "read 3 cold 2 invalid 1", ""},
	{"unf/Клиенты магазина.csv", "- - csv utf-8-bom 1", "read 3 cold 1 removed 1 invalid 1", "optout.flag any"},
	{"hubspot/hubspot-crm-exports-all-contacts-2026-11-18.csv", "hubspot labels csv utf-8 1", "read 6 cold 3 removed 2 invalid 1", "optout.flag email, optout.flag email"},
	{"hubspot/hubspot-crm-exports-my-view-2026-11-19-1.xlsx", "hubspot labels xlsx - 1", "read 3 cold 2 removed 1", "optout.flag email"},
	{"hubspot/hubspot-crm-exports-my-view-2026-11-19.xls", "hubspot labels xls - 1", "read 3 cold 2 removed 1", "optout.flag email"},
	{"hubspot/properties.csv", "hubspot properties csv utf-8 1", "read 4 cold 2 removed 2", "optout.flag email, optout.flag email"},
	{"zoho/Contacts_2026_11_18.csv", "zoho record-id csv utf-8 1", "read 5 cold 2 removed 2 invalid 1", "optout.flag email, optout.flag email"},
	{"zoho/Contacts_001.csv", "zoho contact-id csv utf-8 1", "read 2 cold 1 removed 1", "optout.flag email"},
	{"pipedrive/people-18112026.xlsx", "pipedrive person xlsx - 1", "read 6 clean 1 cold 4 removed 1", "optout.flag email"},
	{"pipedrive/deals-18112026.csv", "pipedrive person csv utf-8 1", "read 3 clean 1 cold 1 removed 1", "optout.flag email"},
	{"salesforce/contacts.csv", "salesforce labels csv utf-8 1", "read 4 cold 1 removed 2 invalid 1", "optout.flag call, optout.flag email"},
	{"salesforce/contacts-business.csv", "salesforce labels csv utf-8 1", "read 2 cold 1 removed 1", "optout.flag email"},
	{"salesforce/extract.csv", "salesforce api csv utf-8 1", "read 3 cold 1 removed 2", "optout.flag call, optout.flag email"},
	{"google/contacts.csv", "google new csv utf-8-bom 1", "read 4 cold 2 removed 1 invalid 1", "optout.flag any"},
	{"google/google.csv", "google old csv utf-16le 1", "read 3 cold 2 removed 1", "optout.flag any"},
	{"google/google-old-utf8.csv", "google old csv utf-8 1", "read 3 cold 2 removed 1", "optout.flag any"},
	{"outlook/contacts.csv", "outlook en-61 csv windows-1251 1", "read 3 cold 2 invalid 1", ""},
	{"outlook/contacts-92.csv", "outlook en-92 csv utf-8 1", "read 2 cold 1 removed 1", "optout.flag any"},
	{"outlook/контакты.csv", "outlook ru csv windows-1251 1", "read 3 cold 2 invalid 1", ""},
	{"yandex/yandex_контакты.csv", "yandex ru csv windows-1251 1", "read 3 cold 2 invalid 1", ""},
	{"yandex/yandex_contacts.csv", "yandex en csv utf-8 1", "read 3 cold 2 invalid 1", ""},
	{"mailru/contacts.csv", "mailru en csv utf-8 1", "read 3 cold 2 invalid 1", ""},
	{"mailru/контакты.csv", "mailru ru csv windows-1251 1", "read 3 cold 2 invalid 1", ""},
	{"yahoo/yahoo_contacts.csv", "yahoo csv csv utf-8 1", "read 3 cold 2 invalid 1", ""},
	{"livemail/contacts.csv", "livemail csv csv utf-8 1", "read 2 cold 1 invalid 1", ""},
	{"vcard/android-2.1.vcf", "vcard 2.1 vcard utf-8 1", "read 3 cold 2 invalid 1", ""},
	{"vcard/iphone-3.0.vcf", "vcard 3.0 vcard utf-8 1", "read 2 cold 1 removed 1", "optout.flag any"},
	{"vcard/rfc6350-4.0.vcf", "vcard 4.0 vcard utf-8 1", "read 3 cold 2 removed 1", "optout.flag any"},
	{"vcard/phone.txt", "vcard 2.1, 4.0 vcard utf-8 1", "read 2 cold 1 removed 1", "optout.flag any"},
	{"wazzup/contacts-pages.jsonl", "wazzup api-v3 jsonl utf-8 1", "read 3 cold 2 invalid 1", ""},
	{"wazzup/contacts.json", "wazzup api-v3 json utf-8 1", "read 5 cold 3 invalid 2", ""},
	{"wazzup/contacts.jsonl", "wazzup api-v3 jsonl utf-8 1", "read 5 cold 3 invalid 2", ""},
	{"wazzup/contacts-partner.json", "wazzup api-v3 json utf-8 1", "read 2 cold 1 invalid 1", ""},
	{"wazzup/contacts-page.json", "wazzup api-v3 json utf-8 1", "read 1 cold 1", ""},
	{"apollo/apollo-contacts-export.csv", "apollo labels csv utf-8 1", "read 2 cold 1 removed 1", "optout.flag any"},
	{"mailchimp/subscribed_members_export_15d1.csv", "- - csv utf-8 1", "read 4 clean 2 cold 1 removed 1", "optout.flag email"},
	{"klaviyo/list.csv", "- - csv utf-8 1", "read 4 clean 1 cold 1 removed 2", "optout.flag email, optout.flag sms"},
	{"brevo/contacts.csv", "- - csv utf-8 1", "read 3 cold 1 removed 2", "optout.flag email, optout.flag sms"},
	{"shopify/customers_export.csv", "- - csv utf-8 1", "read 3 clean 1 cold 1 removed 1", "optout.flag any"},
	{"square/customers.csv", "- - csv utf-8 1", "read 3 clean 1 cold 1 removed 1", "optout.flag email"},
	{"constantcontact/contact_export.csv", "- - csv utf-8 1", "read 3 clean 1 cold 1 removed 1", "optout.flag any"},
	{"unisender/contacts.csv", "- - csv utf-8 1", "read 3 cold 1 removed 2", "optout.flag any, optout.flag email"},
	{"tilda/leads.csv", "- - csv utf-8-bom 1", "read 2 cold 1 invalid 1", ""},
	{"retailcrm/customers.json", "- - json utf-8 1", "read 2 cold 1 removed 1", "optout.flag email"},
	{"iiko/guests.json", "- - json utf-8 1", "read 2 clean 1 cold 1", ""},
	{"generic/site.tsv", "- - tsv utf-8 1", "read 2 clean 1 cold 1", ""},
	{"generic/bot.csv", "- - csv utf-8-bom 1", "read 3 cold 2 removed 1", "optout.flag any"},
}

// TestSystems: every system's own export is told, its columns are read and its
// people judged, with no flag.
func TestSystems(t *testing.T) {
	columns := map[string]string{}
	for _, e := range exports {
		t.Run(e.path, func(t *testing.T) {
			path := filepath.Join(systems, e.path)
			in := inspected(t, path)
			if got := told(in); got != e.told || in.Role != "contacts" {
				t.Errorf("told as %s %q, want %q", in.Role, got, e.told)
			}
			columns[e.path] = columnsOf(in)
			out := judged(t, path)
			if got := out.rows; got != e.rows {
				t.Errorf("rows: %s; want %s", got, e.rows)
			}
			if got := out.refusals; got != e.refusals {
				t.Errorf("refusals: %s; want %s", got, e.refusals)
			}
			out.checkNames(t, e.path)
		})
	}
	compareColumns(t, columns)
}

func inspected(t *testing.T, path string) contact.InputSummary {
	t.Helper()
	var all []contact.InputSummary
	if err := json.Unmarshal([]byte(mustRun(t, "inspect", "--json", path)), &all); err != nil || len(all) != 1 {
		t.Fatalf("%d tables, %v", len(all), err)
	}
	return all[0]
}

func told(in contact.InputSummary) string {
	parts := []string{in.System, in.Generation, in.Format, in.Encoding}
	for i := range parts {
		if parts[i] == "" {
			parts[i] = "-"
		}
	}
	return fmt.Sprintf("%s %d", strings.Join(parts, " "), in.HeaderRow)
}

func columnsOf(in contact.InputSummary) string {
	var b strings.Builder
	for _, c := range in.Columns {
		fmt.Fprintf(&b, "%s = %s\n", c.Header, c.Field)
	}
	return b.String()
}

// outcome is what a run made of a file.
type outcome struct {
	dir, rows, refusals string
	reasons             map[string]int64
}

func judged(t *testing.T, paths ...string) outcome {
	t.Helper()
	out := t.TempDir()
	mustRun(t, append([]string{"run", "--out", out, "--as-of", asOf, "--format", "csv", "--quiet"}, paths...)...)
	s := summaryOf(t, out)
	o := outcome{dir: filepath.Join(out, "latest"), reasons: s.Reasons}
	for _, n := range []struct {
		name  string
		count int64
	}{{"read", s.Rows.Read}, {"clean", s.Rows.Clean}, {"cold", s.Rows.Cold}, {"hold", s.Rows.Hold}, {"removed", s.Rows.Removed}, {"invalid", s.Rows.Invalid}, {"merged", s.Rows.Merged}, {"blank", s.Rows.Blank}} {
		if n.count > 0 {
			o.rows += fmt.Sprintf(" %s %d", n.name, n.count)
		}
	}
	o.rows = strings.TrimPrefix(o.rows, " ")
	var refusals []string
	lines := readList(t, filepath.Join(o.dir, "suppressions.csv"))
	for _, line := range lines[1:] {
		refusals = append(refusals, line[2]+" "+line[3])
	}
	slices.Sort(refusals)
	o.refusals = strings.Join(refusals, ", ")
	return o
}

func readList(t *testing.T, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	r.FieldsPerRecord = -1
	lines, err := r.ReadAll()
	if err != nil || len(lines) == 0 {
		t.Fatalf("%s: %d lines, %v", path, len(lines), err)
	}
	return lines
}

// surnames say where a row of the fixtures belongs.
var surnames = map[string][]string{"clean": {"Ясен", "Yasen"}, "cold": {"Зимин", "Zimin"}, "removed": {"Тихон", "Tikhon"}, "invalid": {"Пуст", "Pust"}}

// checkNames holds each list against the surnames in it. 1C's table of contact
// information has no names.
func (o outcome) checkNames(t *testing.T, path string) {
	t.Helper()
	if strings.Contains(path, "КонтактнаяИнформация") {
		return
	}
	for list, names := range surnames {
		for _, line := range readList(t, filepath.Join(o.dir, list+".csv"))[1:] {
			text := strings.Join(line, " ")
			if !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(text, n) }) {
				t.Errorf("%s holds %q", list, line)
			}
		}
	}
}

// compareColumns holds what every column was read as against the golden.
func compareColumns(t *testing.T, columns map[string]string) {
	t.Helper()
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(columns)) {
		fmt.Fprintf(&b, "## %s\n%s\n", path, columns[path])
	}
	golden := filepath.Join(systems, "columns.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) && len(columns) == len(exports) {
		t.Errorf("columns differ from %s: %s", golden, firstDifference([]byte(got), want))
	}
}

// TestSystemsAreListed: no fixture is without a test or without a line in the
// README's table.
func TestSystemsAreListed(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(systems, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"README.md": true, "columns.golden": true, "bitrix24/empty/contacts.csv": true}
	for _, e := range exports {
		known[e.path] = true
	}
	err = filepath.WalkDir(systems, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(systems, path)
		rel = filepath.ToSlash(rel)
		if !known[rel] {
			t.Errorf("%s has no test", rel)
		}
		if rel != "README.md" && !strings.Contains(string(readme), "`"+rel+"`") {
			t.Errorf("%s is not in README.md", rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEmptyExport: Bitrix24 writes a sentence when there is nobody to export.
func TestEmptyExport(t *testing.T) {
	for _, command := range []string{"inspect", "run"} {
		args := []string{command, filepath.Join(systems, "bitrix24/empty/contacts.csv")}
		if command == "run" {
			args = append(args, "--out", t.TempDir())
		}
		code, _, stderr := run(t, args...)
		if code != 65 || !strings.Contains(stderr, "one line of text") {
			t.Errorf("%s: exit code %d, %s", command, code, stderr)
		}
	}
}
