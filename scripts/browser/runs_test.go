//go:build browser

package browser

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cleanbase/internal/cli"
)

const asOf = "2026-11-20T12:00:00Z"

// base is a made-up base and the runs over it; the page of the last is looked
// at.
type base struct {
	name string
	runs func(t *testing.T, dir string) [][]string // the arguments of each run
	exit int                                       // of the last
}

var bases = []base{
	{"demo", demoRuns, 0}, {"many", manyRuns, 0}, {"everything", everythingRuns, 0}, {"withheld", withheldRuns, 3},
	{"hostile", hostileRuns, 0}, {"empty", emptyRuns, 0}, {"nobody", nobodyRuns, 0},
}

// report runs the program as often as the base wants and gives the folder of
// its last page.
func (b base) report(t *testing.T, lang string) string {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	runs := b.runs(t, dir)
	for i, args := range runs {
		want := 0
		if i == len(runs)-1 {
			want = b.exit
		}
		program(t, want, append([]string{"run", "--out", out, "--lang", lang}, args...)...)
	}
	return filepath.Join(out, "latest")
}

// program runs cleanbase, which must end with the exit code.
func program(t *testing.T, want int, args ...string) {
	t.Helper()
	var said bytes.Buffer
	app := cli.App{Stdout: &said, Stderr: &said, Env: func(string) string { return "" }, Now: time.Now, Version: "1.2.3"}
	if code := app.Run(context.Background(), args); code != want {
		t.Fatalf("exit code %d, not %d: %s", code, want, said.String())
	}
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	check(t, os.MkdirAll(filepath.Dir(path), 0o700))
	check(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func demoRuns(*testing.T, string) [][]string {
	return [][]string{{"--as-of", asOf, "../../fixtures/demo"}}
}

// manyRuns is a base of twenty thousand.
func manyRuns(t *testing.T, dir string) [][]string {
	out, err := exec.Command("go", "run", "../bench/gen", "-rows", "20000", "-out", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("gen: %v: %s", err, out)
	}
	return [][]string{{"--as-of", asOf, "--format", "csv", filepath.Join(dir, "contacts.csv"), filepath.Join(dir, "optouts.csv"), filepath.Join(dir, "complaints.csv")}}
}

// everythingRuns is four runs with all that a page can tell: refusals in chats,
// an outage, a return, a conflict, a shared phone, old consents, cold contacts
// kept, and a list that was published at somebody's risk.
func everythingRuns(t *testing.T, dir string) [][]string {
	var people, chat strings.Builder
	people.WriteString("Имя,Телефон,Эл. почта,Согласие на рассылку,Дата согласия\n")
	chat.WriteString("Телефон,Дата,Направление,Текст,Канал,Ошибка\n")
	for i := range 60 {
		day := fmt.Sprintf("%02d.%02d.%d", 1+i%28, 1+i%12, 2024+i%3)
		fmt.Fprintf(&people, "Клиент%d,891234567%02d,office@example.com,%s,%s\n", i, i, []string{"да", "да", "нет", ""}[i%4], day)
		fmt.Fprintf(&chat, "891234567%02d,10.11.2026 10:%02d,исходящее,Скидки!,whatsapp,%s\n", i, i, []string{"", "", "SPAM", ""}[i%4])
		if i%9 == 0 {
			fmt.Fprintf(&chat, "891234567%02d,10.11.2026 11:%02d,входящее,%s,whatsapp,\n", i, i, []string{"не пишите мне больше", "это спам буду жаловаться", "ну такое"}[i/9%3])
		}
	}
	for _, other := range []string{"+77011234567", "+375291234567", "+998901234567", "+48501234567", "+14155552671", "+4915123456789"} {
		fmt.Fprintf(&people, "Гость,%s,,да,01.03.2026\n", other)
	}
	contacts := write(t, dir, "клиенты.csv", people.String())
	second := write(t, dir, "касса.csv", "Имя,Телефон,Согласие на рассылку\nКлиент0,89123456700,нет\nКлиент1,89123456701,нет\nНовый,89123456799,да\nПустой,,да\n")
	stop := write(t, dir, "стоп.csv", "Телефон,Дата\n89123456705,01.02.2026\nнет,01.02.2026\n89123456710,\n89123456714,02.02.2026\n")
	chats := write(t, dir, "чаты.csv", chat.String())
	keep := write(t, dir, "keep.toml", "[lists]\ncold = \"keep\"\n[consent]\nmonths = 24\n")
	return [][]string{
		{"--as-of", "2026-11-17T12:00:00Z", contacts, stop},
		{"--as-of", "2026-11-18T12:00:00Z", contacts, second, stop},
		{"--as-of", "2026-11-19T12:00:00Z", contacts, stop},
		{"--as-of", asOf, "--config", keep, "--channel", "whatsapp", "--accept-risk", "Директор просил отправить сегодня, выгрузку обновим завтра", contacts, second, chats},
	}
}

func withheldRuns(t *testing.T, dir string) [][]string {
	contacts := write(t, dir, "contacts.csv", "Имя,Телефон,Не трогать,Согласие на рассылку\nАнна,89110000001,,да\nБорис,89110000002,*,да\n")
	policy := write(t, dir, "cleanbase.toml", "[[sources.required]]\nname = \"стоп-лист из CRM.csv\"\n[gate]\nmax_new_share = 0.1\n")
	return [][]string{{"--as-of", asOf, "--config", policy, contacts}}
}

// hostileRuns has names that would break a page or turn it round.
func hostileRuns(t *testing.T, dir string) [][]string {
	name := "<script>alert(1)<.script>\u202egnp.exe " + strings.Repeat("оченьдлинноеимяфайла", 4) + ".csv"
	header := "Телефон,\"<img src=x onerror=alert(1)>\",\"" + strings.Repeat("Ж", 400) + "\",\u2067\u202e олевап,\"Отписан?</style><h1>\",Согласие на рассылку\n"
	contacts := write(t, dir, name, header+"89110000001,a,b,c,,да\n89110000002,a,b,c,\"<b>да</b>\",да\n")
	stop := write(t, dir, "stop \"quoted\" & 'plain' +7 911 000-00-03.csv", "Телефон\n89110000003\nнет\n")
	return [][]string{{"--as-of", asOf, "--contacts", contacts, "--optouts", stop}}
}

func emptyRuns(t *testing.T, dir string) [][]string {
	return [][]string{{"--as-of", asOf, "--contacts", write(t, dir, "contacts.csv", "Имя,Телефон,Согласие на рассылку\n")}}
}

func nobodyRuns(t *testing.T, dir string) [][]string {
	contacts := write(t, dir, "contacts.csv", "Имя,Телефон,Согласие на рассылку\nАнна,89110000001,да\nБорис,89110000002,да\n")
	stop := write(t, dir, "stop.csv", "Телефон\n89110000001\n89110000002\n")
	return [][]string{{"--as-of", asOf, contacts, stop}}
}
