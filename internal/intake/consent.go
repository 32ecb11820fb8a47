package intake

import (
	"cleanbase/internal/contact"
)

// consent reads a row of a consents file. Being listed is a consent where no
// column asks; where one does, only a yes or a date is. A withdrawal is a
// refusal, beside the consent that it ended.
func (r *Reader) consent(yield func(contact.Evidence)) RowKind {
	withdrawn, withdrawnAt := r.withdrawn()
	accept := sureNumber
	if withdrawn {
		accept = anyNumber
	}
	r.who(accept)
	if len(r.rec.IDs) == 0 && withdrawn {
		r.search(func(contact.Field) bool { return true })
	}
	if len(r.rec.IDs) == 0 {
		return RowUnreadable
	}
	c := consenting{r: r, yield: yield, at: r.date(contact.FieldConsentAt, contact.FieldDate)}
	if withdrawn {
		c.refuse(contact.Any, withdrawnAt)
	}
	c.doubt()
	c.read()
	switch {
	case c.toCome && c.yielded == 0:
		return RowToCome
	case c.yielded == 0:
		return RowSilent
	}
	return r.readOrPartly()
}

// withdrawn tells whether the row says that a consent was taken back, and when.
func (r *Reader) withdrawn() (bool, contact.Moment) {
	found, at := false, contact.Moment(0)
	for i := range r.steps {
		s := &r.steps[i]
		cell := r.cell(s.column)
		if isBlank(cell) {
			continue
		}
		switch s.col.Field {
		case contact.FieldOptOut, contact.FieldOptOutAt:
			if a := r.answer(s, cell).answer; a.refuses() {
				found, at = true, max(at, a.at.late)
			}
		case contact.FieldStatus, contact.FieldTags, contact.FieldConsentPD, contact.FieldType:
			if a := r.in.lex.answer(cell, s.col.dating); a.word == contact.WordRefusal {
				found, at = true, max(at, a.at.late)
			}
		}
	}
	return found, at
}

// doubt reads what stands beside a consent: a comment, or words behind the phone
// or the name, may say that it was taken back.
func (c *consenting) doubt() {
	for i := range c.r.steps {
		s := &c.r.steps[i]
		cell := c.r.cell(s.column)
		switch s.col.Field {
		case contact.FieldNote, contact.FieldNone, contact.FieldPhone, contact.FieldMobile, contact.FieldName:
			if !isBlank(cell) {
				s.read(c.r, s, cell)
			}
		}
	}
	for _, e := range c.r.rec.Evidence {
		c.r.yieldAll(e, c.yield)
		c.yielded++
	}
}

// consenting reads the consents of one row.
type consenting struct {
	r       *Reader
	yield   func(contact.Evidence)
	at      span
	yielded int
	toCome  bool
}

func (c *consenting) read() {
	channels := c.r.rowChannels()
	if !c.channelsKnown(channels) || c.r.plan.dataOnly || c.isDataOnly() || c.ended() {
		return
	}
	if len(channels) == 0 {
		channels = append(channels, contact.Any)
	}
	asked := false
	for i := range c.r.steps {
		s := &c.r.steps[i]
		if s.col.Field != contact.FieldConsent {
			continue
		}
		asked = true
		c.answer(s, channels)
	}
	if !asked {
		c.agree(channels, c.at)
	}
}

// channelsKnown is false when the row's channel column names something, but no
// channel that we know: its consent is for none of ours.
func (c *consenting) channelsKnown(channels []contact.Channel) bool {
	if len(channels) > 0 {
		return true
	}
	for _, field := range []contact.Field{contact.FieldChannel, contact.FieldConsentChannel} {
		for _, column := range c.r.columns[field] {
			if _, known := c.r.in.lex.channelsOf(nil, c.r.cell(column)); !known {
				return false
			}
		}
	}
	return true
}

// isDataOnly tells a row whose purpose or text is the processing of data alone.
func (c *consenting) isDataOnly() bool {
	return isDataOnly(" " + foldString(c.r.first(contact.FieldPurpose)+" "+c.r.first(contact.FieldTextVersion)) + " ")
}

// ended tells a status that says the consent does not hold, or a last day that
// is over.
func (c *consenting) ended() bool {
	for i := range c.r.plan.Columns {
		if col := &c.r.plan.Columns[i]; col.until {
			at, _, _ := col.dating.date(c.r.cell(i))
			if at.known() && at.late.Latest().Before(c.r.in.opt.AsOf) {
				return true
			}
		}
	}
	for _, column := range c.r.columns[contact.FieldStatus] {
		switch c.r.in.lex.answer(c.r.cell(column), dating{}).word {
		case contact.WordNo, contact.WordLack:
			return true
		}
	}
	return false
}

// answer reads one column that asks for consent.
func (c *consenting) answer(s *step, channels []contact.Channel) {
	cell := c.r.cell(s.column)
	f := c.r.answer(s, cell)
	if len(f.channels) > 0 {
		c.agree(f.channels, c.at)
		return
	}
	if s.col.Channel != contact.Any {
		channels = []contact.Channel{s.col.Channel}
	}
	says, refusal := f.answer.says()
	switch {
	case refusal:
		at := f.answer.at.late
		if !at.Known() {
			at = c.at.late
		}
		c.refuse(s.col.Channel, at)
	case says == contact.SaysYes:
		at := c.at
		if !at.known() {
			at = f.answer.at
		}
		c.agree(channels, at)
	}
}

func (c *consenting) agree(channels []contact.Channel, at span) {
	if c.r.toCome(at.early) {
		c.toCome = true
		return
	}
	e := contact.Evidence{Kind: contact.Consent, Via: contact.ViaList, At: at.early, Rule: c.r.plan.Role.String(), Detail: c.r.detail(), Quote: c.r.remarks()}
	for _, ch := range channels {
		e.Channel = ch
		c.r.yieldAll(e, c.yield)
	}
	c.yielded++
}

func (c *consenting) refuse(ch contact.Channel, at contact.Moment) {
	c.r.yieldAll(contact.Evidence{Kind: contact.OptOut, Via: contact.ViaList, Channel: ch, At: at, Rule: c.r.plan.Role.String(), Quote: c.r.remarks()}, c.yield)
	c.yielded++
}
