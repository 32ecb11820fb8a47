package cli

import "sync/atomic"

// scribe does one thing after another on a goroutine of its own: what is to be
// put on record is written there while the files are read here. Nobody else
// may use the database until it has ended.
type scribe struct {
	jobs   chan func() error
	ended  chan struct{}
	failed atomic.Pointer[error]
}

// scribeAhead is how many things may wait to be done: lists of refusals are read
// faster than they are put on record, and the contacts after them need not wait.
const scribeAhead = 8

func newScribe() *scribe {
	s := &scribe{jobs: make(chan func() error, scribeAhead), ended: make(chan struct{})}
	go func() {
		defer close(s.ended)
		for do := range s.jobs {
			if s.err() != nil {
				continue
			}
			if err := do(); err != nil {
				s.failed.Store(&err)
			}
		}
	}()
	return s
}

// do hands over one more thing to do. Its error is that of one before it.
func (s *scribe) do(job func() error) error {
	if err := s.err(); err != nil {
		return err
	}
	s.jobs <- job
	return nil
}

func (s *scribe) err() error {
	if err := s.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// end waits until all is done.
func (s *scribe) end() error {
	close(s.jobs)
	<-s.ended
	return s.err()
}
