package contact

// Outcome is what became of one record that carries its contact's verdict. Its
// cells change with the next one.
type Outcome struct {
	Origin  Origin
	Contact int   // number of its contact in the run
	Phone   Phone // the contact's, or for one with no usable phone the number that was read, if any
	Reasons ReasonSet
	Note    string // what a person must read to settle the verdict; empty for most
	// Cells is the record's own cells, one for each of the users' columns, with
	// those that it leaves empty filled from the records merged into it.
	Cells [][]byte
}
