package timeslot

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

// skeletonColumns are the columns that Collector.WriteCSV writes.
var skeletonColumns = []string{"label", "slot", "mode", "mall", "shop", "method", "count", "orders"}

// WriteCSV writes the gathered labels as a CSV file with an empty slot column. Fill it in;
// [LoadCSV] reads the rows that have a slot. The file is UTF-8 with a byte order mark, so that
// spreadsheets detect the encoding. Labels come from shops and buyers and may look like formulas:
// do not let a spreadsheet evaluate them.
func (c *Collector) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(skeletonColumns); err != nil {
		return err
	}
	for _, u := range c.Labels() {
		l := u.Label
		err := out.Write([]string{
			l.Text, "", Exact.String(), l.Mall, l.Shop, l.Method, strconv.Itoa(u.Count),
			strings.Join(u.Orders, " "),
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteJSON writes the gathered labels as an array of objects for [LoadJSON], with empty slots.
func (c *Collector) WriteJSON(w io.Writer) error {
	type row struct {
		Label  string   `json:"label"`
		Slot   string   `json:"slot"`
		Mode   Mode     `json:"mode"`
		Mall   string   `json:"mall,omitempty"`
		Shop   string   `json:"shop,omitempty"`
		Method string   `json:"method,omitempty"`
		Count  int      `json:"count"`
		Orders []string `json:"orders,omitempty"`
	}
	rows := []row{}
	for _, u := range c.Labels() {
		l := u.Label
		rows = append(rows, row{l.Text, "", Exact, l.Mall, l.Shop, l.Method, u.Count, u.Orders})
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(rows)
}
