package timeslot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// In returns the slot as people write it: 14:00～16:00, 午前中, 指定なし, or in English. For an unresolved
// slot it says only that the label could not be read.
func (s Slot) In(lang Lang) string {
	from, to := s.clocks()
	switch s.Kind() {
	case KindUnresolved:
		return Text{JA: "判読できません", EN: "not readable"}.In(lang)
	case KindNoPreference:
		return Text{JA: "指定なし", EN: "no preference"}.In(lang)
	case KindMorning:
		return Text{JA: "午前中", EN: "morning"}.In(lang)
	case KindAfternoon:
		return Text{JA: "午後", EN: "afternoon"}.In(lang)
	case KindNight:
		return Text{JA: "夜間", EN: "night"}.In(lang)
	case KindWindow:
		return Text{JA: from.String() + "～" + to.String(), EN: s.String()}.In(lang)
	case KindUntil:
		return Text{JA: to.String() + "まで", EN: "until " + to.String()}.In(lang)
	case KindFrom:
		return Text{JA: from.String() + "以降", EN: "from " + from.String()}.In(lang)
	}
	return s.String()
}

// In returns the day as it stands in a sentence: 2026年6月6日, or String in English. It is empty for
// the zero Date.
func (d Date) In(lang Lang) string {
	day := fmt.Sprintf("%d月%d日", int(d.Month), d.Day)
	switch {
	case lang != Japanese || d.IsZero():
		return d.String()
	case d.Year == 0:
		return day
	}
	return strconv.Itoa(d.Year) + "年" + day
}

// In returns Name in Japanese and EnglishName in English.
func (c Carrier) In(lang Lang) string {
	return Text{JA: c.Name(), EN: c.EnglishName()}.In(lang)
}

// In returns the error as a sentence for the shop's staff. It names the nearest slots on offer: of
// those that share time with the wish, or of all if none does.
func (e *NotOfferedError) In(lang Lang) string {
	near := slices.DeleteFunc(slices.Clone(e.Nearest),
		func(s Slot) bool { return !overlap(s, e.Slot) })
	if len(near) == 0 {
		near = e.Nearest
	}
	names := make([]string, len(near))
	for i, s := range near {
		names[i] = s.In(lang)
	}
	who, slot := e.Carrier.In(lang), e.Slot.In(lang)
	said := Text{JA: who + "では「" + slot + "」をお届け時間帯に指定できません",
		EN: who + " does not offer the slot " + slot}
	if len(names) > 0 {
		said.JA += "（近い時間帯：" + strings.Join(names, "、") + "）"
		said.EN += " (nearest: " + strings.Join(names, ", ") + ")"
	}
	return said.In(lang)
}
