// Readme writes the tables of README.md and README.ja.md that are made from data: which mall supports what, which key lives how
// long, and where the fields of a configuration come from; and the pages of what is taken for true of the malls without being known for
// sure. Run it with go generate ./...
package main

//go:generate go run . ../../../README.md ../../../README.ja.md ../../../order/assumptions.md ../../../order/assumptions.ja.md

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

func main() {
	for _, file := range os.Args[1:] {
		if err := rewrite(file, strings.HasSuffix(file, ".ja.md")); err != nil {
			fmt.Fprintln(os.Stderr, "readme:", err)
			os.Exit(1)
		}
	}
}

func rewrite(file string, japanese bool) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	lang := credential.English
	if japanese {
		lang = credential.Japanese
	}
	text := string(data)
	tables := map[string]string{
		"capabilities": capabilities(japanese), "credentials": credential.Table(lang), "fields": shops.FieldTable(japanese),
		"pages": pages(japanese),
	}
	if strings.HasPrefix(filepath.Base(file), "assumptions") {
		tables = map[string]string{"assumptions": assumptions(lang)}
	}
	for name, table := range tables {
		begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
		before, rest, ok := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			return fmt.Errorf("%s: no place for %s between %q and %q", file, name, strings.TrimSpace(begin), end)
		}
		text = before + begin + strings.TrimRight(table, "\n") + "\n" + end + after
	}
	if text == string(data) {
		return nil
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// abilities are the rows of the table, in order.
var abilities = []struct {
	ability order.Ability
	en, ja  string
}{
	{order.CanRead, "read orders", "受注の読み取り"},
	{order.CanReadUpdated, "search by last change", "更新日時での検索"},
	{order.CanFollow, "follow changes (days back)", "変更の追跡（さかのぼる日数）"},
	{order.CanConfirm, "confirm", "注文確認"},
	{order.CanShip, "report shipping (tracking numbers)", "発送報告（伝票番号の数）"},
	{order.CanCancel, "cancel", "キャンセル"},
	{order.CanAnnotate, "write the memo", "メモの更新"},
	{order.CanChangeDelivery, "change delivery date and slot", "お届け日時の変更"},
	{order.CanPayment, "payment", "決済"},
	{order.CanStock, "stock", "在庫"},
	{order.CanExpiry, "ask when a key ends", "キーの期限の照会"},
	{order.CanPush, "push notifications", "プッシュ通知"},
	{order.CanSandbox, "sandbox", "テスト環境"},
}

// malls are the columns.
func malls() []order.Capabilities {
	return []order.Capabilities{rakuten.Capabilities(), yahoo.Capabilities(), amazon.Capabilities(), aupay.Capabilities()}
}

// pages is the table of the screens on which a shop sets things up.
func pages(japanese bool) string {
	head := "| mall | what | where |\n|---|---|---|\n"
	if japanese {
		head = "| モール | 設定するもの | 画面 |\n|---|---|---|\n"
	}
	var b strings.Builder
	b.WriteString(head)
	for _, m := range malls() {
		for _, p := range m.Pages {
			what, where := p.For, p.Where
			if japanese {
				what = p.ForJa
			}
			if p.URL != "" {
				where = "[" + where + "](" + p.URL + ")"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", m.Mall.Name(), what, where)
		}
	}
	return b.String()
}

// capabilities is the table of what each mall supports, with footnotes.
func capabilities(japanese bool) string {
	malls := malls()
	var b strings.Builder
	var notes []string
	b.WriteString("| |")
	for _, m := range malls {
		b.WriteString(" " + m.Mall.Name() + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(malls)) + "\n")
	for _, row := range abilities {
		title := row.en
		if japanese {
			title = row.ja
		}
		b.WriteString("| " + title + " |")
		for _, m := range malls {
			c, _ := m.Get(row.ability)
			b.WriteString(" " + cell(c))
			note := c.Note
			if japanese {
				note = c.NoteJa
			}
			if note != "" {
				notes = append(notes, m.Mall.Name()+": "+note)
				fmt.Fprintf(&b, " [%d]", len(notes))
			}
			b.WriteString(" |")
		}
		b.WriteString("\n")
	}
	for i, note := range notes {
		fmt.Fprintf(&b, "\n%d. %s", i+1, note)
	}
	return b.String()
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
