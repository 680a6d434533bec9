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

// certainties say how sure an assumption is.
var certainties = map[order.Certainty]order.Text{
	order.Reported: {EN: "reported", JA: "利用者の報告"},
	order.OneWord:  {EN: "one source", JA: "情報源 1 件"},
	order.Inferred: {EN: "inferred", JA: "推測"}, order.NotSaid: {EN: "unknown", JA: "不明"},
}

// assumptions is the table of what is taken for true of the malls.
func assumptions(lang order.Lang) string {
	head := order.Text{
		EN: "| id | assumption | certainty and source | code that relies on it | confirmed by | contradicted by |\n|---|---|---|---|---|---|\n",
		JA: "| ID | 前提としていること | 確かさと情報源 | 依存するコード | 裏づけとなるもの | 否定するもの |\n|---|---|---|---|---|---|\n",
	}
	var b strings.Builder
	for i, m := range []struct {
		mall order.Mall
		all  []order.Assumption
	}{{order.Rakuten, rakuten.Assumptions()}, {order.Yahoo, yahoo.Assumptions()},
		{order.Amazon, amazon.Assumptions()}, {order.AuPay, aupay.Assumptions()}} {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "### %s\n\n%s", m.mall.In(lang), head.In(lang))
		for _, a := range m.all {
			watched := ""
			if a.Watched {
				watched = order.Text{EN: " (watched)", JA: "（監視対象）"}.In(lang)
			}
			fmt.Fprintf(&b, "| `%s`%s | %s | %s: %s | `%s` | %s | %s |\n", a.ID, watched,
				a.Taken.In(lang), certainties[a.Sure].In(lang), a.Source.In(lang),
				strings.Join(a.Code, "`, `"), a.Confirms.In(lang), a.Contradicts.In(lang))
		}
	}
	return b.String()
}
