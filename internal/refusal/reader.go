// Package refusal reads what a person wrote: a refusal, a complaint, a doubt
// that a person must settle, a wish to be written to again, or nothing of the
// kind. It reads Russian and English, with the basics of Ukrainian, Belarusian,
// Kazakh, Uzbek and Tatar and the ordinary refusals of thirteen languages more,
// offline and by rules that are data: every finding names its rule and its span.
//
// A message is split into words, each word gets its classes from a lexicon
// (folded spelling, look-alike letters, Latin transliteration, one-letter
// mistakes, words run together or torn apart), and rules are patterns over classes, with guards against what only
// looks like a refusal. Most messages hold no word that a rule starts from and
// cost one pass over their letters. Where the rules find nothing, a small model
// that has learnt from labelled messages may say that a person must look.
//
// It knows nothing of who wrote, when or where: that the message came from the
// person and not from us is the caller's to know. It keeps no state, does no
// I/O, and reads any text in linear time.
package refusal

import (
	"embed"
	"io/fs"
	"slices"

	"cleanbase/internal/contact"
)

//go:embed rules/*.rules
var ruleFiles embed.FS

// Options adjust a reader to one business.
type Options struct {
	Signs    []Sign   // agreed signs
	Off      []string // ids of rules that are switched off
	Extra    []Rule   // more rules, in the language of the rule files
	OurLines []string // our own opt-out lines, which say nothing when quoted back
}

// Reader reads messages. It never changes and may be shared.
type Reader struct {
	folds    *folding
	looks    *lookalikes
	keys     *keyboard
	lex      *lexicon
	translit *lexicon // Cyrillic forms in Latin letters
	kinds    []kindInfo
	rules    []compiled
	patterns []pattern
	signs    []sign
	longest  int // the length of the longest sign's key
	ours     [][]byte

	tails []form // words that are glued to the word before
	net   *net   // the second reader, if it is not switched off

	not, no, digits, phone uint16 // kinds of "не", of "no", of numbers, of long numbers
}

// kindInfo says what words of a kind do.
type kindInfo struct {
	readings, helpers, notes []uint16 // patterns that start from them
	hot                      bool     // has readings
	filler, polite           bool
	real                     bool     // real words that only must not be guessed at
	traits                   []uint64 // its classes, for the net
}

// SignRule is the id of the rule of agreed signs.
const SignRule = "sign.agreed"

// New makes a reader. An extra rule that can't be understood, or a switched-off
// rule that is not there, is a *contact.Fault.
func New(opt Options) (*Reader, error) {
	b, err := embedded()
	if err != nil {
		return nil, err
	}
	b.rules = append(b.rules, opt.Extra...)
	if err := checkOff(b, opt.Off); err != nil {
		return nil, err
	}
	r := &Reader{folds: newFolding()}
	r.looks = newLookalikes(r.folds)
	r.keys = newKeyboard(r.folds)
	c := &compiler{book: b, r: r}
	if err := c.compile(opt.Off); err != nil {
		return nil, err
	}
	r.newOurLines(opt.OurLines)
	if !slices.Contains(opt.Off, LearnedRule) {
		if r.net, err = newNet(learnedFile); err != nil {
			return nil, err
		}
	}
	return r, r.newSigns(opt.Signs)
}

func embedded() (*book, error) {
	b := &book{classes: map[string]*class{}, groups: map[string]*Rule{}}
	names, err := fs.Glob(ruleFiles, "rules/*.rules")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := ruleFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := b.parse(name, string(text)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func checkOff(b *book, off []string) error {
	ids := map[string]bool{SignRule: true, LearnedRule: true}
	for _, r := range b.rules {
		ids[r.ID] = true
	}
	for _, id := range off {
		if !ids[id] {
			return &contact.Fault{What: contact.T("no rule is called %s", "нет правила с именем %s").With(id),
				Do: contact.T("take the name from the list of rules", "возьмите имя из списка правил")}
		}
	}
	return nil
}

// Rules is every embedded rule, in the order of the rule files.
func Rules() []Rule {
	b, err := embedded()
	if err != nil {
		return nil // the embedded files are tested to parse
	}
	return b.rules
}

// Version is the version of the embedded rules.
func Version() string {
	b, err := embedded()
	if err != nil {
		return ""
	}
	return b.version
}

// Read finds what a message of unknown time means: strongest first, one reading
// a class at most, nothing for a message that says nothing. An agreed sign with
// a lifetime is then only unsure.
func (r *Reader) Read(text string) []contact.Reading { return r.ReadAt(text, 0) }

// ReadAt is Read for a message whose time is known.
func (r *Reader) ReadAt(text string, at contact.Moment) []contact.Reading {
	if is, sure := r.signed(text, at); is {
		class := contact.SaysUnsure
		if sure {
			class = contact.SaysRefusal
		}
		return []contact.Reading{{Class: class, Rule: SignRule, End: len(text)}}
	}
	return r.read(text, false)
}

// ReadNote finds what a manager's note about a person may mean. It is never
// stronger than unsure: a note is not the person's own word. The net has learnt
// from people's own words, and is not asked.
func (r *Reader) ReadNote(text string) []contact.Reading {
	found := r.read(text, true)
	if len(found) == 0 || found[0].Class < contact.SaysUnsure {
		return nil
	}
	found[0].Class = contact.SaysUnsure
	return found[:1]
}

func (r *Reader) read(text string, note bool) []contact.Reading {
	s := scanner{r: r, text: text}
	s.scan()
	toks := s.tokens()
	m := match{r: r, toks: toks, cut: len(toks), note: note}
	if s.hot || note {
		if len(r.ours) > 0 {
			r.hideOurs(text, toks)
		}
		if found := m.run(); found != nil {
			return found
		}
	}
	if s.retype != 0 && !m.denied {
		if found := r.reread(text, s.retype); found != nil {
			return found
		}
	}
	if note || m.denied {
		return nil
	}
	if found := s.mend(m.words()); found != nil || r.net == nil {
		return found
	}
	return s.learned(m.words())
}
