// Package progress shows how far a run has come, or nothing at all. A run is
// the same with it and without.
package progress

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Bar counts work done. The nil bar shows nothing.
type Bar struct{ bar *progressbar.ProgressBar }

// Start shows a bar for a step of so many units on w. Bytes are shown as such,
// with throughput and the time left. A nil w shows nothing.
func Start(w io.Writer, what string, total int64, bytes bool) *Bar {
	if w == nil {
		return nil
	}
	opts := []progressbar.Option{
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowBytes(bytes),
		progressbar.OptionUseIECUnits(bytes),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionFullWidth(),
		progressbar.OptionClearOnFinish(),
	}
	if !bytes {
		opts = append(opts, progressbar.OptionShowIts())
	}
	return &Bar{progressbar.NewOptions64(max(total, 1), opts...)}
}

// Add counts n more units. A terminal that can't be written to is no reason to
// stop, so failures are not told.
func (b *Bar) Add(n int64) {
	if b != nil {
		_ = b.bar.Add64(n)
	}
}

// Done takes the bar away.
func (b *Bar) Done() {
	if b != nil {
		_ = b.bar.Finish()
	}
}
