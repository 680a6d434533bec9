package credential

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Event is what a Notice is about.
type Event string

// The events.
const (
	EventExpiring Event = "expiring" // a warning step is reached: once per step
	EventExpired  Event = "expired"  // it is over: once on each day (JST) until it is renewed
	EventUnknown  Event = "unknown"  // could not find out how it stands: at most once on each day (JST)
)

// Notice tells people about one credential. It is plain data with JSON names that stay, and holds nothing secret.
type Notice struct {
	// Key is the same for the same step of the same credential, also after a restart: a receiver that sees one twice (the
	// program was killed between telling and remembering) may drop the second.
	Key   string    `json:"key"`
	Event Event     `json:"event"`
	At    time.Time `json:"at"`

	Mall order.Mall `json:"mall"`
	Shop string     `json:"shop"`
	Kind Kind       `json:"kind"`
	Name string     `json:"name,omitempty"` // Record.Name
	Note string     `json:"note,omitempty"` // Record.Note

	State  State         `json:"state"`
	End    time.Time     `json:"end,omitzero"`        // JST
	Days   int           `json:"days_left"`           // by the calendar in JST, negative once over; only with an End
	Left   time.Duration `json:"-"`                   // exactly
	Step   time.Duration `json:"-"`                   // the warning step reached
	Basis  Basis         `json:"basis,omitempty"`     // whether the mall told the end or it is computed
	Why    Text          `json:"why,omitzero"`        // the same for people, and the failure of EventUnknown
	Human  bool          `json:"human"`               // whether a person must act
	Title  Text          `json:"title"`               // one line: shop, credential, how it stands
	Where  Text          `json:"where,omitzero"`      // the screen
	URL    string        `json:"url,omitempty"`       // the page
	Steps  []Text        `json:"steps,omitempty"`     // what to do there
	Beware Text          `json:"beware,omitzero"`     // what happens to the old one
	Doubt  Text          `json:"doubt,omitzero"`      // what about the rule is not sure
	Fails  Text          `json:"fails_like,omitzero"` // what calls answer once it is over
}

// newNotice words a notice from an assessment.
func newNotice(a Assessment, event Event, now time.Time) Notice {
	r, x := a.Rule, a.Expiry
	n := Notice{
		Event: event, At: now.In(order.JST),
		Mall: a.Record.Mall, Shop: a.Record.Shop, Kind: a.Record.Kind, Name: a.Record.Name, Note: a.Record.Note,
		State: x.State, End: x.End, Days: x.Days, Left: x.Left, Step: x.Step, Basis: x.Basis, Why: x.Why,
		Human: r.Renewal == RenewedByPerson,
		Where: r.Where, URL: strings.ReplaceAll(r.URL, "{shop}", url.PathEscape(a.Record.Shop)),
		Steps: r.Steps, Beware: r.OverlapNote, Doubt: r.Doubt, Fails: r.FailsLike,
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
				"The mall could not be asked: "+oneLine(a.ProbeErr.Error()))

		}
	}
	n.Title = n.title(r.Name)
	return n
}

// title is the line that people read first.
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
		how = say("状態をモールに確認できませんでした(期限の見込み "+at+")", "could not find out at the mall how it stands (it should end at "+at+" JST)")
	case n.Event == EventUnknown:
		how = say("期限を確認できません", "could not find out when it ends")
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

// leftText is how long there is left: in hours, rounded up, within the last day.
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

// Text is the whole notice in one language, in several lines.
func (n Notice) Text(lang Lang) string {
	var b strings.Builder
	line := func(label, text Text) {
		if s := text.In(lang); s != "" {
			fmt.Fprintf(&b, "  %s%s\n", label.In(lang), s)
		}
	}
	b.WriteString(n.Title.In(lang) + "\n")
	line(Text{}, n.Why)
	line(say("不確かな点: ", "Not sure: "), n.Doubt)
	line(say("場所: ", "Where: "), n.Where)
	line(Text{}, say(n.URL, n.URL))
	for i, s := range n.Steps {
		line(say(fmt.Sprintf("%d. ", i+1), fmt.Sprintf("%d. ", i+1)), s)
	}
	line(say("旧キーについて: ", "The old one: "), n.Beware)
	line(say("切れたときの症状: ", "Once it is over: "), n.Fails)
	line(say("メモ: ", "Note: "), say(n.Note, n.Note))
	return b.String()
}

// maxErrorText bounds what a failure may add to a notice, in bytes.
const maxErrorText = 500

// oneLine keeps a foreign error text from breaking the form of a notice.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxErrorText {
		s = strings.ToValidUTF8(s[:maxErrorText], "") + "…"
	}
	return s
}
