package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

//go:embed settings.example.json
var example []byte

// settings are what has to be known of the shop.
type settings struct {
	Sender      order.Party              `json:"sender"`       // ご依頼主
	Phone       string                   `json:"phone"`        // printed where the mall gives none of the recipient
	Contents    string                   `json:"contents"`     // 品名; empty takes the names of the lines
	SagawaSlots timeslot.Software        `json:"sagawa_slots"` // ehiden3-5 or ehiden3-6: the contract's slots
	Accounts    map[string]label.Account `json:"accounts"`     // by tool
	Replace     map[string]string        `json:"replace"`      // characters that no tool can print, and what to print instead
	Rules       []rule                   `json:"rules"`        // which tool takes a parcel: the first that fits
}

// rule sends parcels to a tool. Empty fields fit everything.
type rule struct {
	Mall    order.Mall       `json:"mall"`
	Shop    string           `json:"shop"`
	Method  string           `json:"method"` // 配送方法, as the mall gives it
	Carrier timeslot.Carrier `json:"carrier"`
	Tool    string           `json:"tool"`    // b2cloud, ehiden3, yupri, yupri-filter, clickpost or kangaroo
	Service string           `json:"service"` // of the tool: nekopos, compact …
}

func loadSettings(file string) (s settings, err error) {
	data := example
	if file != "" {
		if data, err = os.ReadFile(file); err != nil {
			return s, err
		}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
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
			return s, fmt.Errorf("%s: rules[%d].tool: want b2cloud, ehiden3, yupri, yupri-filter, clickpost or kangaroo", file, i)
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
	return []label.Layout{label.B2(), label.EHiden3(slots), label.YuPri(), label.YuPriFilter(), label.ClickPost(), label.KangarooMagic2()}
}

// rule finds the rule of a parcel.
func (s settings) rule(o order.Order, p order.Parcel) rule {
	for _, r := range s.Rules {
		if (r.Mall == "" || r.Mall == o.Mall) && (r.Shop == "" || r.Shop == o.Shop) &&
			(r.Method == "" || r.Method == p.Delivery.Method) && (r.Carrier == "" || r.Carrier == p.Delivery.Carrier) {
			return r
		}
	}
	return rule{}
}
