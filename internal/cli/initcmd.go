package cli

import (
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"cleanbase/internal/config"
	"cleanbase/internal/contact"
)

func (a *App) initCommand() *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:     "init [FILE]",
		Short:   "Write a commented cleanbase.toml with every setting",
		Example: "  cleanbase init\n  cleanbase init policies/sms.toml --lang ru",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := defaultConfig
			if len(args) == 1 {
				path = args[0]
			}
			l := a.lang(lang)
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if errors.Is(err, fs.ErrExist) {
				return usage(&contact.Fault{File: path, Err: err, What: contact.T("the file is there already", "такой файл уже есть"),
					Do: contact.T("name another, or move it away first", "назовите другой или сначала уберите этот")})
			}
			if err != nil {
				return err
			}
			_, err = f.WriteString(config.Template(l))
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			p := a.printer(l)
			p.line(contact.T("Wrote %s: every setting with its default.", "Записан %s: все настройки с их значениями по умолчанию.").With(path))
			return p.err
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "ru or en (default from LANG)")
	return cmd
}
