package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// action is something done to many orders: first as a dry run, then for real. Its results stay.
type action struct {
	ID      int64
	What    string // confirm or ship
	Step    string // dry, sending, real
	Made    time.Time
	Tasks   []task
	Results []order.Result     // one for each task
	Rows    []label.RowProblem // of the file with the numbers: what could not be used
}

type task struct {
	Order    order.Ref
	Parcel   string
	Carrier  timeslot.Carrier
	Numbers  []string
	Day      order.Date
	NoNumber order.NoNumber `json:",omitempty"`
	// of the label, where the number came back from label software
	Key string `json:",omitempty"`
}

// Open reports how many results are not settled.
func (a action) Open() (n int) {
	for _, r := range a.Results {
		if r.Outcome == order.Unsettled {
			n++
		}
	}
	return n
}

// Ready reports how many orders the real run would send.
func (a action) Ready() (n int) {
	for _, r := range a.Results {
		if r.Outcome == order.Done {
			n++
		}
	}
	return n
}

const maxTasks = 500

func tooMany() error {
	return badInput(fmt.Sprintf("一度に処理できるのは%d件までです", maxTasks),
		fmt.Sprintf("At most %d orders at a time", maxTasks))
}

// begin makes the dry run of an action on the orders that were ticked, or asks for what is missing.
func (a *app) begin(w http.ResponseWriter, r *http.Request) {
	what := r.PostFormValue("what")
	var rows []label.RowProblem
	tasks, err := tasksOf(r)
	if err == nil && len(tasks) == 0 && what != "ship" {
		err = badInput("受注を選んでください", "Tick some orders first")
	}
	if err == nil && len(tasks) > maxTasks {
		err = tooMany()
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	ctx, cancel := long(r)
	defer cancel()
	switch {
	case what == "labels":
		a.makeLabels(ctx, w, r, tasks, r.PostFormValue("step") != "real")
		return
	case what == "ship" && r.PostFormValue("step") == "":
		a.askNumbers(w, r, tasks)
		return
	case what == "ship" && r.MultipartForm != nil && len(r.MultipartForm.File["file"]) > 0:
		if tasks, rows, err = a.fileTasks(ctx, r); err == nil && len(tasks) > maxTasks {
			err = tooMany()
		}
		if err != nil {
			a.fail(w, r, err)
			return
		}
	case what == "ship":
		tasks = slices.DeleteFunc(tasks, func(t task) bool { return len(t.Numbers) == 0 })
		if len(tasks) == 0 {
			a.fail(w, r, badInput("お荷物伝票番号を入力してください", "Give a tracking number"))
			return
		}
	case what != "confirm":
		a.fail(w, r, badInput("不明な操作です", "There is no such action"))
		return
	}
	act := action{What: what, Step: "dry", Made: time.Now(), Tasks: tasks, Rows: rows}
	act.Results = a.do(ctx, act, true)
	if act.ID, err = a.store.addAction(ctx, act); err != nil {
		a.fail(w, r, err)
		return
	}
	http.Redirect(w, r, fmt.Sprint("/actions/", act.ID), http.StatusSeeOther)
}

// tasksOf reads the orders of a form, and beside each, where there are any, its carrier, number and
// day.
func tasksOf(r *http.Request) (tasks []task, err error) {
	refs, carriers, numbers := r.PostForm["ref"], r.PostForm["carrier"], r.PostForm["number"]
	day, err := order.ParseDate(r.PostFormValue("day"))
	if err != nil {
		return nil, badInput("発送日が正しくありません", "The day is not a date")
	}
	for i, text := range refs {
		ref, ok := parseRef(text)
		if !ok {
			return nil, badInput("受注の指定が正しくありません", "This does not name an order")
		}
		t := task{Order: ref, Day: day}
		if len(numbers) == len(refs) && len(carriers) == len(refs) {
			t.Carrier = timeslot.Carrier(carriers[i])
			t.Numbers = strings.FieldsFunc(numbers[i],
				func(c rune) bool { return c == ',' || c == '、' || c == ' ' || c == '　' })
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}

// askNumbers shows a line for each order to be shipped.
func (a *app) askNumbers(w http.ResponseWriter, r *http.Request, tasks []task) {
	var orders []order.Order
	for _, t := range tasks {
		o, ok, err := a.store.get(r.Context(), t.Order)
		if err != nil {
			a.fail(w, r, err)
			return
		}
		if ok {
			orders = append(orders, o)
		}
	}
	a.render(w, r, http.StatusOK, "ship", order.Text{JA: "発送報告", EN: "Report shipping"},
		map[string]any{
			"Orders": orders, "Day": order.DateOf(time.Now()).String(),
			"Carriers": []timeslot.Carrier{timeslot.Yamato, timeslot.Sagawa, timeslot.JapanPost,
				timeslot.Seino, timeslot.Fukuyama, timeslot.Nekopos, timeslot.YuPacket,
				timeslot.ClickPost},
		})
}

// do reads the orders anew, for what the database remembers may have been cancelled since, and lets
// the shops do what is asked.
func (a *app) do(ctx context.Context, act action, dry bool) []order.Result {
	results := make([]order.Result, len(act.Tasks))
	fresh := a.fresh(ctx, act.Tasks)
	opts := order.WriteOptions{DryRun: dry}
	var at []int
	var orders []order.Order
	var shipments []order.Task[order.Shipment]
	for i, t := range act.Tasks {
		o, ok := fresh[t.Order]
		if !ok {
			results[i] = order.Result{Mall: t.Order.Mall, Shop: t.Order.Shop, Order: t.Order.ID,
				Outcome: order.NotSent, DryRun: dry,
				Next: order.Text{
					JA: "モールから受注を読み取れません。受注番号と連携の状態を確認してください",
					EN: "the order cannot be read from its mall: check its number and the shop's connection",
				}}
			continue
		}
		at, orders = append(at, i), append(orders, o)
		shipments = append(shipments, order.Task[order.Shipment]{Order: o, Do: order.Shipment{
			Parcel: t.Parcel, Carrier: t.Carrier, Numbers: order.Tracking(t.Numbers...),
			At: handedOver(t.Day), NoNumber: t.NoNumber,
		}})
	}
	var done []order.Result
	if act.What == "confirm" {
		done, _ = a.actor.Confirm(ctx, orders, opts) // every result says how it went
	} else {
		done, _ = a.actor.Ship(ctx, shipments, opts)
	}
	for k, i := range at {
		results[i] = done[k]
	}
	return results
}

// fresh reads the orders of the tasks from their malls, those of a shop together.
func (a *app) fresh(ctx context.Context, tasks []task) map[order.Ref]order.Order {
	all := map[order.Ref]order.Order{}
	for _, s := range a.shops {
		var ids []string
		for _, t := range tasks {
			if t.Order.Mall == s.Mall() && t.Order.Shop == s.Shop() && t.Order.ID != "" &&
				!slices.Contains(ids, t.Order.ID) {
				ids = append(ids, t.Order.ID)
			}
		}
		if len(ids) == 0 {
			continue
		}
		for o, err := range s.Orders(ctx, order.Query{IDs: ids}) {
			if err == nil { // what cannot be read is missing, and said to be so
				a.store.reread(&o)
				all[order.Ref{Mall: o.Mall, Shop: o.Shop, ID: o.ID}] = o
			}
		}
	}
	return all
}

// handedOver is an instant of that day: noon, or now when noon of today is still to come.
func handedOver(day order.Date) time.Time {
	now := time.Now()
	if day.IsZero() {
		return now
	}
	noon := day.Time().Add(12 * time.Hour)
	if day == order.DateOf(now) && noon.After(now) {
		return now
	}
	return noon
}

// goOn does an action for real, or asks what became of it.
func (a *app) goOn(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := long(r)
	defer cancel()
	act, err := a.findAction(r)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	switch r.PostFormValue("step") {
	case "real":
		// Whoever moves it from dry to sending sends it: a second click, or a second window, sends
		// nothing.
		mine, err := a.store.claim(ctx, act.ID)
		if err != nil {
			a.fail(w, r, err)
			return
		}
		if !mine {
			break
		}
		var left []task
		for i, r := range act.Results {
			if r.Outcome == order.Done {
				left = append(left, act.Tasks[i])
			}
		}
		act.Tasks, act.Step = left, "real"
		act.Results = a.do(ctx, act, false)
		err = errors.Join(a.store.saveAction(ctx, act), a.labels.reported(ctx, act))
		for _, t := range act.Tasks {
			// otherwise it is seen a little later
			_ = a.feed.Nudge(t.Order.Mall, t.Order.Shop, t.Order.ID)
		}
		if err != nil {
			a.fail(w, r, err)
			return
		}
	case "settle":
		if act.Step == "real" {
			act.Results, _ = a.actor.Settle(ctx, act.Results) // every result says how it went
			if err := errors.Join(a.store.saveAction(ctx, act),
				a.labels.reported(ctx, act)); err != nil {
				a.fail(w, r, err)
				return
			}
		}
	}
	http.Redirect(w, r, fmt.Sprint("/actions/", act.ID), http.StatusSeeOther)
}

func (a *app) findAction(r *http.Request) (action, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return action{}, notThere()
	}
	all, err := a.store.actions(r.Context(), `WHERE id = ?`, id)
	if err == nil && len(all) == 0 {
		err = notThere()
	}
	if err != nil {
		return action{}, err
	}
	return all[0], nil
}

func (a *app) action(r *http.Request) (order.Text, any, error) {
	act, err := a.findAction(r)
	return order.Text{JA: "一括処理の結果", EN: "Bulk action"}, act, err
}

func (a *app) actionList(r *http.Request) (order.Text, any, error) {
	all, err := a.store.actions(r.Context(), `ORDER BY id DESC LIMIT 50`)
	return order.Text{JA: "一括処理", EN: "Bulk actions"}, all, err
}
