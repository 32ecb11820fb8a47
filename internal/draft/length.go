package draft

import (
	"strings"
	"unicode/utf16"

	"cleanbase/internal/contact"
)

// longest is how many characters a message may have: WhatsApp's template body,
// Telegram's and a MAX bot's message.
var longest = map[contact.Channel]int{contact.WhatsApp: 1024, contact.Telegram: 4096, contact.MAX: 4000}

// dearSMS is from how many parts an SMS is worth a word: each is paid.
const dearSMS = 3

// length counts characters, and for SMS the parts that are paid, with the
// longest value of the list in every place.
func (c *checker) length() {
	text := c.filled()
	if c.opt.Channel == contact.SMS {
		c.d.SMSParts = SMSParts(text)
		if c.d.SMSParts >= dearSMS {
			c.add(warn, contact.Finding{Code: "length.sms", Value: float64(c.d.SMSParts), Limit: dearSMS - 1, Say: contact.T(
				"up to %s a message: shorten it", "до %s на сообщение: сократите текст").
				With(contact.Many(int64(c.d.SMSParts), "SMS part", "SMS parts", "часть SMS", "части SMS", "частей SMS"))})
		}
		return
	}
	if most := longest[c.opt.Channel]; most > 0 {
		if n := len([]rune(text)); n > most {
			c.add(stop, contact.Finding{Code: "length.channel", Value: float64(n), Limit: float64(most), Say: contact.T(
				"up to %s, and the channel takes %s: shorten it", "до %s, а канал принимает %s: сократите текст").
				With(contact.Many(int64(n), "character", "characters", "знака", "знаков", "знаков"), contact.Count(int64(most)))})
		}
	}
}

// filled is the text with the longest value in every placeholder.
func (c *checker) filled() string {
	var b strings.Builder
	last := 0
	for _, s := range c.slots {
		b.WriteString(c.text[last:s.from])
		last = s.to
		if col := c.base.column(s.name); col != nil {
			b.WriteString(strings.Repeat("ж", col.Longest))
		} else {
			b.WriteString(c.text[s.from:s.to])
		}
	}
	return b.String() + c.text[last:]
}

// The alphabet of an SMS (3GPP TS 23.038): characters that take one septet, and
// those that take two.
const (
	septet  = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	septets = "\f^{}\\[~]|€"
)

// SMSParts is how many messages a text is sent and paid as: 160 characters of
// the SMS alphabet, or 153 each in several; with any other character 70, or 67
// each in several.
func SMSParts(text string) int {
	n, wide := 0, false
	for _, r := range text {
		switch {
		case strings.ContainsRune(septet, r):
			n++
		case strings.ContainsRune(septets, r):
			n += 2
		default:
			wide = true
		}
	}
	one, many := 160, 153
	if wide {
		n, one, many = len(utf16.Encode([]rune(text))), 70, 67
	}
	switch {
	case n == 0:
		return 0
	case n <= one:
		return 1
	}
	return (n + many - 1) / many
}
