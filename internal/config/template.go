package config

import (
	_ "embed"

	"cleanbase/internal/contact"
)

//go:embed template_en.toml
var templateEN string

//go:embed template_ru.toml
var templateRU string

// Template is a policy file with every setting at its default, commented in
// the language.
func Template(l contact.Lang) string { return contact.T(templateEN, templateRU).In(l) }
