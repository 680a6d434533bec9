package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// fileTasks reads a file of tracking numbers: what a label software returns, or a table of ours.
// rows are what cannot be used of it.
func (a *app) fileTasks(
	ctx context.Context, r *http.Request,
) (tasks []task, rows []label.RowProblem, err error) {
	file, _, err := r.FormFile("file")
	if err != nil {
		return nil, nil, badInput("ファイルを読めません", "The file cannot be read")
	}
	defer file.Close()
	if tasks, err = readTable(file); !errors.Is(err, errNoTable) {
		return tasks, nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	return a.labels.read(ctx, file)
}

// read makes shipments of a file that a label software returned.
func (d *labelDesk) read(
	ctx context.Context, in io.Reader,
) (tasks []task, rows []label.RowProblem, err error) {
	reader, err := label.NewReader(label.ReaderConfig{Keys: d.keys})
	if err != nil {
		return nil, nil, err
	}
	back, err := reader.Read(ctx, in)
	if err != nil {
		return nil, nil, badInput("送り状発行ソフトの出力ファイルか、"+tableHead+" の列を持つCSVを選んでください："+err.Error(),
			"Want a file that label software returned, or a CSV with the columns "+tableHead+": "+
				err.Error())
	}
	for _, a := range back.Arrivals {
		t := task{Order: order.Ref{Mall: a.Mall, Shop: a.Shop, ID: a.Order},
			Parcel: a.Shipment.Parcel, Carrier: a.Shipment.Carrier,
			Day: order.DateOf(a.Shipment.At), NoNumber: a.Shipment.NoNumber, Key: a.Key}
		for _, n := range a.Shipment.Numbers {
			t.Numbers = append(t.Numbers, n.Number)
		}
		tasks = append(tasks, t)
	}
	return tasks, back.Problems, nil
}

// reported remembers the numbers that the malls took, so that the same file read again reports
// nothing twice. It is what label.Reader.Keep does, by the keys that the action has kept: an
// Arrival does not outlive a restart, an action does.
func (d *labelDesk) reported(ctx context.Context, act action) error {
	var keys []string
	numbers := map[string][]string{}
	for i, r := range act.Results {
		if t := act.Tasks[i]; t.Key != "" && r.Outcome == order.Done && !r.DryRun {
			keys, numbers[t.Key] = append(keys, t.Key), t.Numbers
		}
	}
	if len(keys) == 0 {
		return nil
	}
	entries, err := d.keys.Load(ctx, keys...)
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e label.Entry) bool { return numbers[e.Key] == nil })
	for i, e := range entries {
		entries[i].Numbers = numbers[e.Key]
	}
	return d.keys.Save(ctx, entries...)
}

// tableHead are the columns of a table that is written by hand, or by another program.
const tableHead = "mall,shop,order,carrier,number,date"

var errNoTable = errors.New("another file")

// readTable reads such a table; errNoTable says that it is none.
func readTable(in io.Reader) (tasks []task, err error) {
	rows := csv.NewReader(in)
	head, err := rows.Read()
	if err != nil || strings.TrimPrefix(strings.Join(head, ","), "\ufeff") != tableHead {
		return nil, errNoTable
	}
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
			return nil, badInput(fmt.Sprintf("%d行目の日付が正しくありません", line),
				fmt.Sprintf("line %d: not a date", line))
		}
		tasks = append(tasks, task{
			Order:   order.Ref{Mall: order.Mall(cells[0]), Shop: cells[1], ID: cells[2]},
			Carrier: timeslot.ParseCarrier(cells[3]), Numbers: cells[4:5], Day: day,
		})
	}
}
