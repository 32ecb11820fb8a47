package refusal

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZFriends(t *testing.T) {
	r := newReader(t, Options{})
	for _, f := range []string{"ru", "en"} {
		b, _ := os.ReadFile("/tmp/dict/" + f + ".txt")
		for _, w := range strings.Split(string(b), "\n") {
			sy := r.symbols(w)
			if len(sy) < 5 || len(sy) > maxWord || r.lex.find(sy) != 0 || strings.ContainsAny(w, "-' .") {
				continue
			}
			k, glued := r.resolve(sy, f == "en")
			if k == 0 {
				continue
			}
			hot := r.kinds[k].hot
			target := ""
			for _, fo := range r.lex.forms {
				if fo.kind == k && oneEdit(fo.symbols, sy) {
					for _, s := range fo.symbols {
						if isCyrillic(s) {
							target += string([]rune(cyrillic)[s-symCyrillic])
						} else if isLatin(s) {
							target += string(rune('a' + s - 1))
						}
					}
					break
				}
			}
			fmt.Printf("%s %s %s hot=%v glued=%v\n", f, w, target, hot, glued)
		}
	}
}
