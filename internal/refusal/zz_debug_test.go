package refusal

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	r := newReader(t, Options{})
	b, _ := os.ReadFile(os.Getenv("ZZ"))
	for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		s := scanner{r: r, text: line}
		s.scan()
		m := match{r: r, toks: s.tokens(), cut: s.count}
		for t := 0; t < len(m.toks); t++ {
			for _, p := range r.kinds[m.toks[t].kind].helpers {
				before := fmt.Sprint(m.toks, m.tags, m.cut, m.void)
				m.help(&r.patterns[p], t)
				if fmt.Sprint(m.toks, m.tags, m.cut, m.void) != before {
					fmt.Println("   helper", r.rules[r.patterns[p].rule].id)
				}
			}
		}
		fmt.Printf("%v %s\n", r.Read(line), line)
		for t := range m.toks {
			k := m.toks[t]
			fmt.Printf("     %q kind %d gap %d", line[k.start:k.end], k.kind, k.gap)
			for _, p := range r.kinds[k.kind].readings {
				if f, to, ok := m.try(&r.patterns[p], t); ok {
					rule := &r.rules[r.patterns[p].rule]
					fmt.Printf(" [%s unless %v soft %v]", rule.id, m.any(rule.unless, f, to), m.any(rule.soft, f, to))
				}
			}
			fmt.Println()
		}
	}
}
