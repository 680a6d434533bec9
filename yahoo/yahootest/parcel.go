package yahootest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/fake"
)

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

var numberNames = []string{"ShipInvoiceNumber1", "ShipInvoiceNumber2"}

const reasonName = "ShipInvoiceNumberEmptyReason" // 伝票番号なし理由

// parcel looks at the tracking numbers of a Ship element: their form, by the carrier as it will be,
// and that a number and a reason for having none never stand together, neither in the request nor
// with what the order has already.
func (c *change) parcel(ship *node) *fake.Reply {
	company := cmp.Or(ship.text("ShipCompanyCode"), c.order.Fields["ShipCompanyCode"])
	numbers := false
	for _, name := range numberNames {
		number := ship.text(name)
		numbers = numbers || number != ""
		if number != "" && !numberFits(number, company) {
			return badParameter(name)
		}
	}
	reason := ship.text(reasonName)
	has := func(name string) bool { return c.order.Fields[name] != "" }
	switch {
	case reason != "" && !slices.Contains([]string{"101", "102", "103", "104", "105"}, reason):
		return badParameter(reasonName)
	case numbers && (ship.child(reasonName) != nil || has(reasonName)):
		return badParameter(reasonName)
	case reason != "" && slices.ContainsFunc(numberNames, has):
		return badParameter(reasonName)
	}
	return nil
}

// numberFits reports whether a carrier's number has a form that the page allows.
func numberFits(number, company string) bool {
	bare := strings.ReplaceAll(number, "-", "")
	switch company {
	case "1001":
		return len(number) <= 14 && strings.Trim(bare, digits) == ""
	case "1003":
		return len(bare) >= 11 && len(bare) <= 13 && strings.Trim(bare, digits+letters) == ""
	}
	return strings.Trim(bare, digits+letters) == ""
}

// tied lets the carrier of the store's settings win over the one of a request that names a delivery
// method too.
func (c *change) tied(ship *node) {
	if carrier, ok := c.m.options.MethodCarriers[ship.text("ShipMethod")]; ok &&
		ship.text("ShipCompanyCode") != "" {
		c.set("ShipCompanyCode", carrier)
	}
}
