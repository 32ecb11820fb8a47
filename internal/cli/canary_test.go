package cli_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Everybody in a canary's inputs has this in name, phone, e-mail and text, and
// nothing else in the world has it.
const (
	canaryName  = "Канарейкин"
	canaryDigit = "5550" // of +7911 5550 NNN
	canaryMail  = "kanareika"
	canaryText  = "чик-чирик"
)

// sings tells whether a text has a canary in it: a name, an e-mail, a message,
// or so much of a phone that it can be called.
func sings(text string) string {
	low := strings.ToLower(text)
	for _, word := range []string{strings.ToLower(canaryName), canaryMail, canaryText} {
		if at := strings.Index(low, word); at >= 0 {
			return low[at:min(len(low), at+40)]
		}
	}
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()\u00a0", r) {
			return -1
		}
		return r
	}, low)
	if at := strings.Index(digits, "911"+canaryDigit); at >= 0 {
		return digits[at:min(len(digits), at+12)]
	}
	return ""
}

func canaryRow(i int) string {
	return fmt.Sprintf("%s%d;+7 911 %s%03d;%s%d@example.com;%s %d", canaryName, i, canaryDigit, i, canaryMail, i, canaryText, i)
}

// canaryBase writes a base of canaries: contacts, a stop-list, complaints.
func canaryBase(t *testing.T, dir string) {
	t.Helper()
	contacts := "Имя;Телефон;E-mail;Комментарий;Согласие на рассылку\n"
	stops := "Имя;Телефон;Дата;Примечание\n"
	for i := range 40 {
		contacts += canaryRow(i) + ";да\n"
		if i%4 == 0 {
			stops += fmt.Sprintf("%s%d;8911%s%03d;01.02.2026;%s\n", canaryName, i, canaryDigit, i, canaryText)
		}
	}
	contacts += canaryName + ";8-911-" + canaryDigit + "; ;" + canaryText + ";\n" // digits are missing
	writeFile(t, filepath.Join(dir, "contacts.csv"), contacts)
	writeFile(t, filepath.Join(dir, "стоп-лист.csv"), stops)
	events := "Телефон;Дата;Направление;Текст;Канал;Статус\n"
	for i := range 40 {
		events += fmt.Sprintf("+7911%s%03d;%02d.10.2026 10:00;out;%s;whatsapp;read\n", canaryDigit, i, 1+i%28, canaryText)
		if i == 1 || i == 5 { // three would withhold the list
			events += fmt.Sprintf("+7911%s%03d;29.10.2026 12:00;in;не пишите мне больше, %s %s;whatsapp;\n", canaryDigit, i, canaryText, canaryName)
		}
	}
	writeFile(t, filepath.Join(dir, "события whatsapp.csv"), events)
	writeFile(t, filepath.Join(dir, "жалобы.csv"), strings.Replace(stops, "0000;", "0001;", 1))
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// silent runs the program in a temporary folder of its own and checks that
// nothing that it prints, and nothing in that folder afterwards, is a canary.
func silent(t *testing.T, args ...string) (code int, printed string) {
	t.Helper()
	temp := t.TempDir()
	cmd := exec.Command("cleanbase", args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "LANG=ru_RU.UTF-8")
	cmd.Dir = temp
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if word := sings(string(out)); word != "" {
		t.Errorf("%s prints %q", args[0], word)
	}
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("%s left %v in the temporary folder (%v)", args[0], left, err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// mayHold are the files whose purpose is to hold people.
func mayHold(name string) bool {
	for _, prefix := range []string{"clean", "cold", "hold", "removed", "invalid", "suppressions", "audit.db", "wave-", "drop.", "reachable."} {
		if strings.HasPrefix(name, prefix) && name != "audit.db.key" && name != "audit.db.lock" {
			return true
		}
	}
	return false
}

// Names, phones, e-mails and texts are nowhere but in the lists, the
// suppressions and the audit database.
func TestCanaries(t *testing.T) {
	base, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	canaryBase(t, base)
	letter := filepath.Join(t.TempDir(), "letter.txt")
	writeFile(t, letter, "{Имя}, скидки! Чтобы отписаться, ответьте СТОП")
	for _, args := range [][]string{
		{"run", "--dry-run", base}, {"run", "--dry-run", "--json", base}, {"run", "--out", out, "--as-of", asOf, base}, {"run", "--out", out, "--as-of", asOf, "--json", "--format", "csv", base},
		{"run", "--out", out, "--as-of", asOf, filepath.Join(base, "contacts.csv")}, // all refused ones are returns now
		{"inspect", filepath.Join(base, "contacts.csv"), filepath.Join(base, "стоп-лист.csv")}, {"inspect", "--json", filepath.Join(base, "contacts.csv")},
		{"plan", "--out", out, "--as-of", asOf}, {"plan", "--next", "--unsent", "--json", "--out", out, "--as-of", asOf, "--format", "csv"},
		{"incident", "--out", out, "--since", "2026-10-01", "--as-of", asOf}, {"incident", "--json", "--out", out, "--to", out + "/incidents/second", "--since", "2026-10-01", "--as-of", asOf},
		{"check-text", letter, "--base", out + "/latest/clean.xlsx"}, {"check-text", "--json", letter, "--base", out + "/latest/clean.xlsx"},
		{"verify", "--audit", out + "/audit.db"}, {"report", "--audit", out + "/audit.db"}, {"retain", "--audit", out + "/audit.db"},
		{"history", "--audit", out + "/audit.db"}, {"history", "--json", "--audit", out + "/audit.db"},
	} {
		if code, printed := silent(t, args...); code != 0 {
			t.Errorf("%v: exit code %d: %s", args, code, printed)
		}
	}
	found := 0
	err := filepath.WalkDir(out, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if word := sings(e.Name()); word != "" {
			t.Errorf("a file is called %q", word)
		}
		data, _ := os.ReadFile(path) // latest is a link to a folder, which holds nothing itself
		word := sings(string(data))
		if word != "" && !mayHold(e.Name()) {
			t.Errorf("%s holds %q", e.Name(), word)
		}
		if word != "" {
			found++
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Errorf("no canary in any list: the test sees nothing (%v)", err)
	}
}

// However broken an input is, its fault tells the place and not the people.
func TestCanariesInFaults(t *testing.T) {
	rows := "Имя;Телефон;E-mail;Комментарий\n"
	for i := range 20 {
		rows += canaryRow(i) + "\n"
	}
	one := canaryRow(7)
	for name, text := range map[string]string{
		"lone-quote.csv": rows + "\"" + one + "\n", "nul.csv": rows + "\x00" + one + "\n", "bad-utf8.csv": rows + "\xff\xfe" + one + "\n",
		"long.csv": rows + strings.Repeat(one, 40_000) + "\n", "wide.csv": rows + strings.Repeat(one+";", 20_000) + "\n",
		"headless.csv": strings.TrimPrefix(rows, "Имя;Телефон;E-mail;Комментарий\n"), "no-phone.csv": "Имя;Текст\n" + canaryName + ";" + canaryText + "\n",
		"odd-column.csv": "Имя;Телефон;" + "Не трогать\n" + canaryName + ";+7911" + canaryDigit + "001;*\n", "one-cell.csv": canaryName + "\n",
		"cut.json": `[{"name":"` + canaryName + `","phone":"+7911` + canaryDigit + `001"},{"name":"` + canaryText, "odd.json": `["` + canaryName + `","+7911` + canaryDigit + `001"]`,
		"bad.json":    `[{"name":"` + canaryName + `","phone":+7911` + canaryDigit + `001}]`,
		"open.vcf":    "BEGIN:VCARD\nVERSION:3.0\nFN:" + canaryName + "\nTEL:+7911" + canaryDigit + "001\n",
		"bad.vcf":     "BEGIN:VCARD\nVERSION:9.0\n" + canaryName + "\nTEL;" + canaryText + ":+7911" + canaryDigit + "001\nEND:VCARD\n",
		"open.html":   "<table><tr><td>Телефон<tr><td>+7911" + canaryDigit + "001<td>" + canaryName,
		"note.txt":    canaryName + " просит не писать: +7911" + canaryDigit + "001, " + canaryText,
		"page.xml":    "<?xml version=\"1.0\"?><a>" + canaryName + "</a>",
		"broken.xlsx": brokenBook(t), "half.zip": brokenBook(t)[:200],
		"optouts.csv":     "Телефон;Примечание\n" + canaryText + ";" + canaryName + "\n;\n8911" + canaryDigit + ";" + canaryText + "\n",
		"events.csv":      "Телефон;Дата;Направление;Текст\n+7911" + canaryDigit + "001;завтра;in;" + canaryText + "\n",
		"chat.json":       `{"name":"` + canaryName + `","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message","date":"` + canaryText + `","from":"` + canaryName + `","from_id":"x","text":"стоп"}]}`,
		"cleanbase.toml":  "[columns]\n\"" + "Телефон" + "\" = \"" + canaryText + "\"\n",
		"complaints.json": `{"complaints":[{"phone":"` + canaryName + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), name)
			writeFile(t, path, text)
			for _, role := range []string{"", "--contacts", "--optouts", "--events"} {
				args := []string{"run", "--dry-run"}
				switch {
				case strings.HasSuffix(name, ".toml"):
					continue // a setting is the user's own word, and no person's
				case role == "":
					args = append(args, path)
				default:
					args = append(args, role, path)
				}
				silent(t, args...)
			}
			silent(t, "run", "--dry-run", "--json", path)
		})
	}
}

// brokenBook is a workbook of canaries, one of whose rows stands twice.
func brokenBook(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	row := `<row r="1"><c r="A1" t="inlineStr"><is><t>` + canaryName + `</t></is></c><c r="B1"><v>7911` + canaryDigit + `001</v></c></row>`
	for name, text := range map[string]string{
		"[Content_Types].xml": `<Types/>`,
		"_rels/.rels":         `<Relationships><Relationship Id="1" Type="x/officeDocument" Target="b.xml"/></Relationships>`,
		"b.xml":               `<workbook xmlns:r="r"><sheets><sheet name="Лист" r:id="1"/></sheets></workbook>`,
		"_rels/b.xml.rels":    `<Relationships><Relationship Id="1" Type="x/worksheet" Target="s.xml"/></Relationships>`,
		"s.xml":               `<worksheet><sheetData>` + row + row + `</sheetData></worksheet>`,
		canaryName + "/1":     "x",
	} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A question about a person that can't be answered is not repeated in the
// answer.
func TestCanariesInQuestions(t *testing.T) {
	phone, mail := "+7911"+canaryDigit+"001", canaryMail+"@example.com"
	out := filepath.Join(t.TempDir(), "out")
	base := t.TempDir()
	writeFile(t, filepath.Join(base, "contacts.csv"), "Имя;Телефон\nИван;+79110007919\n")
	missing := filepath.Join(out, "audit.db")
	for range 2 { // without a database, then with one that does not know them
		for _, args := range [][]string{{"explain", phone, "--audit", missing}, {"explain", mail, "--audit", missing}, {"explain", phone + "9999", "--audit", missing},
			{"explain", canaryName, "--audit", missing}, {"pardon", phone, "--audit", missing}, {"pardon", mail, "--reason", "x", "--audit", missing}} {
			cmd := exec.Command("cleanbase", args...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			_ = cmd.Run() // what it says is what counts
			if word := sings(stderr.String()); word != "" {
				t.Errorf("%v: standard error repeats %q", args[0], word)
			}
		}
		silent(t, "run", "--out", out, base)
	}
}
