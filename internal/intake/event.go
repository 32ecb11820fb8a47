package intake

import (
	"bytes"

	"cleanbase/internal/contact"
)

// event reads a row of a log of messages: who, when, which way, what text,
// what became of it.
func (r *Reader) event(yield func(contact.Evidence)) RowKind {
	way := r.way()
	r.who(sureNumber)
	switch {
	case way == inward:
		r.readParty(contact.FieldFrom)
	case len(r.rec.IDs) == 0:
		r.readParty(contact.FieldTo)
	}
	if len(r.rec.IDs) == 0 {
		return RowUnreadable
	}
	at := r.date(contact.FieldDate)
	base := contact.Evidence{Via: contact.ViaPlatform, Channel: r.rowChannel(), At: at.late}
	n := 0
	count := func(e contact.Evidence) {
		n++
		r.yieldAll(e, yield)
	}
	text := r.first(contact.FieldText)
	switch way {
	case inward:
		e := base
		e.Kind, e.Rule = contact.Inbound, "events"
		count(e)
		r.message(base, at, text, count)
	case outward:
		e := base
		e.Kind, e.Rule = contact.Outbound, "events"
		count(e)
	default:
		r.doubtfulMessage(base, text, count)
	}
	if way != inward {
		r.delivery(base, count)
	}
	if n == 0 {
		return RowSilent
	}
	return RowRead
}

type direction uint8

const (
	unknownWay direction = iota
	inward
	outward
)

// way is the message's direction. A status of delivery belongs to what was
// sent.
func (r *Reader) way() direction {
	for _, column := range r.columns[contact.FieldDirection] {
		var store [64]byte
		if in, ok := r.in.lex.incoming[string(fold(store[:0], r.cell(column)))]; ok && in {
			return inward
		} else if ok {
			return outward
		}
	}
	if _, ok := r.status(); ok {
		return outward
	}
	return unknownWay
}

func (r *Reader) status() (contact.EvidenceKind, bool) {
	for _, field := range []contact.Field{contact.FieldStatus, contact.FieldError} {
		for _, column := range r.columns[field] {
			var store [96]byte
			if kind, ok := r.in.lex.statuses[string(fold(store[:0], r.cell(column)))]; ok {
				return kind, true
			}
		}
	}
	return 0, false
}

// readParty reads the phones of a message's sender or recipient.
func (r *Reader) readParty(field contact.Field) {
	for _, column := range r.columns[field] {
		if cell := r.cell(column); len(cell) > 0 {
			cell = bytes.TrimPrefix(cell, []byte("whatsapp:"))
			r.readPhone(cell, r.in.opt.Region)
		}
	}
	r.addPhones(sureNumber)
}

// message yields what a text of the person's own means.
func (r *Reader) message(base contact.Evidence, at span, text string, yield func(contact.Evidence)) {
	if text == "" || r.in.opt.ReadMessage == nil {
		return
	}
	base.Via, base.Quote = contact.ViaMessage, text
	for _, reading := range r.in.opt.ReadMessage(text) {
		e := base
		e.Rule = reading.Rule
		switch reading.Class {
		case contact.SaysSubscribe:
			e.Kind, e.At = contact.OptIn, r.believed(at.early)
		case contact.SaysUnsure:
			e.Kind = contact.Unsure
		case contact.SaysRefusal:
			e.Kind = contact.OptOut
		case contact.SaysComplaint:
			e.Kind = contact.Complaint
		default:
			continue
		}
		yield(e)
	}
}

// doubtfulMessage reads a text that may be the person's or the company's own
// ("reply STOP to unsubscribe"): a doubt at most.
func (r *Reader) doubtfulMessage(base contact.Evidence, text string, yield func(contact.Evidence)) {
	r.message(base, span{}, text, func(e contact.Evidence) {
		if e.Kind != contact.OptIn {
			e.Kind = contact.Unsure
			yield(e)
		}
	})
}

// delivery yields what became of a message that was sent.
func (r *Reader) delivery(base contact.Evidence, yield func(contact.Evidence)) {
	if kind, ok := r.status(); ok {
		base.Kind = kind
		base.Rule = "platform:" + r.first(contact.FieldError, contact.FieldStatus)
		yield(base)
	}
}
