package report

import (
	"cleanbase/internal/contact"
)

// answer is the first screen: may I send, to how many, what first.
type answer struct {
	Class string // yes, warn, no
	Title string
	Lead  []phrase
	First []todo // must be done or read before sending
	Then  []string
}

// todo is one finding as something to do.
type todo struct{ Level, Name, Text string }

// answer says yes only to a published list: whatever else a status may be, it
// is no leave to send.
func (b *builder) answer() answer {
	a := answer{First: b.first()}
	clean, stopped := b.s.Contacts.Clean, b.s.Gate.Result == "stop"
	switch {
	case b.s.Status == "dry-run":
		b.dryRun(&a)
	case b.s.Status != "published":
		b.withheld(&a)
	case stopped:
		b.atRisk(&a)
	case b.contacts() == 0:
		a.Class, a.Title = "no", b.tr("There is nobody to send to", "Отправлять некому")
		a.Lead = []phrase{plain(b.tr("Not one contact stands in the files. Is it the right export, and whole?", "В файлах нет ни одного контакта. Та ли это выгрузка, полная ли она?"))}
	case clean == 0 && b.inCleanList() == 0:
		a.Class, a.Title = "no", b.tr("There is nobody to send to", "Отправлять некому")
		a.Lead = []phrase{plain(b.tr("Not one contact has a usable phone, a valid consent and no refusal. The reasons below say what is missing.",
			"Ни у кого нет сразу пригодного телефона и действующего согласия без отказа. Чего не хватает, сказано в причинах ниже."))}
	case len(a.First) > 0:
		a.Class, a.Title = "warn", b.trf("Yes, to %s, but read the warnings first", "Да, %s, но сначала прочитайте предупреждения", b.toContacts(clean))
	default:
		a.Class, a.Title = "yes", b.trf("Yes, to %s", "Да, %s", b.toContacts(clean))
	}
	if b.s.Status == "published" {
		a.Lead = append(a.Lead, b.where()...)
	}
	a.Then = b.then()
	return a
}

func (b *builder) dryRun(a *answer) {
	a.Class, a.Title = "warn", b.tr("Not yet: this was a dry run", "Пока нет: это был пробный запуск")
	a.Lead = []phrase{plain(b.trf("Nothing was written. A real run over the same files would find %s clean.",
		"Ничего не записано. Настоящий запуск по тем же файлам оставил бы в чистом списке %s.", b.many(b.s.Contacts.Clean, nounContact)))}
}

func (b *builder) withheld(a *answer) {
	a.Class, a.Title = "no", b.tr("No, do not send", "Нет, отправлять нельзя")
	a.Lead = []phrase{plain(b.trf("The clean list is withheld (%s). Mend what is said below and run again; all the other lists are there.",
		"Чистый список не выдан (%s). Исправьте то, что сказано ниже, и запустите снова; остальные списки готовы.", b.many(b.s.Contacts.Clean, nounContact)))}
}

// atRisk is a list that was published against the gate.
func (b *builder) atRisk(a *answer) {
	a.Class, a.Title = "no", b.trf("At your own risk: %s", "На ваш риск: %s", b.many(b.s.Contacts.Clean, nounContact))
	a.Lead = []phrase{plain(b.tr("The check said do not send. The list was published all the same, and that is on record.",
		"Проверка сказала «не отправлять». Список всё же выдан, и это записано."))}
	if b.s.AcceptedRisk != "" {
		a.Lead = append(a.Lead, phrase{{Text: b.tr("The reason given: ", "Названная причина: ")}, {Text: shown(b.s.AcceptedRisk), User: true}})
	}
}

// toContacts is "5 contacts" in the case that follows "send to".
func (b *builder) toContacts(n int64) string {
	return b.many(n, noun{nounContact.en, []string{"контакту", "контактам", "контактам"}})
}

// inCleanList is how many rows the published clean list holds.
func (b *builder) inCleanList() int64 {
	var n int64
	for _, f := range b.s.Files {
		if isPart(f.Name, "clean") {
			n += f.Rows
		}
	}
	return n
}

// isPart tells whether a file is the list of that name or goes on with it.
func isPart(file, list string) bool {
	return len(file) > len(list) && file[:len(list)] == list && (file[len(list)] == '.' || file[len(list)] == '-')
}

// where says which file to send to and what else is in it.
func (b *builder) where() []phrase {
	var lead []phrase
	var more int64 = -1
	for _, f := range b.s.Files {
		if isPart(f.Name, "clean") {
			more++
		}
	}
	if file := b.listFile("clean"); file != "" && b.inCleanList() > 0 {
		s := b.trf("The file to send to: %s.", "Файл для отправки: %s.", file)
		if more > 0 {
			s = b.trf("The file to send to: %s, and %s more that go on with it.", "Файл для отправки: %s и его продолжения (%s).", file, b.num(more))
		}
		lead = append(lead, plain(s))
	}
	if extra := b.inCleanList() - b.s.Contacts.Clean; extra > 0 {
		lead = append(lead, plain(b.trf("The list also holds %s without a consent to rely on, because the policy keeps them: the column “cold” marks them.",
			"По настройке политики в списке есть и %s без надёжного согласия: их отмечает колонка «cold».", b.many(extra, nounContact))))
	}
	return lead
}

// first is the gate's findings, stops before warnings as the gate gives them.
func (b *builder) first() []todo {
	var list []todo
	for i := range b.s.Gate.Findings {
		f := &b.s.Gate.Findings[i]
		list = append(list, todo{Level: levelClass(f.Level), Name: b.word(levelWord, f.Level), Text: b.finding(f)})
	}
	return list
}

// levelClass is the style of a finding's level; an unknown one stops.
func levelClass(level string) string {
	if level == "warn" {
		return "warn"
	}
	return "stop"
}

// finding is a finding in words. A summary read back from its file has only
// those of its own language.
func (b *builder) finding(f *contact.Finding) string {
	say := f.Say.In(b.l)
	if say == "" {
		say = f.Said
	}
	if say == "" {
		say = f.Code
	}
	return tidy(sentence(say, f.Where), maxSentence)
}

// then is what to do with the other lists, in the order of its use.
func (b *builder) then() []string {
	var list []string
	add := func(n int64, text string) {
		if n > 0 {
			list = append(list, text)
		}
	}
	c := b.s.Contacts
	sending := b.s.Status == "published" && b.s.Gate.Result != "stop"
	if sending {
		add(c.Clean, b.tr("Send in small waves, to those who wrote to you lately first: cleanbase plan cuts the list so. Say in every message how to refuse.",
			"Отправляйте небольшими волнами, начиная с тех, кто недавно писал вам сам: так делит список команда cleanbase plan. В каждом сообщении говорите, как отказаться."))
	}
	add(c.Hold, b.trf("On hold: %s. A person must look at them; the reasons say at what.", "На проверке: %s. Их должен посмотреть человек; на что смотреть, сказано в причинах.", b.many(c.Hold, nounContact)))
	add(c.Cold, b.trf("Cold: %s. Ask for their consent before any mailing.", "Холодные: %s. Прежде чем рассылать, спросите у них согласие.", b.many(c.Cold, nounContact)))
	if b.listFile("suppressions") != "" {
		add(c.Removed, b.tr("Load suppressions.csv into your CRM and mailing service, so that refused people do not come back.",
			"Загрузите suppressions.csv в CRM и сервис рассылок, чтобы отказавшиеся не возвращались."))
	}
	return list
}
