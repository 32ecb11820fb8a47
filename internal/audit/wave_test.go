package audit

import (
	"errors"
	"slices"
	"testing"
	"time"

	"cleanbase/internal/contact"
)

// handOut fills in what the tests do not care for.
func handOut(t testing.TB, d *DB, h HandOut) string {
	t.Helper()
	h.Plan, h.Channel, h.Expires, h.Now = "plan-1", contact.WhatsApp, h.At.Add(24*time.Hour), h.At
	h.File = File{Name: "wave-01.csv", Rows: int64(len(h.People)), SHA256: "00"}
	h.Policy = "p"
	id, err := d.HandOut(h)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func inWave(t testing.TB, d *DB, id string) (ids []int64, keys []contact.Key) {
	t.Helper()
	err := d.EachInWave(id, func(id int64, key contact.Key) bool { ids, keys = append(ids, id), append(keys, key); return true })
	if err != nil {
		t.Fatal(err)
	}
	return ids, keys
}

func TestHandOut(t *testing.T) {
	d := open(t, tempPath(t))
	f := bigBase(40)
	recordRun(t, d, 1, f)
	first := handOut(t, d, HandOut{Wave: Wave{Number: 1, RunID: "run-1", At: asOf(2), Accepted: "because"}, People: []int64{7, 3, 5}})
	second := handOut(t, d, HandOut{Wave: Wave{Number: 2, RunID: "run-1", At: asOf(3)}, InsteadOf: first, People: []int64{3, 5}})
	waves, err := d.Waves()
	if err != nil || len(waves) != 2 {
		t.Fatal(waves, err)
	}
	w := waves[0]
	if w.ID != first || !w.Unsent || w.Contacts != 3 || w.RunID != "run-1" || w.Channel != contact.WhatsApp || !w.At.Equal(asOf(2)) || !w.Expires.Equal(asOf(3)) ||
		w.File.Name != "wave-01.csv" || w.Accepted != "because" || w.Plan != "plan-1" || w.Number != 1 {
		t.Errorf("%+v", w)
	}
	if waves[1].ID != second || waves[1].Unsent {
		t.Errorf("%+v", waves[1])
	}
	if ids, keys := inWave(t, d, first); !slices.Equal(ids, []int64{3, 5, 7}) || keys[0] != f.keys[2] {
		t.Error(ids, keys)
	}
	mustVerify(t, d)
	if _, err := d.Forget([]contact.Key{f.keys[2]}, "asked", asOf(4)); err != nil {
		t.Fatal(err)
	}
	if ids, keys := inWave(t, d, first); !slices.Equal(ids, []int64{3, 5, 7}) || keys[0] != 0 {
		t.Error(ids, keys)
	}
	mustVerify(t, d)
	recordRun(t, d, 5, bigBase(50))
	mustVerify(t, d)
}

// What is not there can't be handed out, and the try leaves nothing.
func TestHandOutRefused(t *testing.T) {
	d := open(t, tempPath(t))
	recordRun(t, d, 1, bigBase(5))
	for _, h := range []HandOut{
		{Wave: Wave{RunID: "run-9"}, People: []int64{1}},
		{Wave: Wave{RunID: "run-1"}},
		{Wave: Wave{RunID: "run-1"}, InsteadOf: "run-1", People: []int64{1}},
	} {
		if _, err := d.HandOut(h); !errors.Is(err, errWave) {
			t.Errorf("%+v: %v", h, err)
		}
	}
	if waves, err := d.Waves(); err != nil || len(waves) != 0 {
		t.Error(waves, err)
	}
	mustVerify(t, d)
}

// After a statement has failed, and with it perhaps the whole transaction,
// nothing more of the step is stored, whatever the step does about the error.
func TestFailedStepStoresNothing(t *testing.T) {
	d := open(t, tempPath(t))
	recordRun(t, d, 1, bigBase(5))
	err := d.tx(func() error {
		if err := d.exec("INSERT OR ROLLBACK INTO meta VALUES ('verifier', 'x')"); err == nil { // is there already
			t.Error("the statement passed")
		}
		if err := d.exec("INSERT INTO meta VALUES ('alone', 'x')"); err == nil {
			t.Error("a statement passed after a failed one")
		}
		_, err := d.insert("INSERT INTO word (text) VALUES ('alone')")
		return err
	})
	if err == nil {
		t.Error("the step passed")
	}
	mustVerify(t, d)
	recordRun(t, d, 2, bigBase(6))
	mustVerify(t, d)
}
