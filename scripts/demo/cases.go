package main

import (
	"strings"
	"time"
)

// The cases below have names of their own, so that a reader of the README can
// look them up in the lists. Each says which reason it is there for.

const nobody = "" // no e-mail, no channel, no note

// refusals are people who said no, people who share a phone or an address with
// them, and people who complained.
func (b *base) refusals() {
	good := func(last, first string) person { return b.named(last, first).agreed(b.recent(), "Сайт") }

	// optout.listed, by the second number of a cell as well as by the first.
	listed := good("Морошкина", "Валентина")
	second := good("Брусникина", "Эльвира")
	other := b.mobile()
	second.phone = b.written(second.mobile) + ", " + b.written(other)
	b.stop(listed.mobile, "02.09.2026", nobody, "просила больше не писать")
	b.stop(other, "15.03.2026", "WhatsApp", "ответила «стоп» с номера мужа")

	// optout.flag: a column, a tag, and a word where a consent belongs.
	flagged := good("Сливкин", "Эдуард")
	flagged.out = "да"
	labelled := good("Черешнева", "Инна")
	labelled.tags = "кошки, не писать"
	worded := good("Крапивин", "Рудольф")
	worded.says, worded.on = "отписался", time.Time{}

	// optout.linked: a husband's refusal by the family's address, and a refusal
	// by a phone that is another's second one.
	igor, larisa := good("Тополев", "Игорь"), good("Тополева", "Лариса")
	larisa.email = igor.email
	b.stop(igor.mobile, "21.06.2026", nobody, "обоим не писать, сказал муж")
	roman, ksenia := good("Ежов", "Роман"), good("Ежова", "Ксения")
	roman.work = "8" + ksenia.mobile
	b.stop(roman.mobile, "11.01.2026", "все", nobody)

	// complaint.listed by phone and by e-mail, complaint.linked by e-mail.
	fedor, nina := good("Щукарёв", "Фёдор"), good("Щукарёва", "Нина")
	nina.email = fedor.email
	b.trouble(entry{phone: b.written(fedor.mobile), date: "14.10.2026", channel: "WhatsApp", note: "Это спам! Ещё раз напишете — пойду в ФАС"})
	zhanna := good("Полынина", "Жанна")
	b.trouble(entry{email: strings.ToUpper(zhanna.email), date: "03.08.2026", channel: "email", note: "Пишет, что адреса нам не давала,\nтребует удалить"})
	for i := range 4 {
		b.trouble(entry{phone: b.written(b.crm[i*31+4].mobile), date: day(b.since(2026)), channel: b.pick(stopChannels), note: b.pick(troubles)})
	}
	b.crm = append(b.crm, listed, flagged, igor, roman, fedor, zhanna, worded)
	b.shop = append(b.shop, second, labelled, larisa, ksenia, nina)
}

var troubles = []string{"грозит жалобой, рассылка пришла в час ночи", "жалоба в мессенджер на спам", "пожаловалась продавцу: \"пишете каждый день\"", "жалоба через банк-эквайер; разобрались"}

func (b *base) stop(phone, on, channel, note string) {
	b.stops = append(b.stops, entry{phone: b.written(phone), date: on, channel: channel, note: note})
}

func (b *base) trouble(e entry) { b.troubles = append(b.troubles, e) }

// agree notes a consent in the site's register.
func (b *base) agree(p *person, on, channel string) {
	b.consents = append(b.consents, entry{phone: "+7" + p.mobile, email: p.email, date: on, channel: channel, note: b.pick(consentForms), version: version(on)})
}

// version is the text that the site showed on that day.
func version(on string) string {
	shown := ""
	for _, v := range textVersions {
		if v.since <= on {
			shown = v.name
		}
	}
	return shown
}

// liftings are people who refused and then agreed: some of them can be written
// to again, most can't.
func (b *base) liftings() {
	for _, c := range []struct {
		last, first            string
		stopped, stopChannel   string
		agreed, consentChannel string
	}{
		{"Ручьёв", "Павел", "10.02.2025", "", "2025-09-05 18:40:12", ""},                        // lifted: a later, dated consent
		{"Озёрная", "Марина", "17.04.2025", "Telegram", "2026-02-20 11:03:44", "Telegram"},      // lifted on its channel
		{"Каменский", "Олег", "03.06.2025", "", "2025-06-03 14:05:00", ""},                      // not: the same day, a tie
		{"Луговая", "Тамара", "", "", "2026-05-11 09:31:27", ""},                                // not: the refusal has no date
		{"Северцева", "Глафира", "20.08.2025", "", "", ""},                                      // not: the consent has none
		{"Северцев", "Глеб", "12.12.2024", "", "2026-01-15 20:15:09", "email"},                  // not: a word for e-mail lifts no refusal of all
		{"Болотная", "Ираида", "2 июля 2026", "все", "2025-12-30 10:00:00", "любой"},            // not: the refusal is the newer word
		{"Озерков", "Всеволод", "25.05.2025 16:20", "WhatsApp", "2025-05-25 18:02:31", "любой"}, // lifted: hours are known on both sides
	} {
		p := b.named(c.last, c.first)
		b.stop(p.mobile, c.stopped, c.stopChannel, nobody)
		b.agree(&p, c.agreed, c.consentChannel)
		b.crm = append(b.crm, p)
	}

	// Not lifted: being in a contacts file again, however well dated, is no consent.
	vera := b.named("Ключева", "Вера").agreed(date(2026, 10, 1), "Анкета в магазине")
	b.stop(vera.mobile, "08.08.2025", nobody, "удалить отовсюду")
	// Not lifted: no consent takes a complaint back.
	zina := b.named("Порогова", "Зинаида").agreed(date(2026, 9, 9), "Сайт")
	b.trouble(entry{phone: b.written(zina.mobile), date: "19.11.2025", channel: "SMS", note: "жалоба оператору связи"})
	b.agree(&zina, "2026-09-09 12:00:00", nobody)
	b.shop = append(b.shop, vera, zina)
}

// consentCases are people of whose consent something is to be said.
func (b *base) consentCases() {
	// consent.conflict: yes in the CRM, no in the shop, and the no has no date.
	alena := b.named("Быстрова", "Алёна").agreed(date(2025, 5, 20), "Сайт")
	alenaShop := alena
	alenaShop.says, alenaShop.on, alenaShop.from, alenaShop.phone = "нет", time.Time{}, "", b.written(alena.mobile)
	// consent.conflict: the date beside a no is a consent's, it does not say when
	// the no was said.
	stas := b.named("Затонский", "Станислав").agreed(date(2025, 2, 3), "Касса, бланк")
	stasShop := stas
	stasShop.says, stasShop.on, stasShop.from, stasShop.phone = "нет", date(2025, 10, 14), "", "8"+stas.mobile
	// consent.missing: agreed to data processing only.
	only := b.named("Пескарёва", "Антонина")
	// consent.missing: a date that has not come yet.
	typo := b.named("Завтраков", "Герман").agreed(date(2027, 3, 12), "Сайт")
	// consent.unproven where the policy asks for proof, else consent.valid.
	bare := b.named("Солнцева", "Мила").agreed(time.Time{}, "")
	sourceless := b.named("Лунина", "Рената").agreed(date(2026, 1, 30), "")
	// consent.expired since midnight, and valid for the day, as of 2026-11-20.
	gone := b.named("Вчерашний", "Авдей").agreed(date(2024, 11, 19), "Бонусная карта")
	last := b.named("Сегодняшний", "Авдей").agreed(date(2024, 11, 20), "Бонусная карта")
	b.crm = append(b.crm, alena, stas, only, typo, bare, sourceless, gone, last)
	b.shop = append(b.shop, alenaShop, stasShop)

	// consent.other_channel with --channel max: the register knows them for
	// something else alone.
	for i, channel := range []string{"СМС", "email", "СМС", "звонки", "email", "Telegram"} {
		p := b.named([]string{"Эхова", "Гудкова", "Звонова", "Голосова", "Письменная", "Весточкина"}[i], b.pick(women))
		b.agree(&p, stamp(b.recent()), channel)
		b.crm = append(b.crm, p)
	}
}
