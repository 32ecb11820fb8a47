package phone

import (
	"github.com/nyaruka/phonenumbers"

	"cleanbase/internal/contact"
)

// Zones is the time zones, by their IANA names, that a number's owner may live
// in: one where the number tells it, several where it does not, none where
// nothing is known. The library's table knows the areas of landlines and the
// states of North America. Of Russian mobile numbers it says Moscow, wherever
// their owners live: these get every zone of Russia.
func Zones(p contact.Phone) []string {
	if p/1_000_000_000 == 79 {
		return russianZones()
	}
	zones, err := phonenumbers.GetTimezonesForPrefix(p.String())
	if err != nil || len(zones) == 1 && zones[0] == phonenumbers.UNKNOWN_TIMEZONE {
		return nil
	}
	return zones
}

// russianZones is those of zone.tab that differ today, from Moscow, where most
// people live, on by the number of people (roughly).
func russianZones() []string {
	return []string{"Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Irkutsk", "Europe/Samara", "Asia/Omsk", "Asia/Vladivostok",
		"Asia/Yakutsk", "Europe/Kaliningrad", "Asia/Magadan", "Asia/Kamchatka"}
}
