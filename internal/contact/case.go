package contact

// Case is all that deciding about one contact needs.
type Case struct {
	// Phone is the key of the phone that would be written to; 0 when no
	// number of the contact is usable.
	Phone Key
	// NoPhone is the reasons why no number is usable; 0 when one is.
	NoPhone ReasonSet
	// Claims is what its records say of consent.
	Claims []Claim
	// Direct is the facts on the contact's own identifiers.
	Direct []Fact
	// Linked is the refusals and complaints that stand against contacts linked
	// to this one.
	Linked []Fact
}
