package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
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
	Hint   order.Text // what to do
	Key    order.Text // the name of the key whose end is the likely reason, or nothing
}

// Percent is the share of the quota that was used, at most all of it.
func (c condition) Percent() float64 { return min(c.ReadShare, 1) * 100 }

// Burst reports whether more was used than an hour refills: a mall that lets calls be saved up
// (Amazon) allows that after a start.
func (c condition) Burst() bool { return c.ReadShare > 1 }

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
			if status.Problem == order.FeedParked && k.Shop == a.shops[i] &&
				k.Expiry.State == credential.Expired {
				c.Key = k.Rule.Name
			}
		}
		all = append(all, c)
	}
	return all
}

func asError(err error) (*order.Error, bool) {
	var e *order.Error
	return e, errors.As(err, &e)
}

// home is the first page: what is broken, keys by days left, counts, orders to look at, what is
// ready to ship.
func (a *app) home(r *http.Request) (order.Text, any, error) {
	counts, err := a.store.counts(r.Context(), filter{})
	if err != nil {
		return order.Text{}, nil, err
	}
	ready, err := a.store.ready(r.Context(), order.DateOf(time.Now()))
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
		"Broken": broken, "Keys": keys[:min(len(keys), 6)], "Counts": counts, "All": counts[""],
		"Stages": stages(), "Malls": malls(), "Look": waiting,
		"Ready": ready, "Soon": order.DateOf(time.Now()).AddDays(soon),
	}, nil
}

func malls() []order.Mall {
	return []order.Mall{order.Rakuten, order.Yahoo, order.Amazon,
		order.AuPay}
}

// orders is the list. Its filters live in the address, which holds nothing personal.
func (a *app) orders(r *http.Request) (order.Text, any, error) {
	q := r.URL.Query()
	f := filter{Mall: order.Mall(q.Get("mall")), Shop: q.Get("shop"), Stage: stage(q.Get("stage")),
		Slot: q.Get("slot"), Search: q.Get("q"),
		Carrier: q.Get("carrier"), Time: q.Get("time"), Soon: q.Get("soon")}
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
		for _, known := range []string{"mall", "shop", "stage", "slot", "q", "carrier", "time",
			"soon"} {
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
		"Filter": f, "Orders": found[:min(len(found), perPage)], "Counts": counts[""],
		"Total": total, "Stages": stages(), "Malls": malls(),
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
	ref := order.Ref{Mall: order.Mall(r.PathValue("mall")), Shop: r.PathValue("shop"),
		ID: r.PathValue("id")}
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
		"Again": r.URL.Query().Get("again") != "",
	}, err
}

// lookAgain has the mall asked for an order now.
func (a *app) lookAgain(w http.ResponseWriter, r *http.Request) {
	ref := order.Ref{Mall: order.Mall(r.PathValue("mall")), Shop: r.PathValue("shop"),
		ID: r.PathValue("id")}
	_, ok, err := a.store.get(r.Context(), ref)
	if err == nil && !ok {
		err = notThere()
	}
	if err == nil {
		err = a.feed.Nudge(ref.Mall, ref.Shop, ref.ID)
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	http.Redirect(w, r, orderURL(ref)+"?again=1", http.StatusSeeOther)
}

// choice is a slot that can be chosen as the meaning of a label.
func choices() (all []timeslot.Slot) {
	all = []timeslot.Slot{timeslot.Morning, timeslot.Afternoon, timeslot.Night,
		timeslot.NoPreference}
	for _, text := range []string{
		"08:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00", "18:00-20:00", "18:00-21:00",
		"19:00-21:00", "20:00-21:00",
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
	table, broken := a.rules.rules()
	// the labels of the order whose pink cell was clicked: they may hold a person's words, so no
	// address does
	focus := map[string]bool{}
	if ref, ok := parseRef(r.URL.Query().Get("of")); ok {
		o, _, err := a.store.get(r.Context(), ref)
		if err != nil {
			return order.Text{}, nil, err
		}
		for _, p := range o.Parcels {
			focus[o.SlotLabel(p.Delivery).Text] = p.Delivery.Unresolved()
		}
	}
	return order.Text{JA: "変換設定", EN: "Slot rules"}, map[string]any{
		"Unread": unread, "Rules": table.Rules(), "Warnings": table.Warnings(), "Broken": broken,
		"File": a.rules.path, "Choices": choices(), "Focus": focus,
		"Turned": r.URL.Query().Get("turned"),
	}, nil
}

func (a *app) teach(w http.ResponseWriter, r *http.Request) {
	rule := timeslot.Rule{Label: r.PostFormValue("label"),
		Scope: timeslot.Scope{Mall: r.PostFormValue("mall")}}
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
	if err := a.rules.teach(rule); err != nil {
		a.fail(w, r, badInput("この内容では登録できません："+err.Error(), "This cannot be a rule: "+err.Error()))
		return
	}
	turned, err := a.store.turn(r.Context())
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.news.tell("changed")
	http.Redirect(w, r, fmt.Sprintf("/slots?turned=%d", turned), http.StatusSeeOther)
}

// rulesFile returns the rules as a file that timeslot.LoadJSON reads. There is none as CSV: a
// buyer's label could begin a formula.
func (a *app) rulesFile(w http.ResponseWriter, r *http.Request) {
	table, _ := a.rules.rules()
	data, err := table.MarshalJSON()
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Disposition", "attachment")
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(data) // the browser may have gone
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
	for _, mall := range head {
		for _, named := range mall.Rows {
			if slices.ContainsFunc(rows, func(r row) bool { return r.Ability == named.Ability }) {
				continue
			}
			one := row{Ability: named.Ability}
			for _, can := range head {
				cell, _ := can.Get(named.Ability) // what a mall does not name it cannot do
				one.Cells = append(one.Cells, cell)
			}
			rows = append(rows, one)
		}
	}
	return order.Text{JA: "連携の状態・対応表", EN: "Connections and abilities"}, map[string]any{
		"Malls": head, "Rows": rows, "Conditions": a.conditions(),
	}, nil
}
