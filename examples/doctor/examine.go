package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
)

// Grade is how grave a finding is; it is the exit code.
type Grade int

// The grades.
const (
	fine    Grade = 0
	look    Grade = 1
	failing Grade = 2
)

// Finding is one line of a report. It names no shop and holds nothing personal or secret.
type Finding struct {
	Step  string     `json:"step"`
	Grade Grade      `json:"grade"`
	Text  order.Text `json:"text"`
	Class string     `json:"class,omitempty"` // of a failure
	Code  string     `json:"code,omitempty"`  // the mall's
	HTTP  int        `json:"http_status,omitempty"`
	Hint  order.Text `json:"hint,omitzero"` // what to check next
}

// Diagnosis is what was found of one shop.
type Diagnosis struct {
	Mall     order.Mall `json:"mall"`
	Findings []Finding  `json:"findings"`
	// that were called, and how they answered
	Operations []Call  `json:"operations"`
	Drift      []Drift `json:"drift"` // where replies are not what is expected
	// that traffic can tell of, and what it told
	Assumed []Assumed         `json:"assumptions"`
	Quotas  map[string]string `json:"quotas,omitempty"` // by operation and header
	shop    string            // for the screen alone
}

func say(ja, en string, args ...any) order.Text {
	return order.Text{JA: fmt.Sprintf(ja, args...), EN: fmt.Sprintf(en, args...)}
}

// reads are the operations that each step calls.
var reads = map[order.Mall]struct{ check, list, one string }{
	order.Rakuten: {"searchOrder", "searchOrder, getOrder", "getOrder"},
	order.Yahoo:   {"token, orderList", "orderList, orderInfo", "orderInfo"},
	order.Amazon:  {"token, getMarketplaceParticipations", "searchOrders", "getOrder"},
	order.AuPay:   {"searchTradeNoListProc", "searchTradeInfoListProc", "searchTradeInfoProc"},
}

// maxSkew is how wrong a clock may be before signatures and expiries suffer.
const maxSkew = time.Minute

// examine looks at one shop. announce is told of every step before it is taken.
func examine(
	ctx context.Context, shop shops.Shop, w *watch, write string, announce func(order.Text),
) Diagnosis {
	d := Diagnosis{Mall: shop.Source.Mall(), shop: shop.Source.Shop()}
	k := key{d.Mall, d.shop}
	ops := reads[d.Mall]
	add := func(f Finding) { d.Findings = append(d.Findings, f) }

	announce(say("接続とキーを確認します（%s）", "address, clock and keys: calls %s", ops.check))
	err := shop.Check(ctx)
	add(reached(w.seen(k)))
	add(clock(w.seen(k)))
	add(answered("keys", err, say("キー・機能・権限・接続元は正しく設定されています",
		"key, function, role and this machine's address are accepted")))
	d.Findings = append(d.Findings, expiries(shop.Records, time.Now())...)
	var o order.Order
	var found bool
	if err == nil {
		announce(say("3日分の受注の先頭を読みます（%d件まで。%s）",
			"the first orders of the last three days, %d at most: calls %s", maxOrders, ops.list))
		var err error
		o, found, err = firstOrders(ctx, shop.Source)
		text := say("受注を読み取れました", "orders were read")
		if !found {
			text = say("受注一覧は読めます。3日以内の受注はありません",
				"the list of orders answers; there is none of the last three days")
		}
		add(answered("orders", err, text))
		if found {
			announce(say("同じ受注を番号で読みます（%s）", "the same order by its number: calls %s", ops.one))
			_, err := shop.Source.Order(ctx, o.ID)
			add(answered("order", err, say("番号を指定して読み取れました", "the order was read by its number")))
		}
	}
	if err == nil {
		for _, r := range furtherReads(shop, o, found) {
			announce(order.Text{JA: r.what.JA + "を読みます（" + r.operation + "）",
				EN: r.what.EN + ": calls " + r.operation})
			add(r.finding(r.call(ctx)))
		}
	}
	if write != "" && err == nil {
		if f, tried := probeWrite(ctx, shop.Source, write, announce); tried {
			add(f)
		}
	}
	t := w.seen(k)
	d.Operations, d.Quotas, d.Drift = t.operations(), t.quotas, t.drift
	d.Assumed = assumed(d.Mall, t)
	d.Findings = append(d.Findings, quotas(t), drifted(t), verdict(d.Assumed))
	return d
}

// states are what is said of a key's life.
var states = map[credential.State]struct {
	text  order.Text
	grade Grade
}{
	credential.Valid:    {say("有効", "valid"), fine},
	credential.Expiring: {say("まもなく期限", "expires soon"), look},
	credential.Expired:  {say("期限切れ", "expired"), failing},
}

// expiries computes when the keys end; nobody is asked.
func expiries(records []credential.Record, now time.Time) []Finding {
	var all []Finding
	book, _ := credential.NewRulebook() // the built-in rules are not refused
	for _, r := range records {
		rule, _ := book.Rule(r.Mall, r.Kind)
		x := credential.Assess(rule, r, now)
		state, known := states[x.State]
		if !known {
			state.text, state.grade = say("期限不明", "expiry unknown"), look
		}
		end := x.Why
		if !x.End.IsZero() {
			day := x.End.In(order.JST).Format("2006-01-02 15:04 MST")
			end = order.Text{JA: day, EN: day}
		}
		all = append(all, Finding{Step: "expiry", Grade: state.grade, Text: order.Text{
			JA: rule.Name.JA + "：" + state.text.JA + "（" + end.JA + "）",
			EN: rule.Name.EN + ": " + state.text.EN + " (" + end.EN + ")"}})
	}
	return all
}

// maxOrders is how many orders are read: some malls want a call for each.
const maxOrders = 10

// firstOrders reads some orders and gives the first.
func firstOrders(ctx context.Context, s order.Source) (first order.Order, found bool, err error) {
	n := 0
	for o, err := range s.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -3)}) {
		if err != nil {
			return first, found, err
		}
		if !found {
			first, found = o, true
		}
		if n++; n == maxOrders {
			break
		}
	}
	return first, found, nil
}

func reached(t traffic) Finding {
	if t.replied {
		return Finding{Step: "address",
			Text: say("モールのアドレスに接続できます", "the mall's address is reachable")}
	}
	return Finding{Step: "address", Grade: failing,
		Text: say("モールのアドレスに接続できません", "the mall's address is not reachable")}
}

func clock(t traffic) Finding {
	skew := t.skew.Abs().Round(time.Second)
	switch {
	case !t.dated:
		return Finding{Step: "clock", Grade: look,
			Text: say("応答に日時がなく、時計を比べられません",
				"no reply has a Date header, so the clock cannot be compared")}
	case t.skew.Abs() > maxSkew:
		return Finding{Step: "clock", Grade: look,
			Text: say("この機械の時計がモールと%sずれています", "this machine's clock is %s off the mall's", skew),
			Hint: say("署名やキーの期限に影響します。時刻同期(NTP)を確認してください",
				"signatures and expiries suffer: check NTP")}
	}
	return Finding{Step: "clock", Text: say("時計は合っています", "the clock is right")}
}

func quotas(t traffic) Finding {
	if len(t.quotas) == 0 {
		return Finding{Step: "quota", Text: say("応答ヘッダーに利用上限の記載はありません",
			"no reply header states a quota")}
	}
	text := ""
	for _, name := range slices.Sorted(maps.Keys(t.quotas)) {
		text += " " + name + ": " + t.quotas[name] + ";"
	}
	return Finding{Step: "quota", Text: say("モールが示した利用上限：%s", "quotas stated by the mall:%s",
		text)}
}

// answered makes a finding of what a call gave. Only what an order.Error holds for certain goes in:
// no text of the mall, no shop.
func answered(step string, err error, well order.Text) Finding {
	if err == nil {
		return Finding{Step: step, Text: well}
	}
	f := Finding{Step: step, Grade: failing, Text: say("失敗しました", "it failed")}
	if own := new(order.Error); errors.As(err, &own) {
		f.Class, f.Code, f.HTTP, f.Hint = own.Class.Error(), own.Code, own.HTTPStatus, own.Hint
		if own.Order != "" {
			f.Grade = look // one order could not be read; the operation answers
		}
	}
	return f
}
