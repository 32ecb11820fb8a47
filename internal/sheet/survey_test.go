package sheet

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// A large file is looked over in two halves; it is the same as in one, wherever
// the cut falls.
func TestLawHalvesTellWhatTheWholeTells(t *testing.T) {
	text := bytes.Repeat([]byte("Аня,😀,€,a\n"), surveyHalf/20)
	rapid.Check(t, func(t *rapid.T) {
		p := bytes.Clone(text[:len(text)-rapid.IntRange(0, 40).Draw(t, "shorter")])
		middle := len(p) / 2
		for range rapid.IntRange(0, 3).Draw(t, "spoiled") {
			at := rapid.SampledFrom([]int{middle, middle + 1, middle - 1, middle - 3, middle + 3, 5, len(p) - 1, len(p) - 2}).Draw(t, "at")
			p[at] = rapid.SampledFrom([]byte{0, 'a', 0x80, 0xBF, 0xC3, 0xE2, 0xF0, 0xFF}).Draw(t, "byte")
		}
		got, err := lookOver(bytes.NewReader(p), 0, int64(len(p)))
		want, _ := lookOverPart(bytes.NewReader(p), 0, int64(len(p)))
		if err != nil || got != want {
			t.Fatalf("%v %v, want %v", got, err, want)
		}
	})
}

// TestHalvesThatCantBeRead: either half's error is the file's.
func TestHalvesThatCantBeRead(t *testing.T) {
	text := bytes.NewReader(bytes.Repeat([]byte("a"), surveyHalf))
	for _, size := range []int64{surveyHalf + 1, 4 * surveyHalf} {
		if _, err := lookOver(text, 0, size); err == nil {
			t.Errorf("%d bytes, of which there are %d", size, surveyHalf)
		}
	}
}
