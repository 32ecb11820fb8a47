package cli

import (
	"cmp"
	"slices"
	"time"

	"cleanbase/internal/audit"
	"cleanbase/internal/base"
	"cleanbase/internal/contact"
	"cleanbase/internal/policy"
	"cleanbase/internal/publish"
	"cleanbase/internal/wave"
)

// crowd is everybody on the list, and what is known of them now.
type crowd struct {
	maxShare int
	landline bool

	stood     []stood // by their numbers in the base
	people    []wave.Person
	phones    map[int64]contact.Phone
	inPlan    map[int64]bool      // handed out in this plan
	handed    map[int64]time.Time // last handed out, in any
	touched   bool                // somebody is known to have been in touch before the plan
	before    []contact.Fact      // scratch
	already   int64
	elsewhere int64 // agreed to another channel
	unclean   int64
	forgotten int64
	russian   int64 // of people

	previous, unsent map[int64]bool // who was in these waves
	reply, sign      reaction       // what is known of them since
}

// stood is what audit.Stood says, small enough to keep.
type stood struct {
	id     int64
	phone  contact.Phone
	listed bool // clean in the run
	clean  bool // in the newest that had it
}

// mayBeWritten tells whether a decision lets somebody be written to, now or when
// enough days are over.
func mayBeWritten(set contact.ReasonSet) bool {
	rest := set &^ (1 << contact.FrequencyRecent)
	return rest != 0 && rest.Verdict() == contact.Clean
}

// judge decides anew about everybody on the list, from the audit database alone,
// as a run would: what was learnt since counts.
func (p *planner) judge() error {
	if p.said.Status == planRefused {
		return nil
	}
	c := &p.crowd
	c.phones, c.inPlan, c.handed = map[int64]contact.Phone{}, map[int64]bool{}, map[int64]time.Time{}
	also, err := p.recallWaves()
	if err != nil {
		return err
	}
	rows, err := publish.Nameless(p.dir)
	if err != nil {
		return err
	}
	b := base.New(rows, base.Options{MaxShare: c.maxShare, Landline: c.landline, Families: true})
	defer b.Close()
	b.AddInput(1, nil)
	var failed error
	err = p.db.EachStood(p.runID, also, func(s *audit.Stood) bool {
		failed = c.add(b, s)
		return failed == nil
	})
	if err := cmp.Or(failed, err); err != nil {
		return err
	}
	if err := remember(p.db, b); err != nil {
		return err
	}
	var numbers []int // in the base, of the people
	b.Decide(&p.policy, func(i int, k *contact.Case, set contact.ReasonSet) {
		if p.see(c.stood[i], k, set) {
			numbers = append(numbers, i)
		}
	})
	c.findFamilies(b, numbers)
	return nil
}

// remember hands a base all that the database knows.
func remember(db *audit.DB, b *base.Base) error {
	one := func(f contact.Fact) bool {
		f.Remembered = true
		b.Remember(f)
		return true
	}
	if err := db.EachEvidence(func(ev contact.Evidence) bool { return one(ev.Fact()) }); err != nil {
		return err
	}
	refused := map[contact.Key]string{}
	if err := db.EachRefusedEmail(func(key contact.Key, email string) { refused[key] = email }); err != nil {
		return err
	}
	b.Know(mailboxes(db, refused))
	if err := db.EachForgotten(b.Keys, one); err != nil {
		return err
	}
	return db.EachAlias(func(key, owner contact.Key) bool {
		b.RememberAlias(key, owner)
		return true
	})
}

// recallWaves notes who was handed out before, and gives those of the last waves.
func (p *planner) recallWaves() (also []int64, err error) {
	note := func(w *audit.Wave) (map[int64]bool, error) {
		in := map[int64]bool{}
		err := p.db.EachInWave(w.ID, func(id int64, _ contact.Key) bool { in[id] = true; return true })
		return in, err
	}
	for i := range p.waves {
		w := &p.waves[i]
		in, err := note(w)
		if err != nil {
			return nil, err
		}
		for id := range in {
			p.crowd.handed[id] = w.At
			if w.Plan == p.planID {
				p.crowd.inPlan[id] = true
			}
		}
		if w == p.previous {
			p.crowd.previous = in
		}
	}
	if p.unsent != nil {
		if p.crowd.unsent, err = note(p.unsent); err != nil {
			return nil, err
		}
	}
	for _, in := range []map[int64]bool{p.crowd.previous, p.crowd.unsent} {
		for id := range in {
			also = append(also, id)
		}
	}
	slices.Sort(also)
	return also, nil
}

// add puts a contact into the base as records of no columns: one, and one more
// for each further claim of consent.
func (c *crowd) add(b *base.Base, s *audit.Stood) error {
	listed := s.Listed && s.Then.Verdict() == contact.Clean
	if s.Key == 0 {
		switch {
		case !listed:
		case c.inPlan[s.ID]:
			c.already++
		default:
			c.forgotten++
		}
		return nil
	}
	c.stood = append(c.stood, stood{s.ID, s.Key.Phone(), listed, mayBeWritten(s.Now)})
	rec := contact.Record{Row: len(c.stood)}
	if phone := s.Key.Phone(); phone != 0 {
		rec.Numbers = []contact.Number{{Phone: phone}}
	}
	for _, key := range s.IDs {
		rec.IDs = append(rec.IDs, contact.Identifier{Key: key})
	}
	for i := range max(1, len(s.Claims)) {
		if len(s.Claims) > 0 {
			rec.Claim = s.Claims[i]
		}
		if err := b.Add(&rec, 0, nil); err != nil || len(rec.Numbers) == 0 {
			return err // who has no phone is a new contact each time
		}
	}
	return nil
}

// see takes in one contact; true when it may be in a wave.
func (p *planner) see(s stood, k *contact.Case, set contact.ReasonSet) bool {
	c := &p.crowd
	if c.previous[s.id] {
		c.reply.add(k.Direct, set, p.previous)
	}
	if c.unsent[s.id] {
		c.sign.add(k.Direct, set, p.unsent)
	}
	if !s.listed {
		return false
	}
	if c.before = appendBefore(c.before[:0], k.Direct, p.began); !c.touched {
		c.touched = !wave.Deal(c.before, p.channel, 0).New()
	}
	if c.inPlan[s.id] {
		c.already++
		return false
	}
	deal := wave.Deal(k.Direct, p.channel, p.policy.ConsentAt(k))
	switch {
	case s.clean && mayBeWritten(set):
	case s.clean && set.Has(contact.ConsentOtherChannel) && set.Verdict() == contact.Cold:
		c.elsewhere++
		return false
	default:
		c.unclean++
		return false
	}
	if s.phone/1e9 == 79 {
		c.russian++
	}
	c.phones[s.id] = s.phone
	c.people = append(c.people, wave.Person{ID: s.id, Warmth: deal.Warmth(p.asOf), New: deal.New(), NotBefore: p.notBefore(s.id, deal.Written)})
	return true
}

// appendBefore adds the facts of before a time.
func appendBefore(dst, facts []contact.Fact, t time.Time) []contact.Fact {
	for _, f := range facts {
		if f.At.Earliest().Before(t) {
			dst = append(dst, f)
		}
	}
	return dst
}

// notBefore is when somebody may be written to again: zero for any time.
func (p *planner) notBefore(id int64, written contact.Moment) time.Time {
	days := max(p.cfg.Plan.DaysBetween, p.policy.Frequency.Days)
	last := p.crowd.handed[id]
	if written.Known() && written.Latest().After(last) && !written.Earliest().After(p.asOf) {
		last = written.Latest()
	}
	if days == 0 || last.IsZero() {
		return time.Time{}
	}
	return last.AddDate(0, 0, days)
}

// findFamilies tells who is linked to whom: a family of one is none.
func (c *crowd) findFamilies(b *base.Base, numbers []int) {
	size := map[int32]int{}
	for _, i := range numbers {
		size[b.Family(i)]++
	}
	for at, i := range numbers {
		if f := b.Family(i); size[f] > 1 {
			c.people[at].Family = int64(f) + 1
		}
	}
}

// reaction is what is known of the people of a wave since it was handed out.
type reaction struct {
	people, heard, written      int64 // heard: any event tells of them
	complaints, refusals, spams int64
}

// add takes in one person: at hand-out every one was clean, so what stands now
// against it came since.
func (r *reaction) add(facts []contact.Fact, set contact.ReasonSet, w *audit.Wave) {
	heard, written := false, false
	for i := range facts {
		f := &facts[i]
		if !f.Channel.Meets(w.Channel) || !f.At.Known() || f.At.Latest().Before(w.At) || f.Via != contact.ViaPlatform && f.Via != contact.ViaMessage {
			continue
		}
		heard = true
		switch f.Kind {
		case contact.Outbound, contact.Delivered, contact.Unreachable, contact.SuspectedSpam:
			written = true
		}
	}
	count := func(n *int64, is bool) {
		if is {
			*n++
		}
	}
	has := func(any ...contact.Reason) bool { return slices.ContainsFunc(any, set.Has) }
	count(&r.people, true)
	count(&r.heard, heard)
	count(&r.written, written)
	count(&r.complaints, has(contact.ComplaintListed, contact.ComplaintMessage))
	count(&r.refusals, has(contact.OptOutListed, contact.OptOutFlag, contact.OptOutMessage, contact.OptOutPlatform))
	count(&r.spams, has(contact.DeliverySuspectedSpam))
}

// mailings is the figures that the gates judge: of those who are known to have
// been written to, or of the whole wave when the events do not tell.
func (r *reaction) mailings() policy.Mailings {
	sent := r.written
	if sent == 0 {
		sent = r.people
	}
	return policy.Mailings{Sent: max(sent, r.complaints, r.refusals, r.spams), Complaints: r.complaints, OptOuts: r.refusals, Spam: r.spams}
}
