package refusal

import "testing"

func TestT(t *testing.T) {
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"не пишите", "НЕПИШИТЕ", "н е п и ш и т е", "ne pishite", "Нe пишитe мне", "пишите"} {
		t.Log(s, r.Read(s))
	}
}
