package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

const perPage = 50

// condition is how a shop's connection stands.
type condition struct {
	order.FeedStatus
	Since  time.Time // of the problem
	Errors []trouble
	Calls  int // in the last hour
	Waited time.Duration
	Hint   string // what to do
	Key    string // the name of the key whose end is the likely reason, or empty
}

func (a *app) conditions() (all []condition) {
	now := time.Now()
	for i, status := range a.feed.Status() { // in the order of the shops
		c := condition{FeedStatus: status}
		c.Since, c.Errors = a.troubles.of(status.Mall, status.Shop)
		c.Calls, c.Waited = a.shops[i].calls.lastHour()
		if e, ok := asError(status.Err); ok {
			c.Hint = e.Hint
		}
		for _, k := range a.keys.standing(a.shops, now) {
			if status.Problem == order.FeedParked && k.Shop == a.shops[i] && k.Expiry.State == credential.Expired {
				c.Key = k.Rule.Name.JA
			}
		}
		all = append(all, c)
	}
	return all
}

// home is the first page: what is broken, keys by days left, counts, orders to look at.
func (a *app) home(r *http.Request) (order.Text, any, error) {
	counts, err := a.store.counts(r.Context(), filter{})
	if err != nil {
		return order.Text{}, nil, err
	}
	waiting, err := a.store.find(r.Context(), filter{Stage: look}, 20, 0)
	if err != nil {
		return order.Text{}, nil, err
	}
	var broken []condition
	for _, c := range a.conditions() {
		if c.Problem != "" {
			broken = append(broken, c)
		}
	}
	keys := a.keys.standing(a.shops, time.Now())
	return order.Text{JA: "ホーム", EN: "Home"}, map[string]any{
		"Broken": broken, "Keys": keys[:min(len(keys), 6)], "Counts": counts, "Stages": stages(), "Malls": malls(), "Look": waiting,
	}, nil
}

func malls() []order.Mall { return []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} }

// orders is the list. Its filters live in the address, which holds nothing personal.
func (a *app) orders(r *http.Request) (order.Text, any, error) {
	q := r.URL.Query()
	f := filter{Mall: q.Get("mall"), Shop: q.Get("shop"), Stage: q.Get("stage"), Slot: q.Get("slot"), Search: q.Get("q")}
	page, _ := strconv.Atoi(q.Get("page"))
	page = min(max(page, 1), 1_000_000)
	counts, err := a.store.counts(r.Context(), f)
	if err != nil {
		return order.Text{}, nil, err
	}
	found, err := a.store.find(r.Context(), f, perPage+1, (page-1)*perPage)
	if err != nil {
		return order.Text{}, nil, err
	}
	total := 0
	for _, n := range counts[""] {
		total += n
	}
	at := func(name, value string) string {
		next := url.Values{}
		for _, known := range []string{"mall", "shop", "stage", "slot", "q"} {
			if q.Get(known) != "" {
				next.Set(known, q.Get(known))
			}
		}
		next.Set(name, value)
		if value == "" {
			next.Del(name)
		}
		return "/orders?" + next.Encode()
	}
	data := map[string]any{
		"Filter": f, "Orders": found[:min(len(found), perPage)], "Counts": counts[""], "Total": total, "Stages": stages(), "Malls": malls(),
		"Page": page, "At": at, "Before": "", "After": "",
	}
	if page > 1 {
		data["Before"] = at("page", strconv.Itoa(page-1))
	}
	if len(found) > perPage {
		data["After"] = at("page", strconv.Itoa(page+1))
	}
	return order.Text{JA: "受注一覧", EN: "Orders"}, data, nil
}

// order is the page of one order.
func (a *app) order(r *http.Request) (order.Text, any, error) {
	ref := order.Ref{Mall: order.Mall(r.PathValue("mall")), Shop: r.PathValue("shop"), ID: r.PathValue("id")}
	o, ok, err := a.store.get(r.Context(), ref)
	if err == nil && !ok {
		err = notThere()
	}
	if err != nil {
		return order.Text{}, nil, err
	}
	history, err := a.store.history(r.Context(), ref)
	return order.Text{JA: "受注 " + o.ID, EN: "Order " + o.ID}, map[string]any{
		"Order": o, "Sum": o.Reconcile(), "History": history, "Why": order.MayShip(o),
	}, err
}

// choice is a slot that can be chosen as the meaning of a label.
func choices() (all []timeslot.Slot) {
	all = []timeslot.Slot{timeslot.Morning, timeslot.Afternoon, timeslot.Night, timeslot.NoPreference}
	for _, text := range []string{
		"08:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00", "18:00-20:00", "18:00-21:00", "19:00-21:00", "20:00-21:00",
	} {
		if s, err := timeslot.Parse(text); err == nil {
			all = append(all, s)
		}
	}
	return all
}

// slots is where a person says what labels mean.
func (a *app) slots(r *http.Request) (order.Text, any, error) {
	unread, err := a.store.unread(r.Context())
	if err != nil {
		return order.Text{}, nil, err
	}
	table, err := a.store.rules(r.Context())
	if err != nil {
		return order.Text{}, nil, err
	}
	focus := map[string]bool{} // the labels of the order whose pink cell was clicked: they may hold a person's words, so no address does
	if ref, ok := parseRef(r.URL.Query().Get("of")); ok {
		o, _, err := a.store.get(r.Context(), ref)
		if err != nil {
			return order.Text{}, nil, err
		}
		for _, p := range o.Parcels {
			focus[p.Delivery.Label] = p.Delivery.Unresolved()
		}
	}
	return order.Text{JA: "変換設定", EN: "Slot rules"}, map[string]any{
		"Unread": unread, "Rules": table.Rules(), "Choices": choices(), "Focus": focus, "Turned": r.URL.Query().Get("turned"),
	}, nil
}

func (a *app) teach(w http.ResponseWriter, r *http.Request) {
	rule := timeslot.Rule{Label: r.PostFormValue("label"), Scope: timeslot.Scope{Mall: r.PostFormValue("mall")}}
	if r.PostFormValue("shops") != "all" {
		rule.Scope.Shop = r.PostFormValue("shop")
	} else {
		rule.Scope.Mall = ""
	}
	if r.PostFormValue("methods") != "all" {
		rule.Scope.Method = r.PostFormValue("method")
	}
	text := r.PostFormValue("slot")
	if text == "other" {
		text = r.PostFormValue("from") + "-" + r.PostFormValue("to")
	}
	slot, err := timeslot.Parse(text)
	if err != nil || !slot.Resolved() && r.PostFormValue("forget") == "" {
		a.fail(w, r, badInput("時間帯を選んでください", "Choose a slot"))
		return
	}
	rule.Slot = slot
	turned, err := a.store.teach(r.Context(), rule)
	if err != nil {
		a.fail(w, r, badInput("この内容では登録できません："+err.Error(), "This cannot be a rule: "+err.Error()))
		return
	}
	a.news.tell("changed")
	http.Redirect(w, r, fmt.Sprintf("/slots?turned=%d", turned), http.StatusSeeOther)
}

// rulesFile gives the rules as a file that timeslot.LoadCSV or LoadJSON reads.
func (a *app) rulesFile(w http.ResponseWriter, r *http.Request) {
	table, err := a.store.rules(r.Context())
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Disposition", "attachment")
	if r.URL.Path == "/slots/rules.csv" {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		_ = table.WriteCSV(w) // the browser may have gone
		return
	}
	data, err := table.MarshalJSON()
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(data)
}

func (a *app) keysPage(*http.Request) (order.Text, any, error) {
	return order.Text{JA: "キーの期限", EN: "Keys"}, a.keys.standing(a.shops, time.Now()), nil
}

// askKeys has the malls asked now.
func (a *app) askKeys(w http.ResponseWriter, r *http.Request) {
	select {
	case a.keys.again <- struct{}{}:
	default: // they are about to be asked
	}
	http.Redirect(w, r, "/keys", http.StatusSeeOther)
}

// support is what each mall supports, and how the connections stand.
func (a *app) support(*http.Request) (order.Text, any, error) {
	type row struct {
		Ability order.Ability
		Name    order.Text
		Cells   []order.Capability
	}
	var rows []row
	all := map[order.Mall]order.Capabilities{}
	for _, s := range a.shops {
		all[s.Mall()] = s.can
	}
	var head []order.Capabilities
	for _, m := range malls() {
		if can, ok := all[m]; ok {
			head = append(head, can)
		}
	}
	for _, ability := range abilities() {
		one := row{Ability: ability.Ability, Name: ability.Text}
		for _, can := range head {
			cell, _ := can.Get(ability.Ability)
			one.Cells = append(one.Cells, cell)
		}
		rows = append(rows, one)
	}
	return order.Text{JA: "連携の状態・対応表", EN: "Connections and abilities"}, map[string]any{
		"Malls": head, "Rows": rows, "Conditions": a.conditions(),
	}, nil
}

type ability struct {
	order.Ability
	order.Text
}

func abilities() []ability {
	return []ability{
		{order.CanRead, order.Text{JA: "受注の取得", EN: "read orders"}},
		{order.CanReadUpdated, order.Text{JA: "更新日時での検索", EN: "search by last change"}},
		{order.CanFollow, order.Text{JA: "変更の検知", EN: "follow changes"}},
		{order.CanConfirm, order.Text{JA: "注文確認", EN: "confirm"}},
		{order.CanShip, order.Text{JA: "発送報告", EN: "report shipping"}},
		{order.CanCancel, order.Text{JA: "キャンセル", EN: "cancel"}},
		{order.CanAnnotate, order.Text{JA: "メモ", EN: "memo"}},
		{order.CanChangeDelivery, order.Text{JA: "お届け日時の変更", EN: "change delivery"}},
		{order.CanPayment, order.Text{JA: "決済", EN: "payment"}},
		{order.CanStock, order.Text{JA: "在庫", EN: "stock"}},
		{order.CanExpiry, order.Text{JA: "キー期限の照会", EN: "ask for a key's end"}},
		{order.CanPush, order.Text{JA: "通知", EN: "push"}},
		{order.CanSandbox, order.Text{JA: "テスト環境", EN: "sandbox"}},
	}
}
