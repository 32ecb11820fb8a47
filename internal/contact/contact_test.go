package contact

import (
	"fmt"
	"testing"
)

// No two of the texts that differ in one or two of their bits share a hash, of
// whatever length: people of neighbouring numbers are not one person.
func TestHashTellsNeighboursApart(t *testing.T) {
	const base = "klient338@pochta2.example, telegram:1000"
	for n := 1; n <= len(base); n++ {
		seen := map[uint64][2]int{}
		for a := range n * 8 {
			for b := a; b < n*8; b++ {
				text := []byte(base[:n])
				text[a/8] ^= 1 << (a % 8)
				if b > a {
					text[b/8] ^= 1 << (b % 8)
				}
				h := Hash(text) & keyMask
				if was, had := seen[h]; had {
					t.Fatalf("%d bytes: bits %v and %v flipped give one hash", n, was, [2]int{a, b})
				}
				seen[h] = [2]int{a, b}
			}
		}
	}
}

// Addresses as a site numbers them are keys of their own.
func TestNumberedAddressesAreApart(t *testing.T) {
	seen := map[Key]string{}
	for i := range 200_000 {
		for _, mail := range []string{fmt.Sprintf("klient%d@pochta%d.example", i, i%7), fmt.Sprintf("user%08d@mail%08d.example", i, i)} {
			id := OfEmail(mail)
			if was, had := seen[id.Key]; had {
				t.Fatalf("%s and %s have one key", was, mail)
			}
			seen[id.Key] = mail
		}
	}
}

// The keys of the first versions stay as they were stored.
func TestFirstKeys(t *testing.T) {
	for text, want := range map[string]uint64{"": 0x225964b56fafd010, "klient338@pochta2.example": 0x6e4f232a2ab93ce6, "klient339@pochta3.example": 0x6e4f232a2ab93ce6} {
		if got := FirstHash(text); got != want {
			t.Errorf("%q: %#x", text, got)
		}
	}
	p := OfPhone(79110000001)
	mail := OfEmail("a@b.example")
	first := mail.Rehashed(true)
	if p.Rehashed(true) != p || first.Key.Kind() != EmailID || first == mail || first.Rehashed(false) != mail {
		t.Error("a key that is not that of its version")
	}
}
