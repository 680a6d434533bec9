package credential

import (
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Basis is where an Expiry's statement comes from.
type Basis string

// The bases.
const (
	BasisNone     Basis = ""         // nothing is known
	BasisRule     Basis = "rule"     // the rule says that it never ends
	BasisComputed Basis = "computed" // from Record.Start and the rule's lifetime
	BasisObserved Basis = "observed" // the mall, or its admin screen, said so
)

// startSlack is how far a Start may lie in the future before it is taken for a mistake: clocks differ a little.
const startSlack = 5 * time.Minute

// Expiry is what can be said of a credential at one instant.
type Expiry struct {
	State State         `json:"state"`
	End   time.Time     `json:"end,omitzero"` // from this instant (JST) on it is over; zero: it never ends, or nobody knows
	Never bool          `json:"never,omitempty"`
	Basis Basis         `json:"basis,omitempty"`
	Left  time.Duration `json:"-"`              // until End, negative afterwards; 0 without an End
	Days  int           `json:"days,omitempty"` // days of the calendar in JST until End's day, negative afterwards
	Step  time.Duration `json:"-"`              // the warning step that is reached: the shortest of those; 0: none
	Next  time.Time     `json:"next,omitzero"`  // when the next step is reached, or the end; zero: nothing more comes
	Why   Text          `json:"why,omitzero"`   // where the statement comes from, for people
}

// Assess tells how a credential stands at an instant. It asks nobody: it works out what the rule and the record say.
//
// An end that the mall told beats a computed one, and a refusal by the mall beats both. Without either and without a Start the
// state is Unknown, even if a call has just succeeded: that it works now does not tell when it ends. So it is when the Start
// lies in the future, or the record is of another mall or kind than the rule.
func Assess(rule Rule, record Record, now time.Time) Expiry {
	if rule.Mall != record.Mall || rule.Kind != record.Kind {
		return unknownBecause(say("この認証情報に合うルールがありません。", "There is no rule for this credential."))
	}
	seen := record.observation(rule)
	end, basis, why := lifeEnd(rule, record, seen, now)
	x := Expiry{End: end, Basis: basis, Why: why}
	if seen.State == Expired {
		// The mall's refusal is newer than any end: the person may have changed a password or stopped the key.
		if end.After(now) || end.IsZero() {
			end = seen.At.In(order.JST)
			if seen.At.IsZero() {
				end = time.Time{}
			}
		}
		x = Expiry{State: Expired, End: end, Basis: BasisObserved, Why: said(say("モールがこの認証情報を拒否しました。", "The mall refused it."), seen.Words)}
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

// count fills in how long there is left.
func (x *Expiry) count(now time.Time) {
	if x.End.IsZero() {
		return
	}
	x.Left = x.End.Sub(now)
	x.Days = int(order.DateOf(x.End).Time().Sub(order.DateOf(now).Time()) / day)
}

// lifeEnd is when the life ends and why we think so; a zero end with BasisRule means never.
func lifeEnd(rule Rule, record Record, seen Observation, now time.Time) (time.Time, Basis, Text) {
	if !seen.End.IsZero() {
		return seen.End.In(order.JST), BasisObserved, say("モールが示した期限です。", "The end is the one the mall told.")
	}
	if rule.Never {
		return time.Time{}, BasisRule, say("有効期限はありません。", "It never ends.")
	}
	if record.Start.After(now.Add(startSlack)) {
		u := unknownBecause(say("起算日が未来の日付です。", "Its start lies in the future."))
		return u.End, u.Basis, u.Why
	}
	end, life := earliest(rule.lives(record), record.Start)
	if end.IsZero() {
		if seen.State == Valid {
			return end, BasisNone, say(
				"モールは受け付けましたが、期限は分かりません。"+rule.From.text().JA+"日を登録してください。",
				"The mall accepts it, but nobody knows when it ends: enter the date of its "+rule.From.text().EN+".")

		}
		return end, BasisNone, say(
			"期限が分かりません。"+rule.From.text().JA+"日を登録してください。",
			"Nobody knows when it ends: enter the date of its "+rule.From.text().EN+".")

	}
	started := record.Start.In(order.JST).Format("2006-01-02 15:04")
	return end, BasisComputed, say(
		fmt.Sprintf("%s(%s)から%sとして計算した期限です。", rule.From.text().JA, started, life.text().JA),
		fmt.Sprintf("The end is computed: %s from %s (%s JST).", life.text().EN, rule.From.text().EN, started))

}

// lives are the lifetimes that hold for the record now. What was seen of the condition outlives a renewal: at Yahoo! it is a
// matter of the public key, not of the consent.
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

// applicable are the warning steps that make sense for this life.
func applicable(rule Rule, record Record, end time.Time) []time.Duration {
	start := record.Start
	if start.IsZero() {
		// Only the end is known; the rule's own length, counted from anywhere, tells which steps are too long.
		start = end
		if nominal, _ := earliest(rule.lives(record), end); !nominal.IsZero() {
			start = end.Add(-nominal.Sub(end))
		}
	}
	if !end.After(start) {
		return rule.Warn // a rule that says never, an end that the mall told all the same
	}
	var steps []time.Duration
	for _, w := range rule.Warn {
		if w < end.Sub(start) {
			steps = append(steps, w)
		}
	}
	return steps
}

// text names the origin.
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

// said adds the mall's own word to a reason.
func said(why Text, words string) Text {
	if words = oneLine(words); words != "" {
		why.JA += "(モールの応答: " + words + ")"
		why.EN += " (the mall says: " + words + ")"
	}
	return why
}
