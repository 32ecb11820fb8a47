package cli

import (
	"os"
	"sync/atomic"

	"cleanbase/internal/progress"
)

// meter is an input's private copy that knows how far it was read.
type meter struct {
	*os.File
	furthest atomic.Int64
}

// ReadAt reads and remembers the furthest byte that was asked for.
func (m *meter) ReadAt(p []byte, off int64) (int, error) {
	n, err := m.File.ReadAt(p, off)
	if to := off + int64(n); to > m.furthest.Load() {
		m.furthest.Store(to)
	}
	return n, err
}

// bytesBar shows how much of an input was read, from its start.
type bytesBar struct {
	*progress.Bar
	m     *meter
	shown int64
}

func (j *job) bytesBar(t *table) *bytesBar {
	m := t.src.copy
	m.furthest.Store(0)
	return &bytesBar{Bar: progress.Start(j.bar(), t.src.path, t.src.size, true), m: m}
}

// move brings the bar to where reading is.
func (b *bytesBar) move() {
	at := b.m.furthest.Load()
	b.Add(at - b.shown)
	b.shown = at
}
