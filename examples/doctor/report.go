package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Report is what was found of all shops.
type Report struct {
	Made  time.Time   `json:"made"`
	Shops []Diagnosis `json:"shops"`
}

func (r Report) worst() Grade {
	worst := fine
	for _, d := range r.Shops {
		for _, f := range d.Findings {
			worst = max(worst, f.Grade)
		}
	}
	return worst
}

func (r Report) writeJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// marks stand before a finding, by its grade.
var marks = map[Grade]string{fine: "ok", look: "!!", failing: "NG"}

func (r Report) write(w io.Writer, lang order.Lang) error {
	var b strings.Builder
	for _, d := range r.Shops {
		fmt.Fprintf(&b, "%s %s\n", d.Mall.Name(), d.shop)
		for _, f := range d.Findings {
			fmt.Fprintf(&b, "  %s  %s\n", marks[f.Grade], f.Text.In(lang))
			if f.Class != "" {
				fmt.Fprintf(&b, "      %s %s (HTTP %d)\n", f.Class, f.Code, f.HTTP)
			}
			if f.Hint != "" {
				fmt.Fprintf(&b, "      → %s\n", f.Hint)
			}
		}
		for _, c := range d.Operations {
			fmt.Fprintf(&b, "      %-32s HTTP %d %s\n", c.Operation, c.Status, c.Class)
		}
		b.WriteString("\n")
	}
	sum := map[Grade]order.Text{
		fine: say("問題は見つかりませんでした", "nothing was found"), look: say("確認が必要な項目があります（!!）", "something needs a look (!!)"),
		failing: say("動作しない項目があります（NG）", "something does not work (NG)"),
	}
	b.WriteString(sum[r.worst()].In(lang) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
