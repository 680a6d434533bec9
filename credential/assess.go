package credential

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Basis is what an Expiry is based on.
type Basis string

// The bases.
const (
	BasisNone     Basis = ""         // nothing is known
	BasisRule     Basis = "rule"     // the rule says that it never expires
	BasisComputed Basis = "computed" // from Record.Start and the rule's lifetime
	BasisObserved Basis = "observed" // reported by the mall, or its admin screen
)

// startSlack is how far a Start may lie in the future: clocks differ a little.
const startSlack = 5 * time.Minute

// Expiry is the state of a credential at one instant.
type Expiry struct {
	State State `json:"state"`
	// when it expires (JST); zero: never, or not known
	End   time.Time     `json:"end,omitzero"`
	Never bool          `json:"never,omitempty"`
	Basis Basis         `json:"basis,omitempty"`
	Left  time.Duration `json:"-"` // until End, negative afterwards; 0 without an End
	// calendar days (JST) until the day of End, negative afterwards
	Days int `json:"days,omitempty"`
	// the shortest warning step reached; 0: none
	Step time.Duration `json:"-"`
	// when the next step, or the end, is reached; zero: nothing follows
	Next time.Time `json:"next,omitzero"`
	Why  Text      `json:"why,omitzero"` // the reason, for people
}

// Assess returns the state of a credential at an instant, computed from rule and record. It queries
// no mall.
//
// An end that the mall reported takes precedence over one computed from Start, and a refusal by the
// mall over both. Without an end the state is Unknown, even if a call has just succeeded: that does
// not show when the credential expires. It is Unknown, too, when Start is in the future, or when
// rule and record are of different malls or kinds. A credential whose rule is Never is Valid.
func Assess(rule Rule, record Record, now time.Time) Expiry {
	if rule.Mall != record.Mall || rule.Kind != record.Kind {
		return unknownBecause(say("この認証情報に合うルールがありません。", "There is no rule for this credential."))
	}
	seen := record.observation(rule)
	end, basis, why := lifeEnd(rule, record, seen, now)
	x := Expiry{End: end, Basis: basis, Why: why}
	if seen.State == Expired {
		// The mall's refusal is newer than any end: someone may have changed a password or stopped
		// the key.
		if end.After(now) || end.IsZero() {
			end = seen.At.In(order.JST)
			if seen.At.IsZero() {
				end = time.Time{}
			}
		}
		x = Expiry{State: Expired, End: end, Basis: BasisObserved,
			Why: said(say("モールがこの認証情報を拒否しました。", "The mall refused this credential."), seen.Words)}
		x.count(now)
		return x
	}
	if !seen.saysNothing() {
		x.Why = said(x.Why, record.Observed.Words)
	}
	switch {
	case basis == BasisNone:
		return x
	case end.IsZero():
		x.State, x.Never = Valid, true
		return x
	}
	x.count(now)
	x.State = Valid
	if x.Left <= 0 {
		x.State = Expired
		return x
	}
	x.Next = end
	for _, w := range applicable(rule, record, end) {
		if x.Left > w {
			x.Next = end.Add(-w)
			break
		}
		x.State, x.Step = Expiring, w
	}
	return x
}

// count fills in Left and Days.
func (x *Expiry) count(now time.Time) {
	if x.End.IsZero() {
		return
	}
	x.Left = x.End.Sub(now)
	x.Days = int(order.DateOf(x.End).Time().Sub(order.DateOf(now).Time()) / day)
}

// lifeEnd returns the end and the reason; a zero end with BasisRule means never.
func lifeEnd(rule Rule, record Record, seen Observation, now time.Time) (time.Time, Basis, Text) {
	if !seen.End.IsZero() {
		return seen.End.In(order.JST), BasisObserved,
			say("モールが示した期限です。", "The mall reported this expiry.")
	}
	if rule.Never {
		return time.Time{}, BasisRule, say("有効期限はありません。", "It does not expire.")
	}
	if record.Start.After(now.Add(startSlack)) {
		u := unknownBecause(say("起算日が未来の日付です。", "Its start lies in the future."))
		return u.End, u.Basis, u.Why
	}
	end, life := earliest(rule.lives(record), record.Start)
	if end.IsZero() {
		if seen.State == Valid {
			return end, BasisNone, say(
				"モールは受け付けましたが、期限は分かりません。"+rule.From.text().JA+"日をこのシステムに登録してください。",
				"The mall accepts it, but its expiry is unknown: enter the date of its "+
					rule.From.text().EN+" into this system.")

		}
		return end, BasisNone, say(
			"期限が分かりません。"+rule.From.text().JA+"日をこのシステムに登録してください。",
			"Its expiry is unknown: enter the date of its "+
				rule.From.text().EN+" into this system.")

	}
	started := record.Start.In(order.JST).Format("2006-01-02 15:04")
	return end, BasisComputed, say(
		fmt.Sprintf("%s(%s)から%sとして計算した期限です。", rule.From.text().JA, started, life.text().JA),
		fmt.Sprintf("The end is computed: %s from %s (%s JST).", life.text().EN,
			rule.From.text().EN, started))

}

// lives returns the lifetimes that apply to the record now. An observed condition remains valid
// after a renewal: at Yahoo! it depends on the public key, not on the consent.
func (r Rule) lives(record Record) []Lifetime {
	extended := record.Extended
	if seen := record.Observed.Extended; seen != NotSeen {
		extended = seen == Holds
	}
	if extended && len(r.Extended) > 0 {
		return r.Extended
	}
	return r.Lifetimes
}

// applicable returns the warning steps that are shorter than this life.
func applicable(rule Rule, record Record, end time.Time) []time.Duration {
	start := record.Start
	if start.IsZero() {
		// Only the end is known; the rule's own length shows which steps are too long.
		start = end
		if nominal, _ := earliest(rule.lives(record), end); !nominal.IsZero() {
			start = end.Add(-nominal.Sub(end))
		}
	}
	if !end.After(start) {
		return rule.Warn // the rule says never, yet the mall reported an end
	}
	var steps []time.Duration
	for _, w := range rule.Warn {
		if w < end.Sub(start) {
			steps = append(steps, w)
		}
	}
	return steps
}

// text returns the name of the origin.
func (o Origin) text() Text {
	switch o {
	case FromConsent:
		return say("同意", "consent")
	case FromRotation:
		return say("ローテーション", "rotation")
	}
	return say("発行", "issue")
}

func unknownBecause(why Text) Expiry { return Expiry{State: Unknown, Why: why} }

// said adds the mall's own words to a reason.
func said(why Text, words string) Text {
	if words = oneLine(words); words != "" {
		why.JA += "(モールの応答: " + words + ")"
		why.EN += " (the mall's answer: " + words + ")"
	}
	return why
}
