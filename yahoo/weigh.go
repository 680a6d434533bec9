package yahoo

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Evidence in replies for and against Assumptions, reported with Config.Drift; see
// transport.Config.Weigh.

func (c *Client) weigh(e transport.Evidence, tell transport.Verdict) {
	switch answer := e.Answer.(type) {
	case nil:
		weighStatus(e, tell)
		c.weighSession(e, tell)
	case *OrderInfoResponse:
		c.weighZone(&answer.Order, tell)
		c.weighGiftCharge(&answer.Order, tell)
	}
}

// sure are the statuses that the mall's own pages name.
var sure = []AuthorizeStatus{Authorized, NoSignature, KeyVersionExpired}

// weighStatus looks at a status of the signature that the mall's pages do not name.
func weighStatus(e transport.Evidence, tell transport.Verdict) {
	text := strings.TrimSpace(e.Reply.Header.Get("X-SWS-Authorize-Status"))
	if text != "" && !slices.Contains(sure, AuthorizeStatus(text)) {
		tell("authorize-status", slices.Contains(AuthorizeStatuses(), AuthorizeStatus(text)))
	}
}

// weighSession looks at when an order session ends, against what Session says.
func (c *Client) weighSession(e transport.Evidence, tell transport.Verdict) {
	over := e.Fail != nil && e.Fail.Code == codeSessionOver
	name := e.Call.Operation.Name
	if !over && (e.Fail != nil || name != orderList && name != orderInfo && name != orderChange) {
		return
	}
	used, ok := e.Sent.Context().Value(signedKey{}).(*signed)
	if !ok || used.keys.ConsentedAt.IsZero() {
		return
	}
	ends := c.sessionOf(used.keys).Ends
	switch past := time.Now().After(ends); {
	case over:
		tell("session-from-consent", past)
	case past:
		tell("session-from-consent", false)
	}
}

// weighZone holds the code of a delivery slot against its label.
func (c *Client) weighZone(w *OrderInfo, tell transport.Verdict) {
	code, label := w.Ship.ShipRequestTimeZoneCode, w.Ship.ShipRequestTime
	if code == "" || label == "" {
		return
	}
	match, ok := c.convert.Slots.Match(
		timeslot.Label{Text: label, Mall: string(order.Yahoo), Shop: c.shop,
			Method: cmp.Or(w.Ship.ShipMethodName, w.Ship.ShipMethod)})
	if !ok {
		return
	}
	hours, known := zoneSlots[code]
	slot, err := timeslot.Window(timeslot.At(hours[0], 0), timeslot.At(hours[1], 0))
	tell("time-zone-code", known && err == nil &&
		(match.Slot == slot || match.Slot == timeslot.Morning && code == "101"))
}

// weighGiftCharge looks at the sum of an order with LineGiftCharge.
func (c *Client) weighGiftCharge(w *OrderInfo, tell transport.Verdict) {
	charge := value(w.Detail.LineGiftCharge)
	if charge == 0 {
		return
	}
	a := Convert(w, c.convert).Amounts
	rest := a.Billed
	for _, part := range a.Components {
		rest = rest.Sub(part.Amount)
	}
	switch rest {
	case order.Yen(charge):
		tell("line-gift-charge", true)
	case order.Yen(0):
		tell("line-gift-charge", false)
	}
}
