package contact

import (
	"encoding/json"
	"math/bits"
	"strings"
)

// Verdict is what becomes of a contact. A stronger one has a higher number.
type Verdict uint8

// The verdicts, weakest first. Merged is an outcome of records only.
const (
	Clean Verdict = iota
	Cold
	Hold
	Invalid
	Removed
	Merged
)

// Verdicts is every verdict of a contact, in the order that people are shown.
func Verdicts() []Verdict { return []Verdict{Clean, Cold, Hold, Removed, Invalid} }

var verdictNames = [...]string{"clean", "cold", "hold", "invalid", "removed", "merged"}

// String is the verdict's name in files and the audit database.
func (v Verdict) String() string { return verdictNames[v] }

// Reason is one reason code of a verdict.
type Reason uint8

// The reason codes, strongest verdict first. Numbers are stored: only add at
// the end.
const (
	OptOutListed Reason = iota
	OptOutFlag
	OptOutMessage
	OptOutPlatform
	OptOutLinked
	ComplaintListed
	ComplaintMessage
	ComplaintLinked
	ProtectedListed
	PhoneMissing
	PhoneInvalid
	PhoneDamaged
	PhoneNotMobile
	PhoneService
	PhonePlaceholder
	OptOutUnsure
	PhoneAmbiguous
	DeliveryUnreachable
	DeliverySuspectedSpam
	FrequencyRecent
	ConsentConflict
	ConsentMissing
	ConsentExpired
	ConsentOtherChannel
	ConsentUnproven
	ConsentValid
	ConsentInbound
	ConsentBotStarted
	numReasons
)

type reasonInfo struct {
	code    string
	verdict Verdict
	say     Text
}

var reasons = [numReasons]reasonInfo{
	OptOutListed:          {"optout.listed", Removed, T("is on an opt-out list", "есть в списке отказавшихся")},
	OptOutFlag:            {"optout.flag", Removed, T("is marked as unsubscribed in a contacts file", "отмечен как отписавшийся в файле контактов")},
	OptOutMessage:         {"optout.message", Removed, T("asked not to be written to", "сам попросил не писать")},
	OptOutPlatform:        {"optout.platform", Removed, T("unsubscribed or stopped the bot in the messenger", "отписался или остановил бота в мессенджере")},
	OptOutLinked:          {"optout.linked", Removed, T("shares a phone or e-mail with a person who refused", "связан общим телефоном или почтой с тем, кто отказался")},
	ComplaintListed:       {"complaint.listed", Removed, T("is on a complaints list", "есть в списке жалоб")},
	ComplaintMessage:      {"complaint.message", Removed, T("complained or threatened to", "жаловался или грозил пожаловаться")},
	ComplaintLinked:       {"complaint.linked", Removed, T("shares a phone or e-mail with a person who complained", "связан общим телефоном или почтой с тем, кто жаловался")},
	ProtectedListed:       {"protected.listed", Removed, T("is on the list of people never to be mailed", "есть в списке тех, кому не пишут никогда")},
	PhoneMissing:          {"phone.missing", Invalid, T("has no phone", "нет телефона")},
	PhoneInvalid:          {"phone.invalid", Invalid, T("has a phone that does not exist", "такого номера не бывает")},
	PhoneDamaged:          {"phone.damaged", Invalid, T("has a phone whose digits a spreadsheet lost", "таблица потеряла часть цифр номера")},
	PhoneNotMobile:        {"phone.not_mobile", Invalid, T("has only a landline", "номер городской, не мобильный")},
	PhoneService:          {"phone.service", Invalid, T("has a service number: toll-free, premium or short", "номер служебный: бесплатный, платный или короткий")},
	PhonePlaceholder:      {"phone.placeholder", Invalid, T("has a made-up phone", "номер выдуманный, для заполнения поля")},
	OptOutUnsure:          {"optout.unsure", Hold, T("may have refused: a person must read the message", "возможно, отказался: сообщение должен прочитать человек")},
	PhoneAmbiguous:        {"phone.ambiguous", Hold, T("has a phone that can be read in two ways", "номер можно прочитать по-разному")},
	DeliveryUnreachable:   {"delivery.unreachable", Hold, T("is not on the messenger", "нет в мессенджере")},
	DeliverySuspectedSpam: {"delivery.suspected_spam", Hold, T("the messenger took the last message for spam", "последнее сообщение мессенджер счёл спамом")},
	FrequencyRecent:       {"frequency.recent", Hold, T("was written to too recently", "ему писали совсем недавно")},
	ConsentConflict:       {"consent.conflict", Hold, T("the files disagree about consent", "в файлах разное о согласии")},
	ConsentMissing:        {"consent.missing", Cold, T("no consent is known", "согласие неизвестно")},
	ConsentExpired:        {"consent.expired", Cold, T("the consent is too old", "согласие устарело")},
	ConsentOtherChannel:   {"consent.other_channel", Cold, T("the consent is for another channel", "согласие дано на другой канал")},
	ConsentUnproven:       {"consent.unproven", Cold, T("the consent has no date or source", "у согласия нет даты или источника")},
	ConsentValid:          {"consent.valid", Clean, T("agreed to be written to", "согласился на рассылку")},
	ConsentInbound:        {"consent.inbound", Clean, T("wrote first", "написал первым")},
	ConsentBotStarted:     {"consent.bot_started", Clean, T("started the bot", "запустил бота")},
}

// Reasons is every reason, strongest verdict first.
func Reasons() []Reason {
	all := make([]Reason, numReasons)
	for i := range all {
		all[i] = Reason(i)
	}
	return all
}

// String is the reason's code.
func (r Reason) String() string { return reasons[r].code }

// Verdict is the verdict that the reason gives.
func (r Reason) Verdict() Verdict { return reasons[r].verdict }

// Say is the reason in words, the predicate of a sentence about the contact.
func (r Reason) Say() Text { return reasons[r].say }

// ReasonSet is a set of reasons, a bit each.
type ReasonSet uint32

// With is the set and r.
func (s ReasonSet) With(r Reason) ReasonSet { return s | 1<<r }

// Has tells whether r is in the set.
func (s ReasonSet) Has(r Reason) bool { return s>>r&1 == 1 }

// Verdict is the strongest verdict of the set's reasons; Cold for an empty
// set, since nothing speaks for writing.
func (s ReasonSet) Verdict() Verdict {
	if s == 0 {
		return Cold
	}
	v := Clean
	for rest := s; rest != 0; rest &= rest - 1 {
		v = max(v, Reason(bits.TrailingZeros32(uint32(rest))).Verdict())
	}
	return v
}

// List is the set's reasons, strongest verdict first.
func (s ReasonSet) List() []Reason {
	list := make([]Reason, 0, bits.OnesCount32(uint32(s)))
	for rest := s; rest != 0; rest &= rest - 1 {
		list = append(list, Reason(bits.TrailingZeros32(uint32(rest))))
	}
	return list
}

// Codes is the set's codes, strongest verdict first.
func (s ReasonSet) Codes() []string {
	list := s.List()
	codes := make([]string, len(list))
	for i, r := range list {
		codes[i] = r.String()
	}
	return codes
}

// JSON is the codes as a JSON array.
func (s ReasonSet) JSON() string {
	b, _ := json.Marshal(s.Codes()) // strings always marshal
	return string(b)
}

// String is the codes with "; " between, as the lists show them.
func (s ReasonSet) String() string { return strings.Join(s.Codes(), "; ") }
