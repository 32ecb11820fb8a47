package events

import (
	"strings"

	"cleanbase/internal/contact"
)

// onWhatsApp is who a WhatsApp id stands for: a phone, as most ids are, or a
// user whose number is hidden.
func onWhatsApp(id text) contact.Identifier {
	s, host, _ := strings.Cut(strings.TrimSpace(string(id)), "@")
	if s == "" || host == "g.us" {
		return contact.Identifier{}
	}
	if host != "lid" {
		if p, ok := contact.ParsePhone(s); ok {
			return contact.OfPhone(p)
		}
	}
	return contact.OfMessenger("whatsapp:" + s)
}

// twin is the number that people write for one that WhatsApp writes in an
// older way: Brazil's without the 9 that mobiles begin with, Mexico's with a 1
// after the country.
func twin(id contact.Identifier) contact.Identifier {
	s := strings.TrimPrefix(id.Key.Phone().String(), "+")
	switch {
	case len(s) == 12 && strings.HasPrefix(s, "55") && s[4] >= '6':
		return onPhone(text(s[:4] + "9" + s[4:]))
	case len(s) == 13 && strings.HasPrefix(s, "521"):
		return onPhone(text("52" + s[3:]))
	}
	return contact.Identifier{}
}

// user is who a messenger's own id stands for.
func user(channel contact.Channel, id text) contact.Identifier {
	s := strings.TrimSpace(string(id))
	if s == "" || s == "0" {
		return contact.Identifier{}
	}
	return contact.OfMessenger(channel.String() + ":" + s)
}

// named is who a public name stands for, as columns of such names are read:
// "telegram:@anna".
func named(channel contact.Channel, name text) contact.Identifier {
	s := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(string(name)), "@"))
	if len(s) < 4 || len(s) > 64 || s[0] < 'a' || s[0] > 'z' {
		return contact.Identifier{}
	}
	return contact.OfMessenger(channel.String() + ":@" + s)
}

// onPhone is who a number stands for that a machine wrote: international, with
// or without its plus, its digits perhaps apart.
func onPhone(number text) contact.Identifier {
	var digits []byte
	for i := range len(number) {
		switch b := number[i]; {
		case b >= '0' && b <= '9':
			digits = append(digits, b)
		case b == ';' || b == ',' || b == 'x':
			return contact.Identifier{} // several numbers, or an extension
		}
	}
	s := strings.TrimPrefix(string(digits), "00")
	if len(s) == 11 && s[0] == '8' && !strings.HasPrefix(string(number), "+") {
		s = "7" + s[1:]
	}
	if p, ok := contact.ParsePhone(s); ok {
		return contact.OfPhone(p)
	}
	return contact.Identifier{}
}

// among puts the identifiers that are there and are not who into a pair.
func among(who contact.Identifier, ids ...contact.Identifier) (also [2]contact.Identifier) {
	n := 0
	for _, id := range ids {
		if id.Key != 0 && id.Key != who.Key && n < len(also) {
			also[n] = id
			n++
		}
	}
	return also
}
