package contact

// Draft is what checking a message before a mailing came to. It holds nobody's
// data: of people it has counts, and of the text its placeholders and signs.
type Draft struct {
	Schema       int           `json:"schema"` // 1
	Channel      string        `json:"channel"`
	Contacts     int64         `json:"contacts"` // of the list; 0 without one
	Characters   int           `json:"characters"`
	SMSParts     int           `json:"sms_parts,omitempty"` // with the longest values put in; channel sms only
	Placeholders []Placeholder `json:"placeholders"`
	Refusal      string        `json:"refusal"` // the words that say how to refuse; empty when there are none
	Signs        []string      `json:"signs"`   // that these words ask for
	Result       string        `json:"result"`  // pass, warn, stop
	Findings     []Finding     `json:"findings"`
}

// Placeholder is a place of the text that each contact's own value goes into.
type Placeholder struct {
	Text   string `json:"text"`   // as it stands: "{Имя}"
	Column string `json:"column"` // that it names; empty for none
	Times  int    `json:"times"`
	Empty  int64  `json:"empty"` // contacts with no value there
	Odd    int64  `json:"odd"`   // contacts whose value is no name: "клиент", "123"
}
