package base

import (
	"testing"

	"cleanbase/internal/contact"
)

// BenchmarkAdd adds a million records of as many people, a few of whom come
// twice.
func BenchmarkAdd(b *testing.B) {
	const n = 1 << 20
	cells := [][]byte{[]byte("1"), []byte("x")}
	for b.Loop() {
		base := New(rowsIn(b, b.TempDir()), Options{MaxShare: 5})
		base.AddInput(1, []string{"id", "name"})
		number := make([]contact.Number, 1)
		rec := contact.Record{Cells: cells, Numbers: number}
		x := uint64(1)
		for i := range n {
			x = x*6364136223846793005 + 1442695040888963407
			number[0].Phone = contact.Phone(79000000000 + x>>34%1000000000)
			rec.Row = i
			if err := base.Add(&rec, 0, nil); err != nil {
				b.Fatal(err)
			}
		}
		base.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/record")
}
