package refusal

import (
	"strings"
	"testing"
)

// BenchmarkChat is the mix of a day: messages that say nothing, most of them
// with no word of any rule.
func BenchmarkChat(b *testing.B) {
	r := newReader(b, Options{})
	var texts []string
	bytes := 0
	for _, m := range loadLabelled(b) {
		if m.class == 0 {
			texts = append(texts, m.text)
			bytes += len(m.text)
		}
	}
	b.ReportAllocs()
	b.SetBytes(int64(bytes / len(texts)))
	i := 0
	for b.Loop() {
		r.Read(texts[i])
		if i++; i == len(texts) {
			i = 0
		}
	}
}

func benchOne(b *testing.B, text string) {
	r := newReader(b, Options{Signs: []Sign{{Text: "0"}}})
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Read(text)
	}
}

func BenchmarkOrdinary(b *testing.B) {
	benchOne(b, "Добрый день! Подскажите, пожалуйста, когда будет готов мой заказ и можно ли забрать его в субботу?")
}

func BenchmarkOrdinaryEnglish(b *testing.B) {
	benchOne(b, "Hi there, could you tell me when my order will be ready and if I can pick it up on Saturday?")
}

func BenchmarkRefusal(b *testing.B) {
	benchOne(b, "Здравствуйте, больше не присылайте мне рекламу")
}

func BenchmarkLong(b *testing.B) {
	benchOne(b, strings.Repeat("не пишите цену на коробке, хватит одной. ", 2000))
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newReader(b, Options{})
	}
}
