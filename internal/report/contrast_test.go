package report

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
)

// The text colours of both schemes keep 4.5:1 (WCAG 2.2, AA) on every ground
// that they stand on.
func TestContrast(t *testing.T) {
	light, dark, _ := strings.Cut(styleSource, "@media screen and (prefers-color-scheme: dark)")
	dark, _, _ = strings.Cut(dark, "\n}\n")
	for name, css := range map[string]string{"light": light, "dark": dark} {
		color := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
			color[m[1]] = luminance(t, m[2])
		}
		pairs := [][2]string{{"ink", "ground"}, {"ink", "paper"}, {"quiet", "ground"}, {"quiet", "paper"}, {"link", "ground"}, {"link", "paper"}}
		for _, v := range []string{"clean", "cold", "hold", "removed", "invalid", "merged"} {
			pairs = append(pairs, [2]string{v, "paper"}, [2]string{v, "ground"}, [2]string{v, v + "-soft"}, [2]string{"ink", v + "-soft"})
		}
		for _, p := range pairs {
			a, b := color[p[0]], color[p[1]]
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("%s: %s on %s is %.2f:1", name, p[0], p[1], ratio)
			}
		}
	}
}

// luminance is a colour's relative luminance (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	var c [3]int
	if _, err := fmt.Sscanf(hex, "%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil {
		t.Fatal(err)
	}
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		sum += weight * linear(float64(c[i])/255)
	}
	return sum
}

func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
