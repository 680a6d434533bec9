package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

//go:embed labels.example.json
var exampleLabels []byte

// labelDesk writes the files of label software and reads the numbers back.
type labelDesk struct {
	Sender order.Party `json:"sender"`
	// printed where the mall gives none of the recipient
	Phone    string                   `json:"phone"`
	Contents string                   `json:"contents"` // 品名; empty takes the names of the lines
	Tool     string                   `json:"tool"`     // of parcels whose mall names no carrier
	Accounts map[string]label.Account `json:"accounts"` // by tool

	keys label.KeyStore
	mu   sync.Mutex
	// of the last batches; they hold names and addresses, so they are kept in memory only
	made [][]label.Written
	gone int // batches that were made before those
}

func newLabelDesk(o options) (*labelDesk, error) {
	data, err := exampleLabels, error(nil)
	if o.labels != "" {
		if data, err = os.ReadFile(o.labels); err != nil {
			return nil, err
		}
	}
	d := &labelDesk{}
	if o.labels != "" || o.config == "" { // invented settings are for the fake shops only
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(d); err != nil {
			return nil, fmt.Errorf("%s: %w", o.labels, err)
		}
	}
	d.keys = label.NewMemory()
	if o.db != "" {
		d.keys, err = label.OpenFile(o.db + ".labels.jsonl")
	}
	return d, err
}

func layouts() []label.Layout {
	return []label.Layout{label.B2(), label.EHiden3(timeslot.EHiden3Six), label.YuPri(),
		label.KangarooMagic2()}
}

// dryKeys forgets what is made: a label that was only looked at is not waited for.
type dryKeys struct{ label.KeyStore }

func (dryKeys) Save(context.Context, ...label.Entry) error { return nil }

// write makes the labels of orders: each parcel with the tool of its carrier.
func (d *labelDesk) write(
	ctx context.Context, orders []order.Order, dry bool,
) (all label.Batch, files []label.Written, err error) {
	keys := d.keys
	if dry {
		keys = dryKeys{keys}
	}
	for _, layout := range layouts() {
		plan := func(_ order.Order, p order.Parcel) label.Plan {
			carrier := p.Delivery.Carrier
			return label.Plan{Skip: carrier != layout.Carrier &&
				(carrier.Software() != "" || layout.Name != d.Tool)}
		}
		takes := func(o order.Order) bool {
			return slices.ContainsFunc(o.Parcels,
				func(p order.Parcel) bool { return !plan(o, p).Skip })
		}
		if !slices.ContainsFunc(orders, takes) {
			continue // the shop may have no account with its carrier
		}
		w, err := label.NewWriter(label.Config{
			Layout: layout, Keys: keys, Sender: d.Sender, Account: d.Accounts[layout.Name],
			Contents: d.Contents, Phone: d.Phone, Plan: plan,
		})
		if err != nil {
			return all, nil, fmt.Errorf("%s: %w", layout.Title, err)
		}
		batch, err := w.Labels(ctx, orders)
		if err != nil {
			return all, nil, fmt.Errorf("%s: %w", layout.Title, err)
		}
		all.Labels = append(all.Labels, batch.Labels...)
		all.Refusals = append(all.Refusals, batch.Refusals...)
		written, err := batch.Files()
		if err != nil {
			return all, nil, fmt.Errorf("%s: %w", layout.Title, err)
		}
		files = append(files, written...)
	}
	return all, files, nil
}

// keep remembers the files of the last 20 batches and gives the batch's number.
func (d *labelDesk) keep(files []label.Written) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.made = append(d.made, files)
	if len(d.made) > 20 {
		d.made, d.gone = d.made[1:], d.gone+1
	}
	return d.gone + len(d.made) - 1
}

func (d *labelDesk) file(batch, file int) (f label.Written, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	batch -= d.gone
	if batch < 0 || batch >= len(d.made) || file < 0 || file >= len(d.made[batch]) {
		return f, false
	}
	return d.made[batch][file], true
}

// makeLabels shows what would be printed and what is refused, and offers the files unless dry.
func (a *app) makeLabels(
	ctx context.Context, w http.ResponseWriter, r *http.Request, tasks []task, dry bool,
) {
	var orders []order.Order
	fresh := a.fresh(ctx, tasks)
	for _, t := range tasks {
		if o, ok := fresh[t.Order]; ok {
			orders = append(orders, o)
		}
	}
	batch, files, err := a.labels.write(ctx, orders, dry)
	if err != nil {
		a.fail(w, r, badInput("送り状ファイルを作れません："+err.Error(),
			"The label files cannot be made: "+err.Error()))
		return
	}
	data := map[string]any{"Batch": batch, "Missing": len(tasks) - len(orders), "Dry": dry,
		"Refs": r.PostForm["ref"]}
	if !dry {
		data["Files"], data["Number"] = files, a.labels.keep(files)
	}
	a.render(w, r, http.StatusOK, "labels", order.Text{JA: "送り状ファイル", EN: "Label files"}, data)
}

func (a *app) labelFile(w http.ResponseWriter, r *http.Request) {
	batch, err1 := strconv.Atoi(r.PathValue("id"))
	file, err2 := strconv.Atoi(r.PathValue("file"))
	f, ok := a.labels.file(batch, file)
	if err1 != nil || err2 != nil || !ok {
		a.fail(w, r, notThere())
		return
	}
	w.Header().Set("Content-Type", "text/csv")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", f.Name))
	_, _ = w.Write(f.Data) // the browser may have gone
}
