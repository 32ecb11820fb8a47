package intake

import (
	"slices"

	"cleanbase/internal/contact"
)

const channelCount = int(contact.Email) + 1

// claims gathers what the columns of a row say of consent, a channel each.
type claims struct {
	says     [channelCount]contact.Says
	worded   [channelCount]bool // by a word, not by a date alone
	at       [channelCount]contact.Moment
	only     contact.Channel // the channel that the row's own column names
	narrowed bool
	foreign  bool // that column names only channels that we do not know
}

// say notes a word. A no outweighs a yes on the same channel.
func (c *claims) say(ch contact.Channel, says contact.Says, at contact.Moment) {
	if says == contact.SaysNothing {
		return
	}
	c.says[ch], c.worded[ch] = max(c.says[ch], says), true
	if says == contact.SaysYes && at.Known() {
		c.date(ch, at)
	}
}

// date notes when consent was given: of several, the earliest. A date with no
// word beside it is a yes; with words for channels alone it is theirs.
func (c *claims) date(ch contact.Channel, at contact.Moment) {
	if c.says[ch] == contact.SaysNothing {
		c.says[ch] = contact.SaysYes
	}
	if at.Known() && (!c.at[ch].Known() || at < c.at[ch]) {
		c.at[ch] = at
	}
}

// narrow notes the channels that consent was given for.
func (c *claims) narrow(channels []contact.Channel, known bool) {
	if !known {
		c.foreign = true
		return
	}
	for _, ch := range channels {
		if !c.narrowed || ch < c.only {
			c.only, c.narrowed = ch, true
		}
	}
}

// settle makes one claim of all. A general no outweighs everything; a general
// yes holds unless a messenger or SMS is excepted; of special ones the first
// in the order of channels counts, so that messengers go before e-mail.
func (c *claims) settle() contact.Claim {
	general := c.says[contact.Any]
	if !c.worded[contact.Any] && slices.Contains(c.worded[:], true) {
		general = contact.SaysNothing // the date is that of the channels' words
	}
	if general == contact.SaysNo {
		return contact.Claim{Says: contact.SaysNo}
	}
	yes, no := contact.Any, contact.Any
	for _, ch := range [...]contact.Channel{contact.MAX, contact.WhatsApp, contact.Telegram, contact.Viber, contact.SMS, contact.Call, contact.Email} {
		switch {
		case c.says[ch] == contact.SaysYes && yes == contact.Any:
			yes = ch
		case c.says[ch] == contact.SaysNo && no == contact.Any:
			no = ch
		}
	}
	excepted := no != contact.Any && no < contact.Call
	switch {
	case general == contact.SaysYes && !excepted:
		return c.general()
	case yes != contact.Any:
		return contact.Claim{Says: contact.SaysYes, Channel: yes, At: c.dateOf(yes)}
	case no != contact.Any:
		return contact.Claim{Says: contact.SaysNo, Channel: no}
	}
	return contact.Claim{}
}

// general is a yes that names no channel, for the one of the row's channel
// column if it has one.
func (c *claims) general() contact.Claim {
	if c.foreign {
		return contact.Claim{}
	}
	return contact.Claim{Says: contact.SaysYes, At: c.at[contact.Any], Channel: c.only}
}

func (c *claims) dateOf(ch contact.Channel) contact.Moment {
	if c.at[ch].Known() {
		return c.at[ch]
	}
	return c.at[contact.Any]
}

// refusals joins the flags of a row with the dates that stand in columns of
// their own. It holds places in the record's evidence.
type refusals struct {
	flags   []int
	dates   [channelCount]int // from 1; 0 for none
	hasDate bool
}

func (f *refusals) reset() { *f = refusals{flags: f.flags[:0]} }

func (f *refusals) dated(at int, c contact.Channel) { f.dates[c], f.hasDate = at+1, true }

// settle dates each undated flag by the date column of its channel, or of no
// channel. A flag that stays undated stays so: it is the safer reading.
func (f *refusals) settle(evidence []contact.Evidence) {
	if !f.hasDate {
		return
	}
	for _, i := range f.flags {
		e := &evidence[i]
		if e.At.Known() {
			continue
		}
		if from := f.dates[e.Channel]; from > 0 {
			e.At = evidence[from-1].At
		} else if from := f.dates[contact.Any]; from > 0 {
			e.At = evidence[from-1].At
		}
	}
}
