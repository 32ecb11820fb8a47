package cli

import (
	"cmp"
	_ "embed"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpRussian is the help of every command and flag in Russian; the English
// stands beside the code. "== cleanbase run" begins what is said of a command,
// "== flags" what is said of flags wherever a command has no words of its own.
//
//go:embed help.ru.txt
var helpRussian string

// helpText is what is said of one command.
type helpText struct {
	short, long string
	flags       map[string]string // by name
}

// helpTexts takes the text apart, by the command's path.
func helpTexts(text string) map[string]helpText {
	all := map[string]helpText{}
	for part := range strings.SplitSeq("\n"+text, "\n== ") {
		path, body, _ := strings.Cut(part, "\n")
		h := helpText{flags: map[string]string{}}
		var words []string
		for line := range strings.Lines(body) {
			if name, usage, is := strings.Cut(strings.TrimSpace(line), "\t"); is && strings.HasPrefix(name, "--") {
				h.flags[name[2:]] = usage
			} else {
				words = append(words, line)
			}
		}
		h.short, h.long, _ = strings.Cut(strings.TrimSpace(strings.Join(words, "")), "\n\n")
		all[path] = h
	}
	return all
}

// speakRussian puts a command's help and its children's into Russian.
func speakRussian(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.SetUsageTemplate(strings.NewReplacer("Usage:", "Вызов:", "Aliases:", "Иначе:", "Examples:", "Примеры:", "Available Commands:", "Команды:",
		"Global Flags:", "Общие флаги:", "Flags:", "Флаги:", `Use "{{.CommandPath}} [command] --help" for more information about a command.`,
		"О команде подробнее: {{.CommandPath}} [command] --help").Replace(root.UsageTemplate()))
	translate(root, helpTexts(helpRussian))
}

func translate(cmd *cobra.Command, all map[string]helpText) {
	said := all[cmd.CommandPath()]
	cmd.Short, cmd.Long = cmp.Or(said.short, cmd.Short), cmp.Or(said.long, cmd.Long)
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		usage := cmp.Or(said.flags[f.Name], all["flags"].flags[f.Name])
		if usage == "" {
			return
		}
		// The library says "default" in English, of all values but empty ones.
		if f.Value.Type() == "int" || f.Value.Type() == "string" && f.DefValue != "" {
			usage, _, _ = strings.Cut(usage, " (по умолчанию")
			usage = fmt.Sprintf("%s (по умолчанию %s)", usage, f.DefValue)
			f.DefValue = map[string]string{"int": "0"}[f.Value.Type()]
		}
		f.Usage = usage
	})
	for _, child := range cmd.Commands() {
		translate(child, all)
	}
}
