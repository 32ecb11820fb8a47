package sheet

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZReal(t *testing.T) {
	for _, p := range strings.Split(os.Getenv("ZZ_FILES"), "\n") {
		if p == "" { continue }
		data, err := os.ReadFile(p)
		if err != nil { fmt.Println(err); continue }
		name := p[strings.LastIndex(p, "/")+1:]
		b, err := openBytes(data, name)
		if err != nil { fmt.Println("OPEN", err); continue }
		for i, s := range b.Sheets() {
			rows, _, err := rowsOf(b, i)
			cells := 0
			for _, r := range rows { cells += len(r) }
			fmt.Printf("%s [%s %s] %v %v rows %d cells %d err %v\n", name, b.Format, b.Encoding, s, b.Notes, len(rows), cells, err)
			if os.Getenv("ZZ_SHOW") != "" { for j, r := range rows { if j < 6 { fmt.Printf("   %q\n", r) } } }
		}
	}
}
