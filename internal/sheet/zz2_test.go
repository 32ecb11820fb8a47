package sheet

import (
	"fmt"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

func zzload(p string) map[string]string {
	data, _ := os.ReadFile(p)
	b, err := openBytes(data, p)
	if err != nil { return nil }
	out := map[string]string{}
	for i, s := range b.Sheets() {
		rows, nums, err := rowsOf(b, i)
		if err != nil { return nil }
		for j, r := range rows { for k, c := range r { if c != "" { out[fmt.Sprintf("%s!%d,%d", s.Name, nums[j], k)] = c } } }
	}
	return out
}

func TestZZPairs(t *testing.T) {
	by := map[string][]string{}
	re := regexp.MustCompile(`^\d+-`)
	for _, p := range strings.Split(os.Getenv("ZZ_FILES"), "\n") {
		base := re.ReplaceAllString(path.Base(p), "")
		stem := base
		for _, e := range []string{".xls", ".xlsx", ".ods", ".xlsm"} { stem = strings.TrimSuffix(stem, e) }
		by[stem] = append(by[stem], p)
	}
	for stem, ps := range by {
		var ref map[string]string; var refp string
		for _, p := range ps { if strings.HasSuffix(p, ".xlsx") || strings.HasSuffix(p, ".xlsm") { ref = zzload(p); refp = p } }
		if ref == nil { continue }
		for _, p := range ps {
			if p == refp { continue }
			got := zzload(p)
			if got == nil { continue }
			diff, show := 0, 0
			for k, v := range ref { if got[k] != v { diff++; if show < 4 { show++; fmt.Printf("  %s %q vs %q\n", k, v, got[k]) } } }
			for k, v := range got { if _, ok := ref[k]; !ok { diff++; if show < 6 { show++; fmt.Printf("  %s only in %s: %q\n", k, path.Base(p), v) } } }
			fmt.Printf("%s: %s of %d: %d differ\n", stem, path.Base(p), len(ref), diff)
		}
	}
}
