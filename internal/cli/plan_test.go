package cli_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// handedOut is what plan --json says, as far as the tests ask.
type handedOut struct {
	Status    string `json:"status"`
	HandedOut struct {
		File     string `json:"file"`
		Contacts int    `json:"contacts"`
	} `json:"handed_out"`
	Unclean   int `json:"not_clean_any_more"`
	Forgotten int `json:"forgotten"`
}

const planPolicy = "[gate]\nstop_complaints = 1.0\nstop_optouts = 1.0\n[plan]\nfirst = 4\ngrowth = 1.5\npause = \"1h\"\nfeedback = false\nlimit = 0\n"

// plan runs the command at an hour of the tests' day.
func plan(t *testing.T, code, hour int, args ...string) (said handedOut) {
	t.Helper()
	args = append([]string{"plan", "--format", "csv", "--json", "--as-of", fmt.Sprintf("2026-11-%02dT%02d:00:00Z", 21+hour/24, hour%24)}, args...)
	if err := json.Unmarshal([]byte(mustEnd(t, code, args...)), &said); err != nil {
		t.Fatal(err)
	}
	return said
}

// refusals is what may come between two waves: ways for somebody to be known to
// refuse. Each gives whom it is known of besides, by the linked e-mail.
var refusals = []func(t *testing.T, dir, out, phone string){
	func(t *testing.T, dir, out, phone string) { // a person decides
		answers := write(t, dir, "answers.csv", []byte("phone_e164,decision\n"+phone+",refuse\n"))
		mustEnd(t, 0, "judge", "--audit", out+"/audit.db", answers)
	},
	func(t *testing.T, dir, out, phone string) { // a later run reads a stop-list
		stop := write(t, dir, "stop.csv", []byte("Телефон,Дата\n"+phone+",2026-11-20\n"))
		mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", filepath.Join(dir, "contacts.csv"), stop)
	},
	func(t *testing.T, dir, out, phone string) { // a run of another base reads a complaint
		stop := write(t, dir, "complaints.csv", []byte("Телефон,Дата,Примечание\n"+phone+",2026-11-20,это спам\n"))
		mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", stop, filepath.Join(dir, "nobody.csv"))
	},
	func(t *testing.T, dir, out, phone string) { // forgotten
		mustEnd(t, 0, "forget", "--audit", out+"/audit.db", phone)
	},
}

// Whatever is learnt between two waves: nobody suppressed is handed out, nor who
// is linked to them; every other clean contact is, exactly once; and the record
// stays whole.
func TestPlanHandsOutNobodySuppressed(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { planAmidRefusals(t, rand.New(rand.NewPCG(seed, 1))) })
	}
}

func planAmidRefusals(t *testing.T, r *rand.Rand) {
	const people = 24
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	phone := func(i int) string { return fmt.Sprintf("+791100000%02d", 20+i) }
	var base strings.Builder
	base.WriteString("Имя,Телефон,E-mail,Согласие на рассылку,Дата согласия\n")
	for i := range people { // two of each e-mail
		fmt.Fprintf(&base, "Имя%d,%s,house%d@example.com,да,%02d.10.2026\n", i, phone(i), i/2, 1+i)
	}
	contacts := write(t, dir, "contacts.csv", []byte(base.String()))
	write(t, dir, "nobody.csv", []byte("Имя,Телефон,Согласие на рассылку,Дата согласия\nИгорь,+79160000000,да,01.10.2026\n"))
	config := write(t, dir, "plan.toml", []byte(planPolicy))
	mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", contacts)

	suppressed, seen, gone := map[string]bool{}, map[string]int{}, 0
	args := []string{"--out", out, "--config", config}
	for hour := 0; ; hour += 2 {
		said := plan(t, 0, hour, args...)
		args = []string{"--out", out, "--config", config, "--next"}
		if said.Status == "finished" {
			gone = said.Unclean + said.Forgotten
			break
		}
		for _, p := range phonesIn(t, said.HandedOut.File) {
			if seen[p]++; suppressed[p] || seen[p] > 1 {
				t.Fatalf("%s was handed out %d times, suppressed %v", p, seen[p], suppressed[p])
			}
		}
		if r.IntN(3) == 0 {
			continue
		}
		who, how := r.IntN(people), r.IntN(len(refusals))
		if forget := len(refusals) - 1; how == forget && suppressed[phone(who)] {
			continue // who is linked to them is free again, until a run meets them again
		}
		refusals[how](t, dir, out, phone(who))
		suppressed[phone(who)] = true
		if how != len(refusals)-1 { // a linked person stays when nobody refused
			suppressed[phone(who^1)] = true
		}
	}
	for i := range people {
		if seen[phone(i)] == 0 && !suppressed[phone(i)] {
			t.Errorf("%s was lost", phone(i))
		}
	}
	if len(seen)+gone != people {
		t.Errorf("%d handed out and %d left out, of %d", len(seen), gone, people)
	}
	mustEnd(t, 0, "verify", "--audit", out+"/audit.db")
}

// What a crash left between the record and the file is finished by the next
// command, whichever it is; what is not on record goes.
func TestPlanCrash(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	contacts := write(t, dir, "contacts.csv", []byte("Имя,Телефон,Согласие на рассылку,Дата согласия\nАнна,+79110000001,да,01.10.2026\nБорис,+79110000002,да,01.10.2026\n"))
	config := write(t, dir, "plan.toml", []byte(planPolicy))
	mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", contacts)
	file := plan(t, 0, 1, "--out", out, "--config", config).HandedOut.File
	for _, next := range [][]string{
		{"plan", "--next", "--out", out, "--config", config, "--as-of", "2026-11-21T01:30:00Z"},
		{"run", "--out", out, "--as-of", asOf, "--format", "csv", contacts},
	} {
		draft := filepath.Join(filepath.Dir(file), ".staging-wave-01.csv")
		if err := os.Rename(file, draft); err != nil {
			t.Fatal(err)
		}
		stray := write(t, filepath.Dir(file), ".staging-wave-02.csv", []byte("+79110000002\n"))
		command(t, "cleanbase", next...)
		if got := phonesIn(t, file); len(got) != 2 {
			t.Errorf("%v", got)
		}
		for _, path := range []string{draft, stray} {
			if _, err := os.Stat(path); err == nil {
				t.Errorf("%s is left", path)
			}
		}
	}
	mustEnd(t, 0, "verify", "--audit", out+"/audit.db")
}

// A plan's files are nobody else's to read.
func TestPlanModes(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	contacts := write(t, dir, "contacts.csv", []byte("Имя,Телефон,Согласие на рассылку,Дата согласия\nАнна,+79110000001,да,01.10.2026\n"))
	if code, printed := command(t, "sh", "-c", `umask 0; cleanbase run --quiet --out "$0" "$1" && cleanbase plan --out "$0"`, out, contacts); code != 0 {
		t.Fatal(printed)
	}
	n := 0
	err := filepath.WalkDir(filepath.Join(out, "plans"), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		if n++; err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v, %v", path, info.Mode().Perm(), want, err)
		}
		return nil
	})
	if err != nil || n != 3 {
		t.Error(n, err)
	}
}

// Deciding anew from the record alone comes to what a run over the files would:
// all waves for a channel are those who are clean both in the run that was made
// while no channel was known and in one that is made for the channel.
func TestPlanDecidesAsRuns(t *testing.T) {
	dir := t.TempDir()
	config := write(t, dir, "plan.toml", []byte("[plan]\nfirst = 1000\nlimit = 0\nwhatsapp_tier = 0\npause = \"1h\"\nfeedback = false\n"))
	for _, channel := range []string{"max", "whatsapp", "sms"} {
		out, other := filepath.Join(dir, channel), filepath.Join(dir, "for-"+channel)
		mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", demo)
		mustEnd(t, 0, "run", "--quiet", "--out", other, "--as-of", asOf, "--format", "csv", "--channel", channel, demo)
		var got, want []string
		args := []string{"plan", "--json", "--out", out, "--channel", channel, "--config", config, "--format", "csv", "--as-of"}
		for hour := 12; ; hour++ {
			var said handedOut
			if err := json.Unmarshal([]byte(mustEnd(t, 0, append(args, fmt.Sprintf("2026-11-20T%02d:00:00Z", hour))...)), &said); err != nil {
				t.Fatal(err)
			}
			if said.Status == "finished" {
				break
			}
			got = append(got, phonesIn(t, said.HandedOut.File)...)
			if hour == 12 {
				args = append([]string{"plan", "--next"}, args[1:]...)
			}
		}
		clean := phonesIn(t, filepath.Join(other, "latest", "clean.csv"))
		for _, p := range phonesIn(t, filepath.Join(out, "latest", "clean.csv")) {
			if slices.Contains(clean, p) {
				want = append(want, p)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || len(want) < 100 {
			t.Errorf("%s: %d handed out, %d are clean in both", channel, len(got), len(want))
		}
	}
}

// A refusal under another address of a mailbox, learnt after the run, keeps whoever
// has the mailbox out of the wave.
func TestPlanKnowsMailboxes(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	contacts := write(t, dir, "contacts.csv", []byte("Имя,Телефон,E-mail,Согласие на рассылку,Дата согласия\nАнна,+79110000021,anna.k@gmail.com,да,01.10.2026\nПётр,+79110000022,petr@yandex.ru,да,01.10.2026\nВера,+79110000023,anna.k@mail.ru,да,01.10.2026\n"))
	nobody := write(t, dir, "nobody.csv", []byte("Имя,Телефон,Согласие на рассылку,Дата согласия\nИгорь,+79160000000,да,01.10.2026\n"))
	stop := write(t, dir, "stop.csv", []byte("E-mail,Дата\nannak+shop@gmail.com,2026-11-20\npetr@ya.ru,2026-11-20\nannak@mail.ru,2026-11-20\n"))
	config := write(t, dir, "plan.toml", []byte(planPolicy))
	var first struct {
		RunID string `json:"run_id"`
	}
	if err := json.Unmarshal([]byte(mustEnd(t, 0, "run", "--json", "--out", out, "--as-of", asOf, "--format", "csv", contacts)), &first); err != nil {
		t.Fatal(err)
	}
	mustEnd(t, 0, "run", "--quiet", "--out", out, "--as-of", asOf, "--format", "csv", stop, nobody)
	said := plan(t, 0, 12, "--config", config, "--out", out, "--channel", "max", "--run", first.RunID)
	if said.HandedOut.Contacts != 1 || said.Unclean != 2 {
		t.Errorf("%+v", said)
	}
}
