package audit

func mustVerify(t interface{ Fatal(...any) }, d *DB) {
	if f, err := d.Verify(nil); f != nil || err != nil {
		t.Fatal("verify: ", f, err)
	}
}
