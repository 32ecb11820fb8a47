package main

import "strconv"

// phoneCell is what stands in a record's phone cell; number tells that a
// spreadsheet keeps it as a number.
func (c *crowd) phoneCell() (cell string, number bool) {
	switch {
	case c.chance(30):
		return c.broken(), false
	case c.chance(90):
		return c.foreign(), false
	}
	who := ""
	if len(c.issued) > 1000 && c.chance(125) {
		who = c.met() // somebody who is in the base already
	} else {
		who = c.russian()
		c.remember(who)
	}
	cell = c.typed(who)
	if c.chance(50) {
		return cell + c.pick(between) + c.typed(c.russian()), false
	}
	return cell, allDigits(cell) && c.chance(500)
}

var between = []string{", ", "; ", " / ", "\n", ","}

// met is the number of somebody who has been given one.
func (c *crowd) met() string {
	if len(c.issued) == 0 {
		return c.russian()
	}
	return c.pick(c.issued)
}

// remember keeps a number, or lets it take an older one's place.
func (c *crowd) remember(number string) {
	if len(c.issued) < remembered {
		c.issued = append(c.issued, number)
		return
	}
	c.issued[c.IntN(remembered)] = number
}

var (
	mobileCodes = []string{"901", "902", "903", "904", "905", "906", "908", "909", "910", "911", "912", "913", "915", "916", "917", "919", "920", "921", "922", "925", "926", "927", "929", "930", "937", "950", "951", "960", "961", "962", "963", "964", "965", "977", "980", "981", "985", "987", "999"}
	cityCodes   = []string{"495", "499", "812", "343", "383", "846", "831", "863"}
)

// russian is a Russian number of ten digits, one in fifteen a landline.
func (c *crowd) russian() string {
	if c.IntN(15) == 0 {
		return c.pick(cityCodes) + strconv.Itoa(2_000_000+c.IntN(7_000_000))
	}
	return c.pick(mobileCodes) + strconv.Itoa(1_000_000+c.IntN(9_000_000))
}

// typed is a number of ten digits the way people write it. Bases that came
// through a CRM are mostly plain digits; those typed by hand are mostly not.
func (c *crowd) typed(n string) string {
	a, b, d, e := n[:3], n[3:6], n[6:8], n[8:]
	switch p := c.IntN(100); {
	case p < 16:
		return "+7 (" + a + ") " + b + "-" + d + "-" + e
	case p < 31:
		return "8 (" + a + ") " + b + "-" + d + "-" + e
	case p < 46:
		return "+7" + n
	case p < 58:
		return "8" + n
	case p < 70:
		return "7" + n
	case p < 77:
		return n
	case p < 83:
		return "8 " + a + " " + b + " " + d + " " + e
	case p < 89:
		return "+7-" + a + "-" + b + "-" + d + "-" + e
	case p < 93:
		return "7" + n + ".0"
	case p < 96:
		return "8(" + a + ")" + b + d + e
	}
	return c.odd(n)
}

// odd is a number with something in it or around it that is no digit.
func (c *crowd) odd(n string) string {
	switch c.IntN(5) {
	case 0:
		return "+7\u00a0" + n[:3] + "\u00a0" + n[3:6] + "\u2011" + n[6:8] + "\u2011" + n[8:]
	case 1:
		return "8 " + n[:3] + " " + n[3:] + " доб. " + strconv.Itoa(10+c.IntN(900))
	case 2:
		return "моб. 8" + n
	case 3:
		return "'+7" + n
	}
	return " +7 " + n[:3] + " " + n[3:6] + n[6:] + " "
}

// plans are how mobile numbers of other countries begin, and how many digits
// follow.
var plans = []struct {
	country, start string
	digits         int
}{
	{"7", "701", 7}, {"7", "705", 7}, {"7", "777", 7}, {"375", "29", 7}, {"375", "33", 7}, {"998", "90", 7}, {"998", "93", 7}, {"380", "50", 7}, {"380", "67", 7},
	{"374", "91", 6}, {"995", "555", 6}, {"996", "555", 6}, {"992", "927", 6}, {"994", "50", 7}, {"373", "69", 6}, {"49", "1512", 7}, {"44", "7400", 6}, {"33", "61", 7},
	{"39", "347", 7}, {"34", "61", 7}, {"48", "601", 6}, {"90", "532", 7}, {"972", "50", 7}, {"971", "50", 7}, {"86", "138", 8}, {"91", "98", 8}, {"1", "212555", 4}, {"66", "81", 7},
}

// foreign is a number of another country, with its plus, without, or dialled.
func (c *crowd) foreign() string {
	p := plans[c.IntN(len(plans))]
	rest := strconv.Itoa(pow10[p.digits]/5 + c.IntN(pow10[p.digits]/5*4))
	switch q := c.IntN(100); {
	case q < 50:
		return "+" + p.country + p.start + rest
	case q < 72:
		return "+" + p.country + " " + p.start + " " + rest
	case q < 86:
		return p.country + p.start + rest
	case q < 94:
		return "00" + p.country + p.start + rest
	}
	return "8-10-" + p.country + "-" + p.start + "-" + rest
}

var pow10 = [...]int{1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000}

// broken is a cell that holds no phone.
func (c *crowd) broken() string {
	switch c.IntN(9) {
	case 0, 1:
		return ""
	case 2:
		return c.pick([]string{"нет", "-", "не указан", "н/д"})
	case 3:
		return c.typed(c.russian())[:6]
	case 4:
		return "+7" + c.russian() + strconv.Itoa(c.IntN(90)+10)
	case 5:
		return "7,9E+10"
	case 6:
		return "+7 000 " + strconv.Itoa(1_000_000+c.IntN(9_000_000))
	case 7:
		return "79999999999"
	}
	return strconv.Itoa(10_000 + c.IntN(900_000))
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return s != ""
}
