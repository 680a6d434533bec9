package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// action is something done to many orders: first as a dry run, then for real. Its results stay.
type action struct {
	ID      int64
	What    string // confirm or ship
	Step    string // dry, sending, real
	Made    time.Time
	Tasks   []task
	Results []order.Result // one for each task
}

type task struct {
	Order    order.Ref
	Parcel   string
	Carrier  timeslot.Carrier
	Numbers  []string
	Day      order.Date
	NoNumber order.NoNumber `json:",omitempty"`
}

// Open tells how many results are not settled.
func (a action) Open() (n int) {
	for _, r := range a.Results {
		if r.Outcome == order.Unsettled {
			n++
		}
	}
	return n
}

// Ready tells how many orders the real run would send.
func (a action) Ready() (n int) {
	for _, r := range a.Results {
		if r.Outcome == order.Done {
			n++
		}
	}
	return n
}

const maxTasks = 500

// begin makes the dry run of an action on the orders that were ticked, or asks for what is missing.
func (a *app) begin(w http.ResponseWriter, r *http.Request) {
	what := r.PostFormValue("what")
	tasks, err := tasksOf(r)
	if err == nil && len(tasks) == 0 && what != "ship" {
		err = badInput("受注を選んでください", "Tick some orders first")
	}
	if err == nil && len(tasks) > maxTasks {
		err = badInput(fmt.Sprintf("一度に処理できるのは%d件までです", maxTasks), fmt.Sprintf("At most %d orders at a time", maxTasks))
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	ctx, cancel := long(r)
	defer cancel()
	switch {
	case what == "labels":
		a.makeLabels(ctx, w, r, tasks)
		return
	case what == "ship" && r.PostFormValue("step") == "":
		a.askNumbers(w, r, tasks)
		return
	case what == "ship" && r.MultipartForm != nil && len(r.MultipartForm.File["file"]) > 0:
		if tasks, err = a.fileTasks(ctx, r); err != nil {
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
	act := action{What: what, Step: "dry", Made: time.Now(), Tasks: tasks}
	act.Results = a.do(ctx, act, true)
	if act.ID, err = a.store.addAction(ctx, act); err != nil {
		a.fail(w, r, err)
		return
	}
	http.Redirect(w, r, fmt.Sprint("/actions/", act.ID), http.StatusSeeOther)
}

// tasksOf reads the orders of a form, and beside each, where there are any, its carrier, number and day.
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
			t.Numbers = strings.FieldsFunc(numbers[i], func(c rune) bool { return c == ',' || c == '、' || c == ' ' || c == '　' })
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
	a.render(w, r, http.StatusOK, "ship", order.Text{JA: "発送報告", EN: "Report shipping"}, map[string]any{
		"Orders": orders, "Day": order.DateOf(time.Now()).String(),
		"Carriers": []timeslot.Carrier{timeslot.Yamato, timeslot.Sagawa, timeslot.JapanPost, timeslot.Seino, timeslot.Fukuyama, timeslot.Nekopos, timeslot.YuPacket, timeslot.ClickPost},
	})
}

// fileTasks reads a file of tracking numbers: what a label software returns, or a table with the columns
// mall, shop, order, carrier, number, date.
func (a *app) fileTasks(ctx context.Context, r *http.Request) ([]task, error) {
	file, _, err := r.FormFile("file")
	if err != nil {
		return nil, badInput("ファイルを読めません", "The file cannot be read")
	}
	defer file.Close()
	if tasks, err := a.labels.read(ctx, file); err == nil && len(tasks) > 0 {
		return tasks, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	rows := csv.NewReader(file)
	head, err := rows.Read()
	if err == nil {
		head[0] = strings.TrimPrefix(head[0], "\ufeff")
		if strings.Join(head, ",") != "mall,shop,order,carrier,number,date" {
			err = errors.New("other columns")
		}
	}
	if err != nil {
		return nil, badInput("送り状発行ソフトの出力ファイル、または mall,shop,order,carrier,number,date の列を持つCSVを選んでください",
			"Want a file that a label software returned, or a CSV with the columns mall,shop,order,carrier,number,date")
	}
	var tasks []task
	for {
		cells, err := rows.Read()
		if err == io.EOF {
			return tasks, nil
		}
		if err != nil {
			return nil, badInput("CSVを読めません："+err.Error(), "The CSV cannot be read: "+err.Error())
		}
		day, err := order.ParseDate(cells[5])
		if err != nil {
			line, _ := rows.FieldPos(5)
			return nil, badInput(fmt.Sprintf("%d行目の日付が正しくありません", line), fmt.Sprintf("line %d: not a date", line))
		}
		tasks = append(tasks, task{
			Order: order.Ref{Mall: order.Mall(cells[0]), Shop: cells[1], ID: cells[2]}, Carrier: timeslot.ParseCarrier(cells[3]), Numbers: cells[4:5], Day: day,
		})
	}
}

// do reads the orders anew, for what the database remembers may have been cancelled since, and lets the shops do what is asked.
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
			results[i] = order.Result{Mall: t.Order.Mall, Shop: t.Order.Shop, Order: t.Order.ID, Outcome: order.NotSent, DryRun: dry,
				Message: "モールから受注を読み取れません / the order cannot be read from the mall"}
			continue
		}
		at, orders = append(at, i), append(orders, o)
		shipments = append(shipments, order.Task[order.Shipment]{Order: o, Do: order.Shipment{
			Parcel: t.Parcel, Carrier: t.Carrier, Numbers: order.Tracking(t.Numbers...), At: handedOver(t.Day), NoNumber: t.NoNumber,
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
			if t.Order.Mall == s.Mall() && t.Order.Shop == s.Shop() && t.Order.ID != "" && !slices.Contains(ids, t.Order.ID) {
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
		// Whoever moves it from dry to sending sends it: a second click, or a second window, sends nothing.
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
		err = a.store.saveAction(ctx, act)
		for _, t := range act.Tasks {
			_ = a.feed.Nudge(t.Order.Mall, t.Order.Shop, t.Order.ID) // otherwise it is seen a little later
		}
		if err != nil {
			a.fail(w, r, err)
			return
		}
	case "settle":
		if act.Step == "real" {
			act.Results, _ = a.actor.Settle(ctx, act.Results) // every result says how it went
			if err := a.store.saveAction(ctx, act); err != nil {
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

func asError(err error) (*order.Error, bool) {
	var e *order.Error
	return e, errors.As(err, &e)
}

func (s *store) addAction(ctx context.Context, a action) (int64, error) {
	tasks, results, err := a.encode()
	if err != nil {
		return 0, err
	}
	added, err := s.db.ExecContext(ctx, `INSERT INTO actions (what, step, made, tasks, results) VALUES (?, ?, ?, ?, ?)`,
		a.What, a.Step, a.Made.Unix(), tasks, results)
	if err != nil {
		return 0, err
	}
	return added.LastInsertId()
}

func (s *store) saveAction(ctx context.Context, a action) error {
	tasks, results, err := a.encode()
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `UPDATE actions SET step = ?, tasks = ?, results = ? WHERE id = ?`, a.Step, tasks, results, a.ID)
	return err
}

func (a action) encode() (tasks, results string, err error) {
	t, err1 := json.Marshal(a.Tasks)
	r, err2 := json.Marshal(a.Results)
	return string(t), string(r), errors.Join(err1, err2)
}

func (s *store) claim(ctx context.Context, id int64) (mine bool, err error) {
	moved, err := s.db.ExecContext(ctx, `UPDATE actions SET step = 'sending' WHERE id = ? AND step = 'dry'`, id)
	if err != nil {
		return false, err
	}
	n, err := moved.RowsAffected()
	return n == 1, err
}

func (s *store) actions(ctx context.Context, which string, args ...any) (all []action, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, what, step, made, tasks, results FROM actions `+which, args...)
	if err != nil {
		return nil, err
	}
	defer func(rows *sql.Rows) { _ = rows.Close() }(rows)
	for rows.Next() {
		var a action
		var made int64
		var tasks, results []byte
		if err := rows.Scan(&a.ID, &a.What, &a.Step, &made, &tasks, &results); err != nil {
			return nil, err
		}
		a.Made = time.Unix(made, 0)
		if err := errors.Join(json.Unmarshal(tasks, &a.Tasks), json.Unmarshal(results, &a.Results)); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, rows.Err()
}
