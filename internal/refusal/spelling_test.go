package refusal

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"cleanbase/internal/contact"
)

// looksLike is the Latin letters that people take for Cyrillic ones.
var looksLike = map[rune]rune{'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'к': 'k', 'м': 'm', 'т': 't',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'Х': 'X'}

var inLatin = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "y", "к", "k", "л", "l",
	"м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "ch", "ш", "sh", "щ", "sch", "ъ", "", "ы", "y",
	"ь", "", "э", "e", "ю", "yu", "я", "ya")

// swap exchanges the letters of a map, all or a share of them.
func swap(rng *rand.Rand, m map[rune]rune, share float64) func(string) string {
	return func(s string) string {
		return strings.Map(func(c rune) rune {
			if d, ok := m[c]; ok && rng.Float64() < share {
				return d
			}
			return c
		}, s)
	}
}

// double writes a letter three times.
func double(rng *rand.Rand) func(string) string {
	return func(s string) string {
		letters := []rune(s)
		i := rng.IntN(len(letters))
		if !unicode.IsLetter(letters[i]) {
			return s
		}
		return string(letters[:i]) + strings.Repeat(string(letters[i]), 3) + string(letters[i+1:])
	}
}

// mistype makes one mistake in one word of five letters or more, behind its
// first letter: one left out, put in, exchanged or swapped.
func mistype(rng *rand.Rand) func(string) string {
	return func(s string) string {
		var long []string
		for _, w := range strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) }) {
			if len([]rune(w)) >= minTypo {
				long = append(long, w)
			}
		}
		if len(long) == 0 {
			return s
		}
		word := long[rng.IntN(len(long))]
		w := []rune(word)
		k := 1 + rng.IntN(len(w)-2)
		wrong := 'ф'
		if w[0] < 128 {
			wrong = 'q'
		}
		wrote := [4]string{string(w[:k]) + string(w[k+1:]), string(w[:k]) + string(wrong) + string(w[k:]),
			string(w[:k]) + string(wrong) + string(w[k+1:]), string(w[:k]) + string(w[k+1]) + string(w[k]) + string(w[k+2:])}[rng.IntN(4)]
		return strings.Replace(s, word, wrote, 1)
	}
}

// spaced writes the first word of more than three letters with blanks between.
func spaced(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if len([]rune(w)) > 3 {
			words[i] = strings.Join(strings.Split(w, ""), " ")
			break
		}
	}
	return strings.Join(words, " ")
}

// TestSpellingLaws writes every refusal that is read as one in the ways that
// people do. What only looks different must be caught always, the rest nearly.
func TestSpellingLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	back := map[rune]rune{}
	for cyr, lat := range looksLike {
		back[lat] = cyr
	}
	r := newReader(t, Options{})
	for _, c := range []struct {
		name, lang string
		write      func(string) string
		share      float64
	}{
		{"capitals", "", strings.ToUpper, 1},
		{"small letters", "", strings.ToLower, 1},
		{"е for ё", "", swap(rng, map[rune]rune{'ё': 'е', 'Ё': 'Е'}, 1), 1},
		{"ё for е", "", swap(rng, map[rune]rune{'е': 'ё'}, 0.3), 1},
		{"doubled letters", "", double(rng), 1},
		{"pictures around", "", func(s string) string { return "😡😡 " + s + " 🤬" }, 1},
		{"swearing around", "ru", func(s string) string { return "блять " + s + " сука" }, 1},
		{"politeness around", "ru", func(s string) string { return "Добрый день! " + s + " Спасибо." }, 1},
		{"joiners inside", "", func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") }, 1},
		{"hard blanks", "", func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }, 1},
		{"some Latin looks", "ru", swap(rng, looksLike, 0.3), 0.99},
		{"all Latin looks", "ru", swap(rng, looksLike, 1), 0.99},
		{"some Cyrillic looks", "en", swap(rng, back, 0.3), 0.96},
		{"all Cyrillic looks", "en", swap(rng, back, 1), 0.96},
		{"in Latin letters", "ru", func(s string) string { return inLatin.Replace(strings.ToLower(s)) }, 0.98},
		{"one mistake", "", mistype(rng), 0.94},
		{"spaced letters", "", spaced, 0.98},
	} {
		kept, all := 0, 0
		for _, m := range loadLabelled(t) {
			if m.class < contact.SaysRefusal || c.lang != "" && m.lang != c.lang || strongest(r.Read(m.text)) < contact.SaysRefusal {
				continue
			}
			all++
			if strongest(r.Read(c.write(m.text))) >= contact.SaysUnsure {
				kept++
			} else if c.share == 1 {
				t.Errorf("%s: %q is no refusal any more", c.name, c.write(m.text))
			}
		}
		t.Logf("%-20s %.4f of %d", c.name, ratio(kept, all), all)
		if ratio(kept, all) < c.share {
			t.Errorf("%s: %d of %d are caught", c.name, kept, all)
		}
	}
}
