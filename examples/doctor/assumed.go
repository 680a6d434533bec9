package main

import (
	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// Assumed is an assumption of this SDK, and what the traffic of this run told of it.
type Assumed struct {
	ID      string     `json:"id"`
	Verdict string     `json:"verdict"` // holds, contradicted, both, not seen
	Taken   order.Text `json:"taken"`
}

var assumptions = map[order.Mall]func() []order.Assumption{
	order.Rakuten: rakuten.Assumptions, order.Yahoo: yahoo.Assumptions,
	order.Amazon: amazon.Assumptions, order.AuPay: aupay.Assumptions,
}

// assumed lists what traffic can tell of.
func assumed(m order.Mall, t traffic) []Assumed {
	var all []Assumed
	for _, a := range assumptions[m]() {
		if !a.Watched {
			continue
		}
		x := Assumed{ID: a.ID, Verdict: "not seen", Taken: a.Taken}
		switch told := t.told[a.ID]; {
		case told[order.DriftConfirmed] && told[order.DriftContradicted]:
			x.Verdict = "both"
		case told[order.DriftConfirmed]:
			x.Verdict = "holds"
		case told[order.DriftContradicted]:
			x.Verdict = "contradicted"
		}
		all = append(all, x)
	}
	return all
}

// verdicts are the words of the report for Assumed.Verdict.
var verdicts = map[string]order.Text{
	"holds":        {JA: "成立", EN: "holds"},
	"contradicted": {JA: "否定", EN: "contradicted"},
	"both":         {JA: "両方", EN: "both"},
	"not seen":     {JA: "未確認", EN: "not seen"},
}

func verdict(all []Assumed) Finding {
	n := map[string]int{}
	for _, a := range all {
		n[a.Verdict]++
	}
	f := Finding{Step: "assumptions",
		Text: say("SDK の前提：成立 %d、否定 %d、未確認 %d",
			"what this SDK assumes: %d hold, %d contradicted, %d not seen",
			n["holds"], n["contradicted"]+n["both"], n["not seen"])}
	if n["contradicted"]+n["both"] > 0 {
		f.Grade, f.Hint = look, reportHint()
	}
	return f
}

// drifted reports where replies are not what is expected.
func drifted(t traffic) Finding {
	if len(t.drift) == 0 {
		return Finding{Step: "drift", Text: say("応答は SDK の想定どおりです",
			"replies are what this SDK expects")}
	}
	return Finding{Step: "drift", Grade: look, Hint: reportHint(),
		Text: say("応答が SDK の想定と異なります（%d 箇所）",
			"replies differ from what this SDK expects (places: %d)", len(t.drift))}
}

// reportHint is what to do with a finding that its authors should hear of.
func reportHint() order.Text {
	return say("-json と -capture の出力を issue に添えてください（店舗名や個人情報は含まれません）",
		"put the output of -json and -capture into an issue: no shop and no person is in it")
}
