package events

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// text is a value that is a string in one version of a format and a number in
// another. Anything else is empty.
type text string

// UnmarshalJSON takes any value.
func (t *text) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) == 0:
	case b[0] == '"' && bytes.IndexByte(b, '\\') < 0 && utf8.Valid(b):
		*t = text(b[1 : len(b)-1])
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = text(s)
	case b[0] == '-' || b[0] >= '0' && b[0] <= '9':
		*t = text(b)
	}
	return nil
}

// maybe is a part that may be missing or of another make: then it is as good
// as missing.
type maybe[T any] struct{ v T }

// UnmarshalJSON takes any value.
func (m *maybe[T]) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && (b[0] == '{' || b[0] == '[') {
		_ = json.Unmarshal(b, &m.v) // what does not fit is missing
	}
	return nil
}

// present marks a key that is there, whatever its value.
type present bool

// UnmarshalJSON takes any value.
func (p *present) UnmarshalJSON([]byte) error {
	*p = true
	return nil
}

// body is a text that is a string or stands in an object's body.
type body text

// UnmarshalJSON takes any value.
func (b *body) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '{' {
		var in struct {
			Body text `json:"body"`
		}
		_ = json.Unmarshal(raw, &in) // what does not fit is missing
		*b = body(in.Body)
		return nil
	}
	return (*text)(b).UnmarshalJSON(raw)
}

// failure is an error's code, alone or in an object.
type failure text

// UnmarshalJSON takes any value.
func (f *failure) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '{' {
		var in struct {
			Error text `json:"error"`
			Code  text `json:"code"`
		}
		_ = json.Unmarshal(raw, &in) // what does not fit is missing
		if *f = failure(in.Error); in.Error == "" {
			*f = failure(in.Code)
		}
		return nil
	}
	return (*text)(f).UnmarshalJSON(raw)
}
