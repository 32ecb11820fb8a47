package refusal

import (
	"bytes"
	"unicode/utf8"

	"cleanbase/internal/contact"
)

// Sign is an answer that the business agreed with its people ("reply 0 to
// stop"): a digit, a word or a picture. It counts only as the whole message.
// Outside its lifetime it means nothing; an unknown end is open.
type Sign struct {
	Text     string
	From, To contact.Moment // zero: always
}

type sign struct {
	key      []byte
	from, to contact.Moment
}

const maxSign = 64

// newSigns prepares the agreed signs; one that holds neither a letter nor a
// digit nor a picture can't be matched and is refused.
func (r *Reader) newSigns(all []Sign) error {
	for _, s := range all {
		var buf [maxSign]byte
		key := r.signKey(buf[:0], s.Text, maxSign-utf8.UTFMax)
		if len(key) == 0 {
			return &contact.Fault{What: contact.T("an agreed sign is empty or too long", "условный знак пуст или слишком длинный"),
				Do: contact.T("give a digit, a word or a picture", "укажите цифру, слово или картинку")}
		}
		r.signs = append(r.signs, sign{bytes.Clone(key), s.From, s.To})
		r.longest = max(r.longest, len(key))
	}
	return nil
}

// signed tells whether the message is an agreed sign, and whether it surely
// falls in the sign's lifetime.
func (r *Reader) signed(text string, at contact.Moment) (is, sure bool) {
	if len(r.signs) == 0 || len(text) > 4*maxSign {
		return false, false
	}
	var buf [maxSign]byte
	key := r.signKey(buf[:0], text, r.longest+1)
	if len(key) == 0 {
		return false, false
	}
	for i := range r.signs {
		s := &r.signs[i]
		if !bytes.Equal(s.key, key) || s.from.After(at) || at.After(s.to) {
			continue
		}
		is = true
		sure = sure || at.Known() || !s.from.Known() && !s.to.Known()
	}
	return is, sure
}

// signKey is a text without blanks and punctuation around it, case, skin tones
// and variation selectors; nothing when the text is no sign for its length.
func (r *Reader) signKey(dst []byte, text string, longest int) []byte {
	blank := false
	for _, c := range text {
		sym := byte(0)
		if int(c) < len(r.folds) {
			sym = r.folds[c]
		} else {
			sym = far(c)
		}
		switch {
		case sym < numSymbols:
		case sym == runeEmoji && c != 0x2640 && c != 0x2642, c == '+', c == '#', c == '*', c == '-':
			sym = 0
		case sym == runeNothing || sym == runeEmoji:
			continue
		default:
			blank = len(dst) > 0
			continue
		}
		if blank {
			dst, blank = append(dst, ' '), false
		}
		dst = appendSign(dst, sym, c)
		if len(dst) > longest {
			return nil
		}
	}
	return bytes.TrimRight(dst, "-*#")
}

// appendSign adds a symbol, or the rune itself for what has none; the same
// picture again adds nothing.
func appendSign(dst []byte, sym byte, c rune) []byte {
	if sym != 0 {
		return append(dst, sym)
	}
	n := len(dst)
	dst = utf8.AppendRune(dst, c)
	if c > 0x2000 && bytes.HasSuffix(dst[:n], dst[n:]) {
		return dst[:n]
	}
	return dst
}
