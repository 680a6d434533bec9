package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
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

// has reports whether a step was taken at any shop.
func (r Report) has(step string) bool {
	for _, d := range r.Shops {
		if slices.ContainsFunc(d.Findings, func(f Finding) bool { return f.Step == step }) {
			return true
		}
	}
	return false
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
			if !f.Hint.IsZero() {
				fmt.Fprintf(&b, "      → %s\n", f.Hint.In(lang))
			}
		}
		for _, c := range d.Operations {
			fmt.Fprintf(&b, "      %-32s HTTP %d %s\n", c.Operation, c.Status, c.Class)
		}
		for _, x := range d.Drift {
			fmt.Fprintf(&b, "      %-11s %s %s\n", x.Kind, x.Operation, x.Path)
		}
		for _, a := range d.Assumed {
			fmt.Fprintf(&b, "      %s  %s: %s\n", verdicts[a.Verdict].In(lang), a.ID, a.Taken.In(lang))
		}
		b.WriteString("\n")
	}
	sum := map[Grade]order.Text{
		fine:    say("問題は見つかりませんでした", "nothing was found"),
		look:    say("確認が必要な項目があります（!!）", "something needs a look (!!)"),
		failing: say("動作しない項目があります（NG）", "something does not work (NG)"),
	}
	b.WriteString(sum[r.worst()].In(lang) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
