package credential

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Event is what a Notice is about.
type Event string

// The events.
const (
	EventExpiring Event = "expiring" // a warning step is reached: once per step
	EventExpired  Event = "expired"  // it has expired: once a day (JST) until it is renewed
	// its state could not be determined: at most once a day (JST)
	EventUnknown Event = "unknown"
)

// Notice is a message to people about one credential. It is plain data with stable JSON names, and
// holds nothing secret.
type Notice struct {
	// Key is the same for the same step of the same credential, also after a restart. A receiver
	// may drop a notice whose Key it has seen: a program killed between sending and remembering
	// sends it again.
	Key   string    `json:"key"`
	Event Event     `json:"event"`
	At    time.Time `json:"at"`

	Mall order.Mall `json:"mall"`
	Shop string     `json:"shop"`
	Kind Kind       `json:"kind"`
	Name string     `json:"name,omitempty"` // Record.Name
	Note string     `json:"note,omitempty"` // Record.Note

	State State     `json:"state"`
	End   time.Time `json:"end,omitzero"` // JST
	// calendar days (JST), negative once expired; only with an End
	Days int           `json:"days_left"`
	Left time.Duration `json:"-"` // until End, negative afterwards
	Step time.Duration `json:"-"` // the warning step reached
	// whether the end was reported by the mall or computed
	Basis Basis `json:"basis,omitempty"`
	// the same in words, and the failure of EventUnknown
	Why    Text   `json:"why,omitzero"`
	Human  bool   `json:"human"`           // whether someone must act
	Title  Text   `json:"title"`           // one line: shop, credential, state
	Where  Text   `json:"where,omitzero"`  // the screen
	URL    string `json:"url,omitempty"`   // the page
	Steps  []Text `json:"steps,omitempty"` // what to do there
	Beware Text   `json:"beware,omitzero"` // what happens to the previous one
	// what is not certain; none if the mall reported the end
	Doubt Text `json:"doubt,omitzero"`
	Fails Text `json:"fails_like,omitzero"` // how calls fail once it has expired
}

// newNotice builds a notice from an assessment.
func newNotice(a Assessment, event Event, now time.Time) Notice {
	r, x := a.Rule, a.Expiry
	n := Notice{
		Event: event, At: now.In(order.JST),
		Mall: a.Record.Mall, Shop: a.Record.Shop, Kind: a.Record.Kind, Name: a.Record.Name,
		Note:  a.Record.Note,
		State: x.State, End: x.End, Days: x.Days, Left: x.Left, Step: x.Step, Basis: x.Basis,
		Why:   x.Why,
		Human: r.Renewal == RenewedByPerson,
		Where: r.Where, URL: strings.ReplaceAll(r.URL, "{shop}", url.PathEscape(a.Record.Shop)),
		Steps: r.Steps, Beware: r.OverlapNote, Doubt: r.Doubt, Fails: r.FailsLike,
	}
	if x.Basis == BasisObserved { // the doubts are about an end that is computed
		n.Doubt = Text{}
	}
	if x.Basis == BasisNone && a.ProbeErr == nil && len(r.Steps) > 0 {
		n.Steps = slices.Insert(slices.Clone(r.Steps), 0, say(
			r.From.text().JA+"日をこのシステムに登録します。分からないときだけ、次の手順で新しくします。",
			"Enter the date of its "+r.From.text().EN+
				" into this system. Only if it is not known, renew it as follows."))
	}
	id, today := a.Record.ID(), order.DateOf(now).String()
	switch event {
	case EventExpiring:
		n.Key = fmt.Sprintf("%s|expiring|%s|%s", id, x.End.Format(time.RFC3339), x.Step)
	case EventExpired:
		n.Key = fmt.Sprintf("%s|expired|%s", id, today)
	case EventUnknown:
		n.Key = fmt.Sprintf("%s|unknown|%s", id, today)
		n.Human = true
		if a.ProbeErr != nil {
			n.Why = say(
				"モールに確認できませんでした: "+oneLine(a.ProbeErr.Error()),
				"The mall could not be queried: "+oneLine(a.ProbeErr.Error()))

		}
	}
	n.Title = n.title(r.Name)
	return n
}

// title returns the line that people read first.
func (n Notice) title(name Text) Text {
	if name.IsZero() {
		name = say(string(n.Kind), string(n.Kind))
	}
	if n.Name != "" {
		name = say(name.JA+" "+n.Name, name.EN+" "+n.Name)
	}
	mall := mallName(n.Mall)
	at := n.End.Format("2006-01-02 15:04:05")
	var how Text
	switch {
	case n.Event == EventUnknown && !n.End.IsZero():
		how = say("状態をモールに確認できませんでした(期限の見込み "+at+")",
			"could not be checked at the mall (expected end: "+at+" JST)")
	case n.Event == EventUnknown:
		how = say("期限を確認できません", "has no known end")
	case n.Event == EventExpired && n.End.IsZero():
		how = say("期限切れです", "has expired")
	case n.Event == EventExpired:
		how = say("期限切れです("+at+")", "has expired ("+at+" JST)")
	default:
		left := leftText(n.Left, n.Days)
		how = say("期限まであと"+left.JA+"です("+at+")", "ends in "+left.EN+" ("+at+" JST)")
	}
	return say(
		fmt.Sprintf("%s %s: %s %s", mall.JA, n.Shop, name.JA, how.JA),
		fmt.Sprintf("%s, shop %s: %s %s", mall.EN, n.Shop, name.EN, how.EN))

}

// leftText returns the time left: in hours, rounded up, on the last day.
func leftText(left time.Duration, days int) Text {
	n, ja, en := days, "日", "day"
	if left <= day {
		n, ja, en = int((left+time.Hour-1)/time.Hour), "時間", "hour"
	}
	if n != 1 {
		en += "s"
	}
	return say(fmt.Sprintf("%d%s", n, ja), fmt.Sprintf("%d %s", n, en))
}

// Text returns the whole notice in one language, in several lines.
func (n Notice) Text(lang Lang) string {
	var b strings.Builder
	line := func(label, text Text) {
		if s := text.In(lang); s != "" {
			fmt.Fprintf(&b, "  %s%s\n", label.In(lang), s)
		}
	}
	b.WriteString(n.Title.In(lang) + "\n")
	line(Text{}, n.Why)
	line(say("不確かな点: ", "Not certain: "), n.Doubt)
	line(say("場所: ", "Where: "), n.Where)
	line(Text{}, say(n.URL, n.URL))
	for i, s := range n.Steps {
		number := fmt.Sprintf("%d. ", i+1)
		line(say(number, number), s)
	}
	line(say("更新について: ", "On renewal: "), n.Beware)
	line(say("切れたときの症状: ", "After it has expired: "), n.Fails)
	line(say("メモ: ", "Note: "), say(n.Note, n.Note))
	return b.String()
}

// maxErrorText limits the text of a failure in a notice, in bytes.
const maxErrorText = 500

// oneLine makes a foreign error text fit into one line of a notice.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxErrorText {
		s = strings.ToValidUTF8(s[:maxErrorText], "") + "…"
	}
	return s
}
