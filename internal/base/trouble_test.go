package base

import (
	"errors"
	"os"
	"slices"
	"testing"

	"cleanbase/internal/contact"
)

// troubled is a base with a merged record, a family of two, a stray, and a
// refusal each of a phone in it and of one that is not.
func troubled(t *testing.T) *Base {
	t.Helper()
	home := []string{"home@example.com"}
	return build(t, []row{{phones: []contact.Phone{anna}, emails: home}, {phones: []contact.Phone{boris}, emails: home}, {phones: []contact.Phone{anna}, updated: 9}, {emails: []string{"x@example.com"}}},
		[]contact.Fact{optout(contact.OfPhone(anna)), optout(contact.OfPhone(vera))})
}

// Rows that can't be kept or read again are an error: none is left out.
func TestSpoolTrouble(t *testing.T) {
	b := troubled(t)
	whole := b.spool.at
	for size := whole - 1; size >= 0; size-- {
		b.spool.at = size // what was never written is not read past
		if err := b.Each(func(*contact.Outcome) error { return nil }); err == nil {
			t.Fatalf("read whole, and %d of %d bytes were written", size, whole)
		}
		b.spool.at = whole
		if err := b.spool.f.(*os.File).Truncate(size); err != nil {
			t.Fatal(err)
		}
		if err := b.Each(func(*contact.Outcome) error { return nil }); err == nil {
			t.Fatalf("read whole from %d of %d bytes", size, whole)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.Spool([]byte("x")); err == nil {
		t.Error("kept in a closed file")
	}
	if err := b.Each(func(*contact.Outcome) error { return nil }); err == nil {
		t.Error("read from a closed file")
	}
}

// An error of whoever takes what a base hands out comes back at once, from
// whichever place.
func TestTakersTrouble(t *testing.T) {
	enough := errors.New("enough")
	b := troubled(t)
	defer b.Close()
	for name, walk := range map[string]func(take func() error) error{
		"outcomes": func(take func() error) error { return b.Each(func(*contact.Outcome) error { return take() }) },
		"suppressions": func(take func() error) error {
			return b.Suppressed(lenient{}, func(contact.Key, contact.Reason, contact.Fact) error { return take() })
		},
	} {
		all := 0
		if err := walk(func() error { all++; return nil }); err != nil || all < 3 {
			t.Fatalf("%s: %d, %v", name, all, err)
		}
		for at := 1; at <= all; at++ {
			n := 0
			err := walk(func() error {
				if n++; n == at {
					return enough
				}
				return nil
			})
			if !errors.Is(err, enough) || n != at {
				t.Errorf("%s: %v after %d, asked to end at %d", name, err, n, at)
			}
		}
	}
	rec := row{phones: []contact.Phone{vera}}.record(9)
	rec.Evidence = []contact.Evidence{{Kind: contact.OptOut}}
	if err := b.add(rec, func(*contact.Evidence) error { return enough }); !errors.Is(err, enough) {
		t.Error("evidence that nobody took:", err)
	}
}

// Walks that are told to stop stop, and hand out the same in the same order.
func TestWalksStop(t *testing.T) {
	b := troubled(t)
	defer b.Close()
	for name, walk := range map[string]func(yield func(a, b any) bool){
		"identifiers": func(yield func(a, b any) bool) { b.Identifiers(func(k contact.Key, c int) bool { return yield(k, c) }) },
		"aliases":     func(yield func(a, b any) bool) { b.Aliases(func(k contact.Key, c int) bool { return yield(k, c) }) },
		"rows":        func(yield func(a, b any) bool) { b.Rows(1, func(row, c int32, _ bool) bool { return yield(row, c) }) },
		"keys":        func(yield func(a, b any) bool) { b.Keys(func(k contact.Key) bool { return yield(k, nil) }) },
	} {
		var all [][2]any
		walk(func(a, b any) bool { all = append(all, [2]any{a, b}); return true })
		if len(all) == 0 {
			t.Errorf("%s: nothing", name)
		}
		for at := 1; at <= len(all); at++ {
			var some [][2]any
			walk(func(a, b any) bool { some = append(some, [2]any{a, b}); return len(some) < at })
			if !slices.Equal(some, all[:at]) {
				t.Errorf("%s: %d steps, asked to stop after %d", name, len(some), at)
			}
		}
	}
}
