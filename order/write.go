package order

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jpmall/jpmall/timeslot"
)

type (
	// Confirmer accepts orders (注文確認).
	Confirmer interface {
		Confirm(context.Context, []Confirmation, WriteOptions) ([]Result, error)
	}
	// Shipper reports shipping (発送報告), and corrects or removes tracking numbers reported before.
	Shipper interface {
		Ship(context.Context, []Shipment, WriteOptions) ([]Result, error)
	}
	// Canceller cancels orders (キャンセル).
	Canceller interface {
		Cancel(context.Context, []Cancellation, WriteOptions) ([]Result, error)
	}
	// Annotator replaces the shop's memo (ひとことメモ, 社内メモ).
	Annotator interface {
		Annotate(context.Context, []Annotation, WriteOptions) ([]Result, error)
	}
	// DeliveryChanger changes delivery date and slot (お届け日時変更).
	DeliveryChanger interface {
		ChangeDelivery(context.Context, []DeliveryChange, WriteOptions) ([]Result, error)
	}
)

// Settler finds out what became of writes whose results are Unsettled. It takes results as the
// write returned them, or as read back from their JSON form after a restart, and returns one Result
// for each, in the same order: Done or Refused if the mall shows it by now, Unsettled with another
// Wait if not. Results that are not Unsettled are returned unchanged. Nothing is written. Safe to
// repeat.
type Settler interface {
	Settle(context.Context, []Result) ([]Result, error)
}

// WriteOptions apply to a whole call. The zero value is the most careful.
type WriteOptions struct {
	DryRun bool // do all checks, but send nothing that changes anything; Results say so
	// write although the state of the order forbids it (see Judge); objections are in
	// Result.Warnings
	AnyState       bool
	UnresolvedSlot bool // ship although a slot label could not be read
	// if there are more tracking numbers than the mall holds, report the first ones and warn
	// instead of refusing
	FirstNumbers bool
	// ShownWithin is how long to look for what was written, where a mall's answer alone is no
	// proof. What the mall does not show by then is Unsettled, not Done. Zero is 10 seconds; a
	// negative value looks once.
	ShownWithin time.Duration
}

// Confirmation accepts one order.
type Confirmation struct {
	Order string // order number
}

// Shipment reports one parcel as shipped.
type Shipment struct {
	Order   string           // order number
	Parcel  string           // Parcel.ID; may be empty when the order has one parcel
	Carrier timeslot.Carrier // 配送会社; required unless only numbers are removed
	// CarrierName is the name of a carrier for which the mall has no code, where it takes a name.
	CarrierName string
	Numbers     []TrackingNumber // お荷物伝票番号; more than the mall holds are refused, never cut
	// when it was handed over; required. Malls that hold a date take its day in JST
	At     time.Time
	Lines  []LineQuantity // what is in it; empty means everything not shipped yet
	Method string         // shipping method, for malls that ask for it
	// NoNumber is why there is no tracking number, for malls that ask for a reason (Yahoo!). It
	// excludes Numbers.
	NoNumber NoNumber
}

// NoNumber is a reason why a parcel has no tracking number (伝票番号なし理由).
type NoNumber string

// The reasons.
const (
	MakerShips        NoNumber = "maker_ships"      // メーカー直送
	NothingToShip     NoNumber = "nothing_to_ship"  // 配送物なし
	PickedUp          NoNumber = "picked_up"        // 店頭受取
	CarrierContacts   NoNumber = "carrier_contacts" // 配送会社から連絡
	MethodHasNoNumber NoNumber = "method_has_none"  // 伝票番号のない配送方法
)

// TrackingNumber is one tracking number (お荷物伝票番号). Without a Record it is added. With one
// ([ShipmentRecord.ID]) it corrects that record, or removes it if Remove is set.
type TrackingNumber struct {
	Number string
	Record string
	Remove bool
}

// Tracking returns TrackingNumbers that add the given numbers.
func Tracking(numbers ...string) []TrackingNumber {
	all := make([]TrackingNumber, len(numbers))
	for i, n := range numbers {
		all[i].Number = n
	}
	return all
}

// LineQuantity is part of a line, by [Line.ID].
type LineQuantity struct {
	Line     string
	Quantity int64
}

// Cancellation cancels one order.
type Cancellation struct {
	Order   string
	Reason  CancelReason // required unless Code is given
	Code    string       // the mall's own reason code, in place of Reason
	Comment string       // free text, for malls that take one
	// Restock is whether the mall should put the goods back into stock; NotTold leaves it to the
	// item's setting.
	Restock Answer
	// Shipped means that the goods had been shipped and are back, for malls with two ways to
	// cancel.
	Shipped bool
}

// CancelReason is a reason to cancel that the malls share. Each client maps it to its own code.
type CancelReason string

// The reasons.
const (
	BuyerRequest   CancelReason = "buyer_request" // お客様都合
	Returned       CancelReason = "returned"      // 受取後の返品
	Unpaid         CancelReason = "unpaid"        // 未入金
	Undeliverable  CancelReason = "undeliverable" // 長期不在, 住所不明
	RefusedByBuyer CancelReason = "refused"       // 受取拒否
	OutOfStock     CancelReason = "out_of_stock"  // 欠品
	Delayed        CancelReason = "delayed"       // 発送遅延
	OtherReason    CancelReason = "other"
)

// Annotation replaces the memo of one order; an empty Memo clears it.
type Annotation struct {
	Order string
	Memo  string
}

// DeliveryChange sets delivery date and slot of one order. A nil Date or Slot is left as it is; a
// zero Date clears the date, [timeslot.NoPreference] the slot. [timeslot.Unresolved] is refused.
type DeliveryChange struct {
	Order string
	Date  *Date
	Slot  *timeslot.Slot
}

// Outcome is what became of one element of a write.
type Outcome uint8

// The outcomes. The zero Outcome is Unsettled.
//
// A write ends in Refused by the answer of the mall or of a check: Code and Message say why, and
// the same is refused again until that is corrected. Settle also uses it for a write that the mall
// does not show after its Wait: it was not applied. Then Code is empty, Repeating is Yes, and Next
// says to send it again.
const (
	// the answer was lost, or the mall does not show the write: it may or may not be applied
	Unsettled Outcome = iota
	Done              // the mall has applied it
	// by the mall or by a check, because of this order; nothing was applied unless Next says so
	Refused
	NotSent // because of another order, or of trouble with the whole shop; nothing was applied
)

var outcomeNames = [...]string{"unsettled", "done", "refused", "not_sent"}

// String returns "unsettled", "done", "refused" or "not_sent".
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return fmt.Sprintf("Outcome(%d)", uint8(o))
}

// MarshalText returns what String returns, or an error for a value outside the set.
func (o Outcome) MarshalText() ([]byte, error) {
	if int(o) >= len(outcomeNames) {
		return nil, fmt.Errorf("order: no such outcome: %d", uint8(o))
	}
	return []byte(outcomeNames[o]), nil
}

// UnmarshalText reads what MarshalText writes, and "unknown", which earlier versions wrote for
// Unsettled.
func (o *Outcome) UnmarshalText(text []byte) error {
	i := slices.Index(outcomeNames[:], string(text))
	switch {
	case string(text) == "unknown":
		i = int(Unsettled)
	case i < 0:
		return fmt.Errorf("order: no such outcome: %q", text)
	}
	*o = Outcome(i)
	return nil
}

// Result is what became of one element of a write.
type Result struct {
	Mall    Mall    `json:"mall,omitempty"`    // whose client wrote
	Shop    string  `json:"shop,omitempty"`    // as in its Config
	Ability Ability `json:"ability,omitempty"` // which write: CanShip, CanConfirm, …
	Order   string  `json:"order"`
	Parcel  string  `json:"parcel,omitempty"`
	SKU     SKU     `json:"sku,omitzero"` // of a write of stock, instead of Order
	Outcome Outcome `json:"outcome"`
	// nothing was sent; Done means that all checks passed
	DryRun  bool     `json:"dry_run,omitempty"`
	Records []string `json:"records,omitempty"` // ids of shipping records that the mall made
	Numbers []string `json:"numbers,omitempty"` // tracking numbers as reported
	// the mall's id of an asynchronous write, for looking up its result
	RequestID string `json:"request_id,omitempty"`
	Code      string `json:"code,omitempty"` // the mall's code, or an ObjectionCode
	// the mall's words, or those of a check that failed
	Message string `json:"message,omitempty"`
	// Message in both languages where the words are this SDK's own; Reason chooses
	Text     Text      `json:"text,omitzero"`
	Warnings []Warning `json:"warnings,omitempty"`
	Next     Text      `json:"next,omitzero"` // what to do next, or how to find out
	// Wait is how long to wait before calling Settle or sending it again; until then the mall may
	// not show what it has accepted. Zero means that there is no need to wait.
	Wait      time.Duration `json:"wait,omitempty"`
	At        time.Time     `json:"at,omitzero"` // when the Wait of an unsettled write began
	Repeating Answer        `json:"repeating"`   // whether it is safe to send the same again now
	Err       error         `json:"-"`           // the *Error; nil when Done
}

// Warning is what the mall or a check objected to without refusing.
type Warning struct {
	Field   string `json:"field,omitempty"`
	Code    string `json:"code,omitempty"` // the mall's, or an ObjectionCode
	Message string `json:"message"`
	// Message in both languages where the words are this SDK's own; In chooses
	Text Text `json:"text,omitzero"`
}
