package config

import (
	"errors"
	"testing"

	"cleanbase/internal/contact"
)

// FuzzRead: any settings file is read or refused with a fault for people, and
// what was read says the same when written and read again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(Template(contact.EN)))
	f.Add([]byte(Template(contact.RU)))
	for _, s := range []string{"", "region = \"KZ\"\n", "[columns]\n\"Телефон\" = \"phone\"\n", "[[sources.required]]\nname = \"a\"\nmax_age = \"7d\"\n",
		"[gate]\nmax_cold_share = nan\n", "[link]\nmax_share = 99999999999999999999\n", "a.b.c = {d = [1, {e = 2}]}\n", "[consent]\nmonths = -1\n", "x = \"\\ud800\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Read("cleanbase.toml", data)
		if err != nil {
			var fault *contact.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("no fault for people: %v", err)
			}
			return
		}
		text, err := c.Text()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read("cleanbase.toml", []byte(text))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if second, err := again.Text(); err != nil || second != text {
			t.Fatalf("%v: %s\nthen\n%s", err, text, second)
		}
	})
}
