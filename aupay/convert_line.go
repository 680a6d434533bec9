package aupay

import (
	"strings"

	"github.com/jpmall/jpmall/order"
)

// cancelled reports whether the line is cancelled. Only N (normal) is confirmed. C is inferred from
// cancelStatus, and any other value is treated as cancelled too: the flag shows a line that was not
// shipped, but shipping a cancelled line cannot be undone.
func (d *Detail) cancelled() bool {
	return d.ItemCancelStatus != "" && d.ItemCancelStatus != NotCancelled
}

func (d *Detail) line() order.Line {
	l := order.Line{
		ID: d.OrderDetailID, ItemID: d.Lotnumber,
		SKU:  d.ItemCode + d.ItemManagementID, // the shop's code of a variant is both, joined
		Name: d.ItemName, Option: d.options(), Quantity: d.Unit,
		UnitPrice: yen(d.ItemPrice), Total: yen(d.TotalItemPrice), TaxRate: rate(d.TaxRate),
		Cancelled: d.cancelled(),
	}
	if d.ItemManagementID == "" { // else it joins two codes of which either may be empty
		l.Stock = order.SKU{Item: d.ItemCode}
	}
	l.Gift.Wrap, l.Gift.Message = d.GiftWrappingType, d.GiftMessage
	if d.NoshiType != "" {
		names := strings.Join(strings.Fields(
			strings.Join([]string{d.NoshiPresenterName1, d.NoshiPresenterName2,
				d.NoshiPresenterName3}, "　")), "　")
		l.Gift.Noshi = strings.TrimSpace(d.NoshiType + " " + names)
	}
	l.Gift.Wanted = l.Gift.Wrap != "" || l.Gift.Noshi != "" || l.Gift.Message != ""
	return l
}

// options returns the buyer's choices, one a line: free ones as name=value, then paid ones as
// title=choice.
func (d *Detail) options() string {
	text := strings.ReplaceAll(d.ItemOption, "&", "\n")
	for _, paid := range d.ItemOptionCommissions {
		for _, choice := range paid.Values {
			text += "\n" + paid.Title + "=" + choice.Name
		}
	}
	return strings.TrimPrefix(text, "\n")
}
