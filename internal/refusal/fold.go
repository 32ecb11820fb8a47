package refusal

import "unicode"

// A letter is read as a symbol, so that spellings which people take for the
// same are the same: case, ё and е, й and и, the Kazakh and Ukrainian letters
// and the Russian ones that people type instead. Symbols: 1-26 Latin, 27-57
// Cyrillic, 58-67 digits, then the letters of Arabic and of Devanagari.
const (
	symLatin    = 1
	symCyrillic = symLatin + 26
	symDigit    = symCyrillic + 31
	symOther    = symDigit + 10
	numSymbols  = symOther + 33 + 51
)

const (
	cyrillic = "абвгдежзиклмнопрстуфхцчшщъыьэюя"
	arabic   = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءپچژگ"
	// Long and short vowels are one, and so are the two ways to write them.
	devanagari = "अआइउएऐओऔऋकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािुेैोौृ्"
)

// What a rune is that is no letter or digit.
const (
	runeBlank    = 200 + iota // ends a word
	runeComma                 // parts clauses
	runeStop                  // parts sentences
	runeQuestion              // parts sentences and asks
	runeLine                  // a line break
	runeHyphen                // may join two words
	runeNothing               // inside a word: apostrophes, joiners, marks over letters
	runeEmoji                 // a picture: a word of its own
	runeQuote                 // a quotation mark, which parts clauses
	runeGlyph                 // a sign of Chinese: a word of its own, as there are no blanks
)

// folding says what each rune below its length is.
type folding [0x980]byte

func newFolding() *folding {
	f := new(folding)
	for i := range f {
		f[i] = runeBlank
	}
	for i := range 26 {
		f['a'+i], f['A'+i] = byte(symLatin+i), byte(symLatin+i)
	}
	for i := range 10 {
		f['0'+i] = byte(symDigit + i)
	}
	for i, r := range []rune(cyrillic) {
		f[r] = byte(symCyrillic + i)
		f[r-0x20] = byte(symCyrillic + i)
	}
	alias := []rune("ёеЁейиЙиіиІиїиЇиєеЄеґгҐгқкҚкғгҒгәаӘаөоӨоұуҰуүуҮуңнҢнһхҺхўуЎуҳхҲхҗжҖжҙзҘзҫсҪсҡкҠк")
	for i := 0; i < len(alias); i += 2 {
		f[alias[i]] = f[alias[i+1]]
	}
	latin := []rune("ѕsјjáaàaâaäaãaåaāaăaąaçcćcčcđdďdéeèeêeëeēeėeęeěeğgģgíiìiîiïiīiıiķkłlļlñnńnňnņnóoòoôoöoõoøoőořrśsşsšsșsßsťtţtțtúuùuûuüuūuůuűuýyÿyźzżzžz")
	for i := 0; i < len(latin); i += 2 {
		f[latin[i]] = f[latin[i+1]]
		if upper := unicode.ToUpper(latin[i]); int(upper) < len(f) {
			f[upper] = f[latin[i+1]]
		}
	}
	f['İ'] = f['i']
	f.marks()
	f.others()
	return f
}

// others are the alphabets of which only words are known, and no other ways to
// write them.
func (f *folding) others() {
	for i, r := range []rune(arabic + devanagari) {
		f[r] = byte(symOther + i)
	}
	alias := []rune("أاإاآاٱاةهىيئيؤوکكیيہهھهईइऊउीिूुऑओॉोॅे")
	for i := 0; i < len(alias); i += 2 {
		f[alias[i]] = f[alias[i+1]]
	}
	for i := range 10 { // each script has its own digits
		f[0x660+i], f[0x6f0+i], f[0x966+i] = byte(symDigit+i), byte(symDigit+i), byte(symDigit+i)
	}
	for r := 0x64b; r <= 0x65f; r++ { // the vowels, which few people write
		f[r] = runeNothing
	}
	f['\u0640'], f['\u0670'], f['\u0901'], f['\u0902'], f['\u093c'] = runeNothing, runeNothing, runeNothing, runeNothing, runeNothing
	f['،'], f['؛'], f['؟'], f['।'], f['॥'] = runeComma, runeStop, runeQuestion, runeStop, runeStop
}

func (f *folding) marks() {
	for kind, set := range map[byte]string{
		runeComma:    ",:()[]{}/\\|",
		runeStop:     ".!;",
		runeQuestion: "?",
		runeLine:     "\n\r",
		runeHyphen:   "-",
		runeNothing:  "'`\u00ad\u02bb\u02bc´",
		runeQuote:    "\"«»",
	} {
		for _, r := range set {
			f[r] = kind
		}
	}
	for r := 0x300; r < 0x370; r++ { // marks over letters: и + breve is й
		f[r] = runeNothing
	}
}

// far says what a rune beyond the table is.
func far(r rune) byte {
	switch {
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2064,
		r == 0xfeff, r >= 0xfe00 && r <= 0xfe0f, r == 0x2019, r == 0x2018,
		r >= 0x1f3fb && r <= 0x1f3ff, r >= 0xe0000 && r <= 0xe007f, r == 0x20e3:
		return runeNothing
	case r == 0x2010, r == 0x2011:
		return runeHyphen
	case r == 0x2012, r == 0x2013, r == 0x2014, r == 0x2015, r == 0x2022, r == 0x2212:
		return runeComma
	case r >= 0x4e00 && r <= 0x9fff:
		return runeGlyph
	case r == 0x3001, r == 0xff0c:
		return runeComma
	case r == 0x2026, r == 0x203c, r == 0xff01, r == 0x3002, r == 0xff1b:
		return runeStop
	case r == 0x2049, r == 0xff1f, r == 0x2048, r == 0x2047:
		return runeQuestion
	case r == 0x2028, r == 0x2029:
		return runeLine
	case r == 0x201c, r == 0x201d, r == 0x201e, r == 0x2039, r == 0x203a:
		return runeQuote
	case r >= 0x2190 && r <= 0x2bff, r >= 0x1f000 && r <= 0x1faff:
		return runeEmoji
	case r >= 0xff21 && r <= 0xff3a:
		return byte(symLatin + r - 0xff21)
	case r >= 0xff41 && r <= 0xff5a:
		return byte(symLatin + r - 0xff41)
	case r >= 0x1d400 && r <= 0x1d6a3: // mathematical letters, in alphabets of 26
		return byte(symLatin + (r-0x1d400)%26)
	case r >= 0x1f130 && r <= 0x1f149:
		return byte(symLatin + r - 0x1f130)
	}
	return runeBlank
}

func isLatin(s byte) bool    { return s >= symLatin && s < symCyrillic }
func isCyrillic(s byte) bool { return s >= symCyrillic && s < symDigit }
func isDigit(s byte) bool    { return s >= symDigit && s < symOther }

// lookalikes pairs the letters of the two alphabets, and the digits, that are
// taken for one another on purpose or by a keyboard left in the other layout.
type lookalikes struct {
	toCyrillic, toLatin [numSymbols]byte
	sounds              [numSymbols]byte // Latin letters with no look, by their sound
}

func newLookalikes(f *folding) *lookalikes {
	l := new(lookalikes)
	pairs := []rune("aаeеoоpрcсyуxхkкmмtтhнbвuиnпrг")
	for i := 0; i < len(pairs); i += 2 {
		lat, cyr := f[pairs[i]], f[pairs[i+1]]
		l.toCyrillic[lat] = cyr
		if i < 24 { // u, n and r only look like и, п and г when written by hand
			l.toLatin[cyr] = lat
		}
	}
	sounds := []rune("sсzзdдfфgгiиjиlлvвwвqк")
	for i := 0; i < len(sounds); i += 2 {
		l.sounds[f[sounds[i]]] = f[sounds[i+1]]
	}
	digits := []rune("0о3з4ч6б1и")
	for i := 0; i < len(digits); i += 2 {
		l.toCyrillic[f[digits[i]]] = f[digits[i+1]]
	}
	latin := []rune("0o3e4a1i5s")
	for i := 0; i < len(latin); i += 2 {
		l.toLatin[f[latin[i]]] = f[latin[i+1]]
	}
	return l
}

// cyrillic tells whether a word of mixed alphabets is read as a Cyrillic one:
// by the letters that the other alphabet has no look for, else by the number.
func (l *lookalikes) cyrillic(w []byte) bool {
	own := 0
	for _, s := range w {
		switch {
		case isCyrillic(s) && l.toLatin[s] == 0:
			own += maxWord
		case isCyrillic(s):
			own++
		case isLatin(s) && l.toCyrillic[s] == 0:
			own -= maxWord
		case isLatin(s):
			own--
		}
	}
	return own >= 0
}

// turn turns the letters of a word into those of one alphabet.
func (l *lookalikes) turn(w []byte, cyrillic bool) {
	to, wrong := &l.toLatin, isCyrillic
	if cyrillic {
		to, wrong = &l.toCyrillic, isLatin
	}
	for i, s := range w {
		switch {
		case (wrong(s) || isDigit(s)) && to[s] != 0:
			w[i] = to[s]
		case isLatin(s) && cyrillic && l.sounds[s] != 0:
			w[i] = l.sounds[s]
		}
	}
}

// disguised turns a word all of whose letters look like letters of the other
// alphabet into a word of that one: HE, MHE; орт out. It is nothing for others.
func (l *lookalikes) disguised(dst, w []byte) []byte {
	to := &l.toCyrillic
	if isCyrillic(w[0]) {
		to = &l.toLatin
	}
	for _, s := range w {
		if to[s] == 0 || isDigit(s) {
			return nil
		}
		dst = append(dst, to[s])
	}
	return dst
}
