package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

//go:embed settings.example.json
var example []byte

// settings are what has to be known of the shop.
type settings struct {
	Sender order.Party `json:"sender"` // ご依頼主
	// printed where the mall gives none of the recipient
	Phone string `json:"phone"`
	// 品名; empty takes the names of the lines
	Contents string `json:"contents"`
	// ehiden3-5 or ehiden3-6: the contract's slots
	SagawaSlots timeslot.Software        `json:"sagawa_slots"`
	Accounts    map[string]label.Account `json:"accounts"` // by tool
	// characters that no tool can print, and what to print instead
	Replace map[string]string `json:"replace"`
	// which tool takes a parcel: the first that fits
	Rules []rule `json:"rules"`
}

// rule sends parcels to a tool. Empty fields fit everything.
type rule struct {
	Mall    order.Mall       `json:"mall"`
	Shop    string           `json:"shop"`
	Method  string           `json:"method"` // 配送方法, as the mall gives it
	Carrier timeslot.Carrier `json:"carrier"`
	// b2cloud, ehiden3, yupri, yupri-filter, clickpost or kangaroo
	Tool    string `json:"tool"`
	Service string `json:"service"` // of the tool: nekopos, compact …
}

func loadSettings(file string) (s settings, err error) {
	data := example
	if file != "" {
		if data, err = os.ReadFile(file); err != nil {
			return s, err
		}
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return s, fmt.Errorf("%s: %w", file, err)
	}
	known := map[string]bool{}
	for _, l := range s.layouts() {
		known[l.Name] = true
	}
	for i, r := range s.Rules {
		if !known[r.Tool] {
			return s,
				fmt.Errorf(
					"%s: rules[%d].tool: want b2cloud, ehiden3, yupri, yupri-filter, clickpost or kangaroo", file, i)
		}
	}
	return s, nil
}

// layouts are the tools' layouts.
func (s settings) layouts() []label.Layout {
	slots := s.SagawaSlots
	if slots == "" {
		slots = timeslot.EHiden3Six
	}
	return []label.Layout{label.B2(), label.EHiden3(slots), label.YuPri(), label.YuPriFilter(),
		label.ClickPost(), label.KangarooMagic2()}
}

// uses reports whether a rule sends parcels to a tool.
func (s settings) uses(tool string) bool {
	return slices.ContainsFunc(s.Rules, func(r rule) bool { return r.Tool == tool })
}

// canonical is the carrier that a text such as ヤマト運輸 stands for.
func canonical(c timeslot.Carrier) timeslot.Carrier { return timeslot.ParseCarrier(string(c)) }

// rule finds the rule of a parcel.
func (s settings) rule(o order.Order, p order.Parcel) rule {
	for _, r := range s.Rules {
		if (r.Mall == "" || r.Mall == o.Mall) && (r.Shop == "" || r.Shop == o.Shop) &&
			(r.Method == "" || r.Method == p.Delivery.Method) &&
			(r.Carrier == "" || canonical(r.Carrier) == canonical(p.Delivery.Carrier)) {
			return r
		}
	}
	return rule{}
}
