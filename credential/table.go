package credential

import (
	"fmt"
	"strings"
	"time"
)

// Table returns the built-in rules as a Markdown table, as in rules.md.
func Table(lang Lang) string { return (*Rulebook)(nil).Table(lang) }

// Table returns all rules as a Markdown table, the built-in ones first, then the added ones in
// their order.
func (b *Rulebook) Table(lang Lang) string {
	var out strings.Builder
	row := func(cells ...Text) {
		for _, c := range cells {
			// A cell is one line, and a bar would end it.
			out.WriteString("| " + strings.ReplaceAll(strings.Join(strings.Fields(c.In(lang)), " "),
				"|", `\|`) + " ")
		}
		out.WriteString("|\n")
	}
	row(say("モール", "Mall"), say("認証情報", "Credential"), say("有効期間", "Valid for"),
		say("起算", "Counted from"),
		say("更新時の旧キー", "Old one after renewal"), say("更新方法・場所", "Renewed how, where"),
		say("通知(期限までの残り)", "Warnings before the end"), say("確かさ", "Certainty"))
	out.WriteString(strings.Repeat("| --- ", 8) + "|\n")
	for _, r := range b.Rules() {
		row(mallName(r.Mall), r.Name, r.lifeText(), r.originText(), orDash(r.OverlapNote),
			r.renewalText(), r.warnText(), r.sureText())
	}
	return out.String()
}

func orDash(t Text) Text {
	if t.IsZero() {
		return say("–", "–")
	}
	return t
}

func (r Rule) lifeText() Text {
	if r.Never {
		return say("無期限", "does not expire")
	}
	t := livesText(r.Lifetimes)
	if len(r.Extended) > 0 {
		long := livesText(r.Extended)
		t.JA += "。" + r.ExtendedWhile.JA + "は" + long.JA
		t.EN += "; " + long.EN + " " + r.ExtendedWhile.EN
	}
	return t
}

// livesText is "90 days (until 23:59:59 JST) or 3 months, whichever is earlier".
func livesText(lives []Lifetime) Text {
	var ja, en []string
	endOfDay := true
	for _, l := range lives {
		ja, en = append(ja, l.text().JA), append(en, l.text().EN)
		endOfDay = endOfDay && l.EndOfDay
	}
	t := say(strings.Join(ja, "または"), strings.Join(en, " or "))
	if len(lives) > 1 {
		t.JA += "の早いほう"
		t.EN += ", the earlier"
	}
	if endOfDay {
		t.JA += "(最終日の23:59:59まで)"
		t.EN += " (until 23:59:59 JST)"
	}
	return t
}

func (r Rule) originText() Text {
	if r.Never {
		return say("–", "–")
	}
	return r.From.text()
}

func (r Rule) renewalText() Text {
	var who Text
	switch r.Renewal {
	case RenewedByNobody:
		return say("–", "–")
	case RenewedByClient:
		return say("自動", "automatic")
	case RenewedByProgram:
		who = say("自動化可", "can be automated")
	default:
		who = say("手動", "by hand")
	}
	return say(who.JA+": "+r.Where.JA, who.EN+": "+r.Where.EN)
}

func (r Rule) warnText() Text {
	if len(r.Warn) == 0 {
		return say("–", "–")
	}
	var ja, en []string
	for _, w := range r.Warn {
		switch {
		case w%day == 0:
			ja, en = append(ja, fmt.Sprintf("%d日", w/day)), append(en, fmt.Sprintf("%d d", w/day))
		case w%time.Hour == 0:
			ja = append(ja, fmt.Sprintf("%d時間", w/time.Hour))
			en = append(en, fmt.Sprintf("%d h", w/time.Hour))
		default:
			ja, en = append(ja, w.String()), append(en, w.String())
		}
	}
	return say(strings.Join(ja, "・"), strings.Join(en, ", "))
}

func (r Rule) sureText() Text {
	var t Text
	switch r.Sure {
	case Documented:
		t = say("公式", "documented")
	case Measured:
		t = say("実測", "measured")
	case Reported:
		t = say("複数の報告", "reported")
	default:
		t = say("不確か", "uncertain")
	}
	if !r.Doubt.IsZero() {
		t.JA += "。" + r.Doubt.JA
		t.EN += ": " + r.Doubt.EN
	}
	return t
}
