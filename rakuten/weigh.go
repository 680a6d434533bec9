package rakuten

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
)

// What replies say about Assumptions, reported with Config.Drift; see transport.Config.Weigh.

func (c *Client) weigh(e transport.Evidence, tell transport.Verdict) {
	switch answer := e.Answer.(type) {
	case nil:
		c.weighKeys(e, tell)
		var broken *wire.SyntaxError
		if e.Fail != nil && errors.As(e.Fail.Err, &broken) && broken.Member == "OrderModelList[?]" {
			tell("unknown-order-null", false)
		}
	case *GetOrderResponse:
		if answer.OrderModelList == nil { // an empty list is not nil
			tell("unknown-order-null", true)
		}
		for i := range answer.OrderModelList {
			if e.Call.Operation.Name == "getOrder" { // getOrderItem gives a part of an order
				weighCashFee(&answer.OrderModelList[i], tell)
			}
		}
	case *GetPaymentResponse:
		if answer.OrderModel != nil {
			for _, p := range answer.OrderModel.PaymentModelList {
				tell("payment-status", p.PaymentStatus.Known())
			}
		}
	case *SearchOrderResponse:
		weighTotal(answer, tell)
	}
}

// weighCashFee weighs an order with 代引料 whose sum is right in one way only.
func weighCashFee(w *OrderModel, tell transport.Verdict) {
	if w.DeliveryPrice.Money().Sign() <= 0 {
		return
	}
	switch a := amounts(w); {
	case !a.Unsure.IsZero():
		tell("cash-fee-in-bill", false)
	case a.Billed.Sub(sum(a.Components)).Known() && a.Billed == sum(a.Components):
		tell("cash-fee-in-bill", true)
	}
}

// weighTotal weighs a count that reaches the limit of a search.
func weighTotal(r *SearchOrderResponse, tell transport.Verdict) {
	p := r.PaginationResponseModel
	if p != nil && p.TotalRecordsAmount != nil && *p.TotalRecordsAmount >= searchTotal {
		tell("search-total", *p.TotalRecordsAmount == searchTotal)
	}
}

// trials remembers how the newest license key fared. It is safe for concurrent use.
type trials struct {
	mu      sync.Mutex
	key     credential.Secret
	refused time.Duration // its age when it was last refused; negative: never
}

// early is the age below which a new key is said not to be accepted.
const early = 10 * time.Minute

// weighKeys looks at which license key was accepted or refused.
func (c *Client) weighKeys(e transport.Evidence, tell transport.Verdict) {
	refused := e.Fail != nil && e.Reply.Status == http.StatusUnauthorized && refusal(e.Fail.Code)
	if e.Fail != nil && strings.HasPrefix(e.Fail.Code, "GK") && refusal(e.Fail.Code) {
		c.weighMalformed(tell)
		return
	}
	if e.Fail != nil && !refused {
		return
	}
	c.auth.mu.Lock()
	keys := c.auth.last
	c.auth.mu.Unlock()
	switch e.Sent.Header.Get("Authorization") {
	case pair{keys.ServiceSecret, keys.OldLicenseKey}.header():
		over := !keys.OldIssued.IsZero() && time.Since(keys.OldIssued) > oldKeyLife
		if !refused || !over {
			tell("old-key-lives", !refused)
		}
	case pair{keys.ServiceSecret, keys.LicenseKey}.header():
		if !keys.Issued.IsZero() {
			c.trials.weigh(keys.LicenseKey, time.Since(keys.Issued), refused, tell)
		}
	}
}

// oldKeyLife is the shortest life of a key: a refusal after it says nothing.
const oldKeyLife = 89 * 24 * time.Hour

func (t *trials) weigh(
	key credential.Secret, age time.Duration, refused bool, tell transport.Verdict,
) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.key != key {
		t.key, t.refused = key, -1
	}
	switch {
	case refused:
		t.refused = age
	case age < early, t.refused > propagation: // accepted too soon, or too late
		tell("new-key-refused", false)
		t.refused = -1
	case t.refused >= 0:
		tell("new-key-refused", true)
		t.refused = -1
	}
}

// weighMalformed weighs a GK code: a malformed key confirms it, one that has worked contradicts it.
func (c *Client) weighMalformed(tell transport.Verdict) {
	c.auth.mu.Lock()
	keys, works := c.auth.last, !c.auth.accepted.IsZero() &&
		c.auth.accepted == c.auth.last.LicenseKey
	c.auth.mu.Unlock()
	whole := strings.HasPrefix(keys.ServiceSecret.Reveal(), "SP") &&
		strings.HasPrefix(keys.LicenseKey.Reveal(), "SL")
	switch {
	case works:
		tell("gk-codes", false)
	case !whole:
		tell("gk-codes", true)
	}
}
