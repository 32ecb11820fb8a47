package audit

import (
	"errors"
	"slices"
	"testing"
)

// What is drained comes in order, as it is stored; an error of the taker's own is
// what the caller gets, and hurts neither the transaction nor the next drain.
func TestDrain(t *testing.T) {
	d := open(t, tempPath(t))
	recordRun(t, d, 1, bigBase(300))
	var got []int64
	all := func(row drained) error {
		var id, set int64
		err := row.ints(&id, &set)
		got = append(got, id)
		return err
	}
	const query = "SELECT 1 FROM contact WHERE drain(contact_id, set_id) ORDER BY contact_id"
	err := d.tx(func() error {
		stop := d.drain(query, nil, func(row drained) error {
			if len(got) == 5 {
				return errStop
			}
			return all(row)
		})
		if !errors.Is(stop, errStop) || len(got) != 5 {
			t.Errorf("stopped after %d rows: %v", len(got), stop)
		}
		return d.exec("INSERT INTO word (text) VALUES ('after it')")
	})
	if got = nil; err != nil {
		t.Error(err)
	}
	var want []int64
	if err := d.drain(query, nil, all); err != nil || len(got) == 0 || !slices.IsSorted(got) {
		t.Error(got, err)
	}
	for id := range got {
		want = append(want, int64(id+1))
	}
	if !slices.Equal(got, want) {
		t.Error(got)
	}
	for _, wrong := range []string{"'x'", "NULL", "1.5", "x'00'"} {
		if err := d.drain("SELECT 1 FROM (SELECT 1) WHERE drain(1, "+wrong+")", nil, all); !errors.Is(err, errDamaged) {
			t.Errorf("%s is read as a number: %v", wrong, err)
		}
	}
	if err := d.exec("SELECT drain(1)"); err != nil {
		t.Error("outside of a drain:", err)
	}
}
