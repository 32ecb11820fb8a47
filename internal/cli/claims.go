package cli

import "cleanbase/internal/contact"

// keptClaims is what the files claim of consent of the contacts that come out
// clean, for the dossier: 16 bytes a claim, in blocks that never move.
type keptClaims struct{ blocks [][]keptClaim }

type keptClaim struct {
	at      contact.Moment
	contact int32
	channel contact.Channel
	sourced bool
}

const claimBlock = 1 << 14

func (k *keptClaims) keep(who int, claims []contact.Claim) {
	for _, c := range claims {
		if c.Says != contact.SaysYes {
			continue
		}
		n := len(k.blocks)
		if n == 0 || len(k.blocks[n-1]) == claimBlock {
			k.blocks = append(k.blocks, make([]keptClaim, 0, claimBlock))
			n++
		}
		k.blocks[n-1] = append(k.blocks[n-1], keptClaim{c.At, int32(who), c.Channel, c.Sourced})
	}
}

// each yields the claims in order of contact.
func (k *keptClaims) each(yield func(contact int, c contact.Claim) bool) {
	for _, b := range k.blocks {
		for _, c := range b {
			if !yield(int(c.contact), contact.Claim{Says: contact.SaysYes, At: c.at, Channel: c.channel, Sourced: c.sourced}) {
				return
			}
		}
	}
}
