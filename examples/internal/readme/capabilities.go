package main

import (
	"fmt"
	"strings"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// counted says what the number is that stands in the cells of a row.
var counted = map[order.Ability]order.Text{
	order.CanFollow: {EN: " (days back)", JA: "（さかのぼる日数）"},
	order.CanShip:   {EN: " (tracking numbers)", JA: "（伝票番号の数）"},
}

// malls are the columns.
func malls() []order.Capabilities {
	return []order.Capabilities{rakuten.Capabilities(), yahoo.Capabilities(), amazon.Capabilities(),
		aupay.Capabilities()}
}

// screens is the table of the screens on which a shop sets things up.
func screens(lang order.Lang) string {
	var b strings.Builder
	b.WriteString(order.Text{EN: "| mall | what | where |\n|---|---|---|\n",
		JA: "| モール | 設定するもの | 画面 |\n|---|---|---|\n"}.In(lang))
	for _, m := range malls() {
		for _, p := range m.Pages {
			where := p.Where
			if p.URL != "" {
				where = "[" + where + "](" + p.URL + ")"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", m.Mall.In(lang), p.For.In(lang), where)
		}
	}
	return b.String()
}

// abilityTable says what each mall supports.
func abilityTable(lang order.Lang) string {
	table, _ := abilityRows(lang, false)
	return table
}

// capabilities says it with footnotes.
func capabilities(lang order.Lang) string {
	table, notes := abilityRows(lang, true)
	return table + notes
}

func abilityRows(lang order.Lang, annotated bool) (table, notes string) {
	malls := malls()
	var b, n strings.Builder
	b.WriteString("| |")
	for _, m := range malls {
		b.WriteString(" " + m.Mall.In(lang) + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(malls)) + "\n")
	count := 0
	for _, row := range malls[0].Rows { // each mall has all of them
		b.WriteString("| " + row.Ability.In(lang) + counted[row.Ability].In(lang) + " |")
		for _, m := range malls {
			c, _ := m.Get(row.Ability)
			b.WriteString(" " + cell(c))
			if note := c.Note.In(lang); annotated && note != "" {
				count++
				fmt.Fprintf(&n, "\n%d. %s: %s", count, m.Mall.In(lang), note)
				fmt.Fprintf(&b, " [%d]", count)
			}
			b.WriteString(" |")
		}
		b.WriteString("\n")
	}
	return b.String(), n.String()
}

func cell(c order.Capability) string {
	switch {
	case !c.Yes:
		return "–"
	case c.Window > 0:
		return fmt.Sprintf("✓ (%d)", int(c.Window.Hours()/24))
	case c.Limit > 0:
		return fmt.Sprintf("✓ (%d)", c.Limit)
	}
	return "✓"
}
