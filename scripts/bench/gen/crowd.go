package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// The columns of a record that are more than text.
const (
	columns   = 12
	colID     = 0
	colPhone  = 4
	colBirth  = 7
	colCreate = 8
)

// record is one row of contacts: its cells as the CSV has them, and what the
// workbook keeps as numbers.
type record struct {
	cells   [columns]string
	number  bool    // the phone is nothing but digits and became a number
	birth   int     // day of the spreadsheet calendar, 0 for none
	created float64 // the same, with the time of day
}

// crowd makes people up.
type crowd struct {
	*rand.Rand
	n      int
	issued []string // ten-digit numbers that somebody has
	buf    []byte
}

// remembered bounds how many numbers can come again.
const remembered = 1 << 18

func newCrowd(seed uint64) *crowd {
	return &crowd{Rand: rand.New(rand.NewPCG(seed, 0xbe4c))}
}

func (c *crowd) pick(words []string) string { return words[c.IntN(len(words))] }

// chance is true so many times in a thousand.
func (c *crowd) chance(permille int) bool { return c.IntN(1000) < permille }

// next makes the next record.
func (c *crowd) next(r *record) {
	c.n++
	cells := &r.cells
	cells[colID] = strconv.Itoa(700_000 + c.n)
	name := c.IntN(len(surnames))
	cells[1], cells[2] = surnames[name], c.pick(givenNames)
	if c.chance(620) {
		cells[3] = c.pick(patronymics)
	}
	cells[colPhone], r.number = c.phoneCell()
	if c.chance(790) {
		cells[5] = c.email(cells[2])
	}
	cells[6] = c.pick(towns)
	if c.chance(680) {
		at := epoch.AddDate(0, 0, 18_000+c.IntN(21_000)) // 1949 to 2006
		cells[colBirth], r.birth = at.Format(time.DateOnly), days(at)
	}
	at := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(c.IntN(7*365*86_400)) * time.Second)
	cells[colCreate], r.created = at.Format(time.DateTime), at.Sub(epoch).Hours()/24
	cells[9] = c.pick(answers)
	cells[10] = c.labels()
	if c.chance(450) {
		cells[11] = c.pick(remarks)
	}
}

// epoch is day 0 of the spreadsheet calendar, for all dates after February 1900.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func days(at time.Time) int { return int(at.Sub(epoch).Hours() / 24) }

// day is a day of so many years, beginning with that one.
func (c *crowd) day(year, years int) string {
	return time.Date(year, 1, 1+c.IntN(365*years), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// email is an address that only this record has.
func (c *crowd) email(given string) string {
	c.buf = append(c.buf[:0], mailNames[len(given)%len(mailNames)]...)
	c.buf = append(c.buf, '_')
	c.buf = strconv.AppendInt(c.buf, int64(c.n), 36)
	c.buf = append(c.buf, '@')
	return string(append(c.buf, c.pick(hosts)...))
}

// labels is up to three tags with commas between.
func (c *crowd) labels() string {
	switch c.IntN(4) {
	case 0:
		return ""
	case 1:
		return c.pick(labelWords)
	case 2:
		return c.pick(labelWords) + ", " + c.pick(labelWords)
	}
	return c.pick(labelWords) + ", " + c.pick(labelWords) + ", " + c.pick(labelWords)
}

// What people, places and remarks are called.
var (
	surnames = crossed(strings.Fields("Бел Ветр Гор Дубр Звон Зим Калин Колос Кузн Лугов Мороз Озер Остров Полян Родник Рощ Сад Север Снег Степ Туман Холм Чайк Ясен Сосн Берег Клён Ливн Ключ Утёс"),
		strings.Fields("ов ин овский кин ецкий енко ников яев ухин ушкин"))
	givenNames  = strings.Fields("Александр Анна Антон Борис Вера Виктор Галина Глеб Дарья Денис Евгений Елена Зоя Иван Игорь Инна Кирилл Ксения Лариса Лев Максим Марина Мария Никита Нина Олег Ольга Павел Полина Роман Светлана Семён Сергей Софья Тамара Тимур Ульяна Фёдор Юлия Яна")
	patronymics = strings.Fields("Алексеевич Алексеевна Андреевич Андреевна Борисович Борисовна Викторович Викторовна Игоревич Игоревна Львович Львовна Олегович Олеговна Павлович Павловна Романович Романовна Сергеевич Сергеевна")
	towns       = strings.Split("Архангельск,Барнаул,Владимир,Вологда,Воронеж,Екатеринбург,Иваново,Иркутск,Казань,Калуга,Кострома,Краснодар,Москва,Москва,Мурманск,Нижний Новгород,Новосибирск,Омск,Пермь,Псков,Ростов-на-Дону,Самара,Санкт-Петербург,Санкт-Петербург,Саратов,Смоленск,Тверь,Томск,Тула,Уфа,Челябинск,Ярославль", ",")
	mailNames   = strings.Fields("anna boris client galina hello igor kot lena mail nika office pavel roman shop tanya vera")
	hosts       = strings.Fields("example.com example.org example.net mail.example.com post.example.org inbox.example.net")
	answers     = []string{"да", "да", "Да", "да", "ДА", "1", "yes", "+", "true", "нет", "Нет", "", "", "0", "отписан"}
	labelWords  = strings.Fields("vip опт розница новый постоянный лид выставка вебинар акция бонус самовывоз доставка")
	remarks     = []string{"звонить вечером", "заказ с сайта", `просит прайс "опт", срочно`, "оплата по счёту; ждём", "возможно, дубль", "приходил с выставки, интересовался ценами", "перенесли на понедельник", "скидка 5 %"}
	channels    = strings.Fields("any sms whatsapp telegram max call email")
	complaints  = []string{"спам", "жалоба оператору", "пишете ночью", "обещал обратиться в ФАС"}
)

// crossed is every stem with every ending.
func crossed(stems, endings []string) []string {
	all := make([]string, 0, len(stems)*len(endings))
	for _, s := range stems {
		for _, e := range endings {
			all = append(all, s+e)
		}
	}
	return all
}
