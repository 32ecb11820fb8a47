package phone

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// compare holds the clerk against the library on one string of digits.
func compare(t *testing.T, c *clerk, plus bool, digits []byte, region string) {
	t.Helper()
	got, want := c.judge(plus, digits, region), judgeByLibrary(plus, digits, region)
	if got != want {
		t.Fatalf("plus %v, %s in %s: the clerk says %v, the library %v", plus, digits, region, got, want)
	}
}

func callingCodes() []int {
	var all []int
	for code := range phonenumbers.GetSupportedCallingCodes() {
		all = append(all, code)
	}
	slices.Sort(all)
	return all
}

// filled is head and random digits up to n.
func filled(rnd *rand.Rand, head string, n int) []byte {
	digits := []byte(head)
	for len(digits) < n {
		digits = append(digits, byte('0'+rnd.IntN(10)))
	}
	return digits
}

// comparePrefixes compares every national prefix of so many digits, at each
// length of a national number, behind a calling code.
func comparePrefixes(t *testing.T, code, width int, rnd *rand.Rand) {
	c := new(clerk)
	head := strconv.Itoa(code)
	for prefix := range pow10(width) {
		text := head + padded(prefix, width)
		for n := width + 1; n <= 15; n++ {
			compare(t, c, true, filled(rnd, text, len(head)+n), "")
		}
	}
}

// compareHome compares what a person of a region may dial: national numbers
// with every prefix of so many digits, with and without the ways to begin one.
func compareHome(t *testing.T, region string, width int, rnd *rand.Rand) {
	c := new(clerk)
	code := strconv.Itoa(phonenumbers.GetCountryCodeForRegion(region))
	heads := []string{"", "0", "1", "8", "00", "810", "011", "001", code, code + "0", code + "1", code + "8", "00" + code, "8107", "0115", "01"}
	for prefix := range pow10(width) {
		for _, head := range heads {
			text := head + padded(prefix, width)
			compare(t, c, false, filled(rnd, text, len(head)+4+rnd.IntN(10)), region)
		}
	}
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

func padded(n, width int) string {
	s := strconv.Itoa(pow10(width) + n)
	return s[1:]
}

// compareTransitions walks a calling code's automaton through all of its
// states and compares a number over each of its transitions, ended at once and
// after some more digits.
func compareTransitions(t *testing.T, code int, rnd *rand.Rand) {
	c := new(clerk)
	head := strconv.Itoa(code)
	c.callingCode([]byte(head))
	p := c.codes[code].plan
	if p == nil {
		return
	}
	type visit struct {
		state int32
		way   string
	}
	seen := map[int32]bool{start: true}
	for queue := []visit{{start, ""}}; len(queue) > 0; queue = queue[1:] {
		v := queue[0]
		for d := range 10 {
			way := v.way + strconv.Itoa(d)
			if len(way) > 15 {
				continue
			}
			to := p.auto.run([]byte(way))
			compare(t, c, true, []byte(head+way), "")
			compare(t, c, true, filled(rnd, head+way, len(head)+len(way)+rnd.IntN(12)), "")
			if to != dead && !seen[to] {
				seen[to] = true
				queue = append(queue, visit{to, way})
			}
		}
	}
}

// A sample of what the full tests do (build tag full, make phones-full).
func TestClerkAgreesWithLibrary(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, code := range callingCodes() {
		comparePrefixes(t, code, 1, rnd)
	}
	for _, region := range supportedRegions() {
		compareHome(t, region, 1, rnd)
	}
	for _, code := range []int{7, 375, 800, 290} {
		compareTransitions(t, code, rnd)
	}
	compareRandom(t, 50_000, rnd)
}

// compareRandom compares strings of digits as messy cells leave them: numbers
// of one country in a file of another, prefixes doubled, digits lost or added.
func compareRandom(t *testing.T, n int, rnd *rand.Rand) {
	c := new(clerk)
	regions := append(supportedRegions(), "", "ZZ", "001", "ru")
	examples := exampleNumbers()
	heads := []string{"", "", "", "8", "0", "1", "7", "00", "810", "011", "77", "78"}
	for range n {
		example := examples[rnd.IntN(len(examples))]
		digits := append([]byte(heads[rnd.IntN(len(heads))]), example...)
		for range rnd.IntN(5) {
			digits[rnd.IntN(len(digits))] = byte('0' + rnd.IntN(10))
		}
		switch rnd.IntN(6) {
		case 0:
			digits = digits[:len(digits)-1]
		case 1:
			digits = append(digits, byte('0'+rnd.IntN(10)))
		case 2:
			digits = filled(rnd, "", 1+rnd.IntN(maxDigits+2))
		}
		region := "RU"
		if rnd.IntN(2) == 0 {
			region = regions[rnd.IntN(len(regions))]
		}
		compare(t, c, rnd.IntN(3) == 0, digits, region)
	}
}

// exampleNumbers is the library's examples, nationally and in full.
func exampleNumbers() []string {
	var all []string
	for _, region := range supportedRegions() {
		for kind := range 11 {
			n := phonenumbers.GetExampleNumberForType(region, phonenumbers.PhoneNumberType(kind))
			if n == nil {
				continue
			}
			all = append(all, phonenumbers.GetNationalSignificantNumber(n), phonenumbers.Format(n, phonenumbers.E164)[1:])
		}
	}
	return all
}

func FuzzClerk(f *testing.F) {
	f.Add(false, "89111234567", "RU")
	f.Add(true, "5491123456789", "AR")
	f.Add(false, "0001234567", "JP")
	c := new(clerk)
	f.Fuzz(func(t *testing.T, plus bool, text, region string) {
		var digits []byte
		for i := range len(text) {
			digits = append(digits, '0'+text[i]%10)
		}
		if len(digits) > 0 && len(digits) <= 60 {
			compare(t, c, plus, digits, region)
		}
	})
}
