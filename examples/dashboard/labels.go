package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
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
	Sender   order.Party              `json:"sender"`
	Phone    string                   `json:"phone"`    // printed where the mall gives none of the recipient
	Contents string                   `json:"contents"` // 品名; empty takes the names of the lines
	Tool     string                   `json:"tool"`     // of parcels whose mall names no carrier
	Accounts map[string]label.Account `json:"accounts"` // by tool

	keys label.KeyStore
	mu   sync.Mutex
	made [][]label.Written // of the last batches; they hold names and addresses, so they are kept in memory only
	gone int               // batches that were made before those
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
	return []label.Layout{label.B2(), label.EHiden3(timeslot.EHiden3Six), label.YuPri(), label.KangarooMagic2()}
}

// write makes the labels of orders: each parcel with the tool of its carrier.
func (d *labelDesk) write(ctx context.Context, orders []order.Order) (all label.Batch, files []label.Written, err error) {
	for _, layout := range layouts() {
		w, err := label.NewWriter(label.Config{
			Layout: layout, Keys: d.keys, Sender: d.Sender, Account: d.Accounts[layout.Name], Contents: d.Contents, Phone: d.Phone,
			Plan: func(_ order.Order, p order.Parcel) label.Plan {
				carrier := p.Delivery.Carrier
				return label.Plan{Skip: carrier != layout.Carrier && (carrier.Software() != "" || layout.Name != d.Tool)}
			},
		})
		if err != nil {
			return all, nil, fmt.Errorf("%s: %w", layout.Title, err)
		}
		batch, err := w.Labels(ctx, orders)
		if err != nil {
			return all, nil, fmt.Errorf("%s: %w", layout.Title, err)
		}
		all.Labels, all.Refusals = append(all.Labels, batch.Labels...), append(all.Refusals, batch.Refusals...)
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

// read makes shipments of a file that a label software returned.
func (d *labelDesk) read(ctx context.Context, in io.Reader) (tasks []task, err error) {
	reader, err := label.NewReader(label.ReaderConfig{Keys: d.keys})
	if err != nil {
		return nil, err
	}
	back, err := reader.Read(ctx, in)
	if err != nil {
		return nil, err
	}
	for _, a := range back.Arrivals {
		t := task{Order: order.Ref{Mall: a.Mall, Shop: a.Shop, ID: a.Order}, Parcel: a.Shipment.Parcel, Carrier: a.Shipment.Carrier,
			Day: order.DateOf(a.Shipment.At), NoNumber: a.Shipment.NoNumber}
		for _, n := range a.Shipment.Numbers {
			t.Numbers = append(t.Numbers, n.Number)
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}

// makeLabels shows what would be printed and what is refused, and offers the files.
func (a *app) makeLabels(ctx context.Context, w http.ResponseWriter, r *http.Request, tasks []task) {
	var orders []order.Order
	fresh := a.fresh(ctx, tasks)
	for _, t := range tasks {
		if o, ok := fresh[t.Order]; ok {
			orders = append(orders, o)
		}
	}
	batch, files, err := a.labels.write(ctx, orders)
	if err != nil {
		a.fail(w, r, badInput("送り状ファイルを作れません："+err.Error(), "The label files cannot be made: "+err.Error()))
		return
	}
	a.render(w, r, http.StatusOK, "labels", order.Text{JA: "送り状ファイル", EN: "Label files"}, map[string]any{
		"Batch": batch, "Files": files, "Number": a.labels.keep(files), "Missing": len(tasks) - len(orders),
	})
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
