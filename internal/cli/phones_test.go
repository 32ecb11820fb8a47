package cli_test

import (
	"database/sql"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The lines of formats.md 4.1, each as a cell, and what a run makes of it: the
// phone to write to, or why there is none.
var writings = [][2]string{
	{"8 (911) 123-45-67", "+79111234567"}, {"9111234567", "+79111234567"}, {"79111234567", "+79111234567"}, {"'+79111234567", "+79111234567"},
	{"\t+79111234567", "+79111234567"}, {"８９１１１２３４５６７", "+79111234567"}, {"8‑911‑123‑45‑67", "+79111234567"}, {"8\u00a0911\u00a0123\u00a045\u00a067", "+79111234567"},
	{"\u200b89111234567\ufeff", "+79111234567"}, {"\u200e+79111234567\u200f", "+79111234567"}, {"+7(9111234567", "+79111234567"}, {"tel:+79111234567", "+79111234567"},
	{"wa.me/79111234567", "+79111234567"}, {"моб. 89111234567", "+79111234567"}, {"т.89111234567", "+79111234567"}, {"Иван 89111234567", "+79111234567"},
	{"8-10-375-29-123-45-67", "+375291234567"}, {"+79111234567 доб. 123", "+79111234567"}, {"84951234567,123", "phone.not_mobile"}, {"84951234567#123", "phone.not_mobile"},
	{"+79111234567 ext. 5", "+79111234567"}, {"79111234567,0", "+79111234567"}, {"79111234567.0", "+79111234567"}, {"9111234567.0", "+79111234567"},
	{"89111234567.00", "+79111234567"}, {"+79111234567.0", "+79111234567"}, {"8911123456.0", "phone.invalid"}, {"911123456.0", "phone.invalid"},
	{"7911123456.0", "phone.invalid"}, {"+7911123456.0", "phone.invalid"}, {"8 (495) 123-45-67 (доб. 123)", "phone.not_mobile"}, {"8 911 123-45-67 вн. 12", "+79111234567"},
	{"8 911 123-45-67 внутр. 12", "+79111234567"}, {"8 911 123-45-67 оп 240", "+79111234567"}, {"745-55-33 оп 240", "phone.invalid"},
	{"89111234567;89121234567", "+79111234567"}, {"89111234567,89121234567", "+79111234567"}, {"89111234567/89121234567", "+79111234567"}, {"89111234567\n89121234567", "+79111234567"},
	{"89111234567 ::: 89121234567", "+79111234567"}, {"89111234567 89121234567", "+79111234567"}, {"89111234567 или 89121234567", "+79111234567"}, {"84951234567; 89121234567", "+79121234567"},
	{"4951234567,123", "phone.not_mobile"}, {"9.11123E+09", "phone.damaged"}, {"7.9111234567E+10", "+79111234567"}, {"7,9E+10", "phone.damaged"}, {"7,9111234567E+10", "+79111234567"},
	{"8911О234567", "phone.ambiguous"}, {"8 911 l23 45 67", "phone.ambiguous"}, {"8 (911) I23-45-67", "phone.ambiguous"}, {"8 9ll 123-45-67", "phone.ambiguous"},
	{"\u202a+7 911 123-45-67\u202c", "+79111234567"}, {"79111234567@c.us", "+79111234567"}, {"79111234567@s.whatsapp.net", "+79111234567"}, {"8 (911) 123 45 67 Иван", "+79111234567"},
	{"+8 911 123 45 67", "phone.ambiguous"}, {"007 911 123 45 67", "+79111234567"}, {"375291234567", "+375291234567"}, {"998901234567", "+998901234567"}, {"380501234567", "+380501234567"},
	{"80291234567", "phone.invalid"}, {"87011234567", "+77011234567"}, {"77011234567", "+77011234567"}, {"+77172555555", "phone.not_mobile"},
	{"88001234567", "phone.service"}, {"8-804-123-45-67", "phone.service"}, {"8-800-FLOWERS", "phone.service"}, {"+79999999999", "phone.placeholder"}, {"+79000000000", "phone.placeholder"},
	{"+79123456789", "phone.placeholder"}, {"+71111111111", "phone.invalid"}, {"+70000000000", "phone.invalid"}, {"+71234567890", "phone.invalid"}, {"00000000000", "phone.invalid"},
	{"+7 (495) 556677", "phone.invalid"}, {"+7 (000) 344222", "phone.invalid"}, {"112", "phone.service"}, {"900", "phone.service"}, {"060", "phone.service"},
	{"(812) 123-45-67", "phone.not_mobile"}, {"84951234567", "phone.not_mobile"}, {"Нет телефона (уточнить)", "phone.missing"}, {"", "phone.missing"},
}

// TestPhonesThroughRun reads them from a base as a run does.
func TestPhonesThroughRun(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"Имя", "Телефон"}) // to memory
	for _, c := range writings {
		_ = w.Write([]string{"Анна", c[0]})
	}
	w.Flush()
	path := filepath.Join(dir, "клиенты.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "run", "--quiet", "--out", dir, "--as-of", asOf, path)
	db, err := sql.Open("sqlite", filepath.Join(dir, "audit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for i, c := range writings {
		var phone, outcome, reasons string
		// A row number is the spreadsheet's: the header is the first.
		err := db.QueryRow("SELECT coalesce(phone, ''), outcome, reasons FROM contact_rows WHERE row = ?", i+2).Scan(&phone, &outcome, &reasons)
		if err != nil {
			t.Fatalf("%q: %v", c[0], err)
		}
		want, verdict := c[1], "invalid"
		switch {
		case strings.HasPrefix(want, "+"):
			if phone != want || outcome != "cold" && outcome != "merged" {
				t.Errorf("%q: %s as %s %s, want %s", c[0], outcome, phone, reasons, want)
			}
			continue
		case want == "phone.ambiguous":
			verdict = "hold"
		}
		if phone != "" || outcome != verdict || !strings.HasPrefix(reasons, `["`+want+`"`) {
			t.Errorf("%q: %s as %s %s, want %s", c[0], outcome, phone, reasons, want)
		}
	}
}
