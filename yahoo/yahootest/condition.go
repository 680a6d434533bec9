package yahootest

import (
	"slices"
	"strings"
	"time"
)

// Conditions beyond the names of fields.
var otherConditions = nameSet(
	`IsActive FraudHoldDisplayType ShipRequestDateNo ShipInvoiceNumber ReadOnlyMode LineGiftDisplayType
	LineGiftShippableType OverlapOrderResult RemoteAreaShippingType BillZipCode BillPhoneNumber BillMailAddress ShipZipCode
	ShipPhoneNumber`)

var lineConditions = nameSet(`ItemId Title SubCode`)

func knownCondition(name string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(name, "From"), "To")
	return inList[name] || otherConditions[name] || lineConditions[name] || inInfo[base]
}

// holds reports whether one condition holds for an order.
func holds(o *Order, c *node, now time.Time) bool {
	switch c.name {
	case "ReadOnlyMode", "FraudHoldDisplayType", "SellerId", "IsActive":
		return true // applied to the whole search
	case "ShipRequestDateNo":
		none := o.Fields["ShipRequestDate"] == ""
		return c.value == "0" || c.value == "1" && !none || c.value == "2" && none
	case "ShipInvoiceNumber":
		return c.value == o.Fields["ShipInvoiceNumber1"] ||
			c.value == o.Fields["ShipInvoiceNumber2"]
	case "LineGiftDisplayType":
		line := o.Fields["IsLineGiftOrder"] == "true"
		return c.value != "1" && c.value != "2" || line == (c.value == "1")
	case "LineGiftShippableType":
		unshippable := o.Fields["IsLineGiftOrder"] == "true" &&
			o.Fields["IsLineGiftShippable"] == "false"
		return c.value != "1" && c.value != "2" || unshippable == (c.value == "2")
	}
	if lineConditions[c.name] {
		return slices.ContainsFunc(o.Lines,
			func(l Line) bool { return strings.Contains(l.Fields[c.name], c.value) })
	}
	if name, ok := strings.CutSuffix(c.name, "From"); ok && inInfo[name] {
		value := moment(o.field(name, now))
		return value != "" && value >= padded(c.value, value)
	}
	if name, ok := strings.CutSuffix(c.name, "To"); ok && inInfo[name] {
		value := moment(o.field(name, now))
		return value != "" && value <= padded(c.value, value)
	}
	value := o.field(c.name, now)
	if t := moment(value); t != "" && len(c.value) >= 8 &&
		strings.Trim(c.value, "0123456789,") == "" {
		value = t
	}
	return slices.ContainsFunc(strings.Split(c.value, ","), func(want string) bool {
		return want == value || value == "" &&
			(want == "false" || want == "0" && c.name == "SocialGiftType")
	})
}

// moment writes a reply's date or time the way requests do; empty when it is neither.
func moment(value string) string {
	if t, err := time.Parse(time.RFC3339, value); err == nil {
		return t.In(jst).Format("20060102150405")
	}
	if t, err := time.Parse(time.DateOnly, value); err == nil {
		return t.Format("20060102")
	}
	return ""
}

// padded cuts or fills a bound to the length of what it is compared with.
func padded(bound, value string) string {
	if len(bound) > len(value) {
		return bound[:len(value)]
	}
	return bound + strings.Repeat("0", len(value)-len(bound))
}
