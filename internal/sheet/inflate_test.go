package sheet

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	klauspost "github.com/klauspost/compress/flate"
	"pgregory.net/rapid"
)

// packed is a text as DEFLATE.
func packed(t testing.TB, text []byte, level int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err == nil {
		_, err = w.Write(text)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// inflateBoth unpacks by ours and by the library's, which must end alike. How
// much comes before an error is found is the matter of each.
func inflateBoth(t interface{ Fatalf(string, ...any) }, data []byte) []byte {
	want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), 8<<20))
	got, err := io.ReadAll(io.LimitReader(newInflater(bytes.NewReader(data)), 8<<20))
	short := min(len(got), len(want))
	if (err == nil) != (wantErr == nil) || err == nil && len(got) != len(want) || !bytes.Equal(got[:short], want[:short]) {
		t.Fatalf("%d bytes, %v; the library %d bytes, %v", len(got), err, len(want), wantErr)
	}
	return got
}

// TestInflate: whatever was packed, at any level, in pieces of any size on
// both sides, comes out again.
func TestInflate(t *testing.T) {
	words := rapid.SampledFrom([]string{"a", "</v></c>", `<c r="A1" t="s"><v>`, "Привет", "\x00\xff", strings.Repeat("ab", 300), strings.Repeat("x", 70_000), "0123456789abcdefg"})
	rapid.Check(t, func(t *rapid.T) {
		var text bytes.Buffer
		for range rapid.IntRange(0, 60).Draw(t, "words") {
			text.WriteString(words.Draw(t, "word"))
		}
		if n := rapid.IntRange(0, 3).Draw(t, "noise"); n > 0 { // as it is no level packs it
			r := rand.New(rand.NewPCG(uint64(n), 1))
			for range n * 40_000 {
				text.WriteByte(byte(r.Uint32()))
			}
		}
		level := rapid.IntRange(flate.HuffmanOnly, flate.BestCompression).Draw(t, "level")
		var out bytes.Buffer
		w, _ := flate.NewWriter(&out, level)
		for p := text.Bytes(); len(p) > 0; {
			n := min(len(p), rapid.IntRange(1, 200_000).Draw(t, "piece"))
			_, _ = w.Write(p[:n])
			_ = w.Flush()
			p = p[n:]
		}
		_ = w.Close()
		r := newInflater(bytes.NewReader(out.Bytes()))
		room := rapid.SampledFrom([]int{1, 2, 7, 100, 300, 5_000, inflateWindow, 100_000})
		rooms := rapid.SliceOfN(room, 1, 5).Draw(t, "rooms")
		var got []byte
		for i := 0; ; i++ {
			p := make([]byte, rooms[i%len(rooms)])
			n, err := r.Read(p)
			got = append(got, p[:n]...)
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got, text.Bytes()) {
			t.Fatal("another text came out")
		}
	})
}

// TestInflateSources: the source gives a byte at a time, ends with its last
// byte, or fails.
func TestInflateSources(t *testing.T) {
	text := []byte(strings.Repeat(`<c r="A1" t="s"><v>12</v></c>Жанна`, 3000))
	data := packed(t, text, flate.DefaultCompression)
	for name, src := range map[string]io.Reader{"a byte": iotest.OneByteReader(bytes.NewReader(data)), "half": iotest.HalfReader(bytes.NewReader(data)),
		"with its end": iotest.DataErrReader(bytes.NewReader(data)), "and more": bytes.NewReader(append(bytes.Clone(data), "more"...))} {
		if got, err := io.ReadAll(newInflater(src)); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := io.ReadAll(newInflater(iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(data))))); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("an error of the source is lost: %v", err)
	}
}

// TestInflateCut: a stream cut anywhere is an error; on a wrong bit anywhere
// the library says the same.
func TestInflateCut(t *testing.T) {
	text := []byte(strings.Repeat("Иван;79111234567;да\n", 20) + "конец")
	for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
		data := packed(t, text, level)
		for n := range data {
			if _, err := io.ReadAll(newInflater(bytes.NewReader(data[:n]))); err != io.ErrUnexpectedEOF {
				t.Fatalf("level %d, cut at %d: %v", level, n, err)
			}
			for bit := range 8 {
				bad := bytes.Clone(data)
				bad[n] ^= 1 << bit
				inflateBoth(t, bad)
			}
		}
	}
}

// TestCodebook: lengths are a code when it is complete, of one bit alone or
// empty.
func TestCodebook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lengths := rapid.SliceOfN(rapid.Uint8Range(0, 5), 1, 30).Draw(t, "lengths")
		for free := kraft(lengths); free > 0 && len(lengths) < 30 && rapid.IntRange(0, 9).Draw(t, "more") > 0; free = kraft(lengths) {
			n := bits.LeadingZeros16(uint16(free)) // the shortest that still fits
			lengths = append(lengths, uint8(min(n+rapid.IntRange(0, 1).Draw(t, "longer"), 15)))
		}
		free, codes := kraft(lengths), len(lengths)-bytes.Count(lengths, []byte{0})
		want := free == 0 || codes == 0 || codes == 1 && free == 1<<14
		c := codebook{lengths: lengths}
		table := make([]uint32, distsRoom)
		if got := c.fill(table, 3, distEntry); got != want {
			t.Fatalf("%v: %v, want %v", lengths, got, want)
		}
	})
}

// kraft is how many codes of 15 bits are left beside some of these lengths.
func kraft(lengths []uint8) int {
	free := 1 << 15
	for _, n := range lengths {
		if n > 0 {
			free -= 1 << (15 - n)
		}
	}
	return free
}

// TestInflateLongCodes: codes of up to 15 bits, of letters and of distances.
func TestInflateLongCodes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var text []byte
	for len(text) < 300_000 {
		b := byte(0)
		for b < 250 && r.IntN(2) == 0 { // each half as often as the one before
			b++
		}
		if n := min(len(text), 1<<r.IntN(16)); r.IntN(20) == 0 && n > 8 {
			text = append(text, text[len(text)-n:len(text)-n+8]...)
		}
		text = append(text, b)
	}
	for _, level := range []int{1, 5, 9, flate.HuffmanOnly} {
		if got := inflateBoth(t, packed(t, text, level)); !bytes.Equal(got, text) {
			t.Errorf("level %d: another text", level)
		}
		var out bytes.Buffer
		w, _ := klauspost.NewWriter(&out, level)
		_, _ = w.Write(text)
		_ = w.Close()
		if got := inflateBoth(t, out.Bytes()); !bytes.Equal(got, text) {
			t.Errorf("level %d of the writer's library: another text", level)
		}
	}
}

// FuzzInflate: on any bytes ours says what the library says.
func FuzzInflate(f *testing.F) {
	for _, text := range []string{"", "abc", strings.Repeat("abcabd", 100), strings.Repeat("Имя;Телефон\n", 3000)} {
		for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
			f.Add(packed(f, []byte(text), level))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		inflateBoth(t, data)
		inflateBoth(t, packed(t, data, flate.DefaultCompression))
	})
}
