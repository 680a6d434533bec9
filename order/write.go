package order

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jpmall/jpmall/timeslot"
)

// The writes are small interfaces of one shape, batch first. A mall that cannot do something does not implement its interface;
// As finds the ones that are there. Interfaces here never grow: a new ability is a new interface.
//
// A call returns one Result for each element, in the same order, whatever happened; the error joins the *Error of every element
// that was not done, so it is nil only when all were done. Elements are checked before anything is sent; an element that fails
// its check is Refused and does not stop the others. Whether repeating is harmless stands in each Result.
type (
	// Confirmer tells the mall that the shop has accepted orders (注文確認).
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
	// Annotator writes the shop's memo (ひとことメモ).
	Annotator interface {
		Annotate(context.Context, []Annotation, WriteOptions) ([]Result, error)
	}
	// DeliveryChanger changes delivery date and slot (お届け日時変更).
	DeliveryChanger interface {
		ChangeDelivery(context.Context, []DeliveryChange, WriteOptions) ([]Result, error)
	}
)

// Settler finds out what became of writes whose results are Unsettled. Results are taken as the write returned them, also after a
// restart from their JSON form; one Result for each comes back, in the same order: Done or Refused where the mall shows it by now,
// Unsettled with another Wait where it does not yet. Results that are not Unsettled come back as they are. Nothing is written, so
// repeating is always harmless.
type Settler interface {
	Settle(context.Context, []Result) ([]Result, error)
}

// WriteOptions holds for a whole call. The zero value is the most careful.
type WriteOptions struct {
	DryRun         bool // do all checks, send nothing that changes anything; Results say so
	AnyState       bool // ship although the state of the order forbids it (MayShip); what was objected stands in Result.Warnings
	UnresolvedSlot bool // ship although a slot label could not be read
	FirstNumbers   bool // of more tracking numbers than the mall holds report the first ones and warn, instead of refusing
	// ShownWithin is how long to look for what was written, where a mall's answer is no proof of it: what the mall does not show by
	// then is Unsettled, not Done. Zero is 10 seconds; a negative one looks once.
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
	// CarrierName is what to call a carrier for which the mall has no code, where the mall takes a name.
	CarrierName string
	Numbers     []TrackingNumber // お荷物伝票番号; more than the mall holds is refused, never cut
	At          time.Time        // when it was handed over; required. Malls that hold a date take its day in JST
	Lines       []LineQuantity   // what is in it; empty means everything that is not shipped yet
	Method      string           // shipping method, for malls that ask for it
	// NoNumber says why there is no tracking number, for malls that ask for a reason (Yahoo!). It excludes Numbers.
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

// TrackingNumber is one お荷物伝票番号. Without a Record it adds a number; with one (ShipmentRecord.ID) it corrects that record, or
// removes it when Remove is set.
type TrackingNumber struct {
	Number string
	Record string
	Remove bool
}

// Tracking makes TrackingNumbers that are to be added.
func Tracking(numbers ...string) []TrackingNumber {
	all := make([]TrackingNumber, len(numbers))
	for i, n := range numbers {
		all[i].Number = n
	}
	return all
}

// LineQuantity is a part of a line, by Line.ID.
type LineQuantity struct {
	Line     string
	Quantity int64
}

// Cancellation cancels one order.
type Cancellation struct {
	Order   string
	Reason  CancelReason // what the malls share; required unless Code is given
	Code    string       // the mall's own reason code, in place of Reason
	Comment string       // free text, for malls that take one
	// Restock says whether the mall should put the goods back into stock: NotTold leaves it to the setting of the item.
	Restock Answer
	// Shipped says that the goods had been shipped and are back, for malls that know two ways to cancel.
	Shipped bool
}

// CancelReason is a reason to cancel that the malls share; each mall's converter maps it to its own code.
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

// DeliveryChange sets delivery date and slot of one order. Date and Slot are pointers so that "leave it" and "clear it" differ:
// nil leaves, a zero Date clears the date, timeslot.NoPreference clears the slot. timeslot.Unresolved is refused.
type DeliveryChange struct {
	Order string
	Date  *Date
	Slot  *timeslot.Slot
}

// Outcome is what became of one element of a write.
type Outcome uint8

// The outcomes. The zero Outcome is Unsettled.
const (
	Unsettled Outcome = iota // the answer was lost, or the mall does not show it: it may or may not be applied
	Done                     // the mall has applied it
	Refused                  // by the mall or by a check, because of this order; nothing of it was applied unless Next says so
	NotSent                  // because of another order, or of trouble with the whole shop; nothing of it was applied
)

var outcomeNames = [...]string{"unsettled", "done", "refused", "not_sent"}

// String is "unsettled", "done", "refused" or "not_sent".
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return fmt.Sprintf("Outcome(%d)", uint8(o))
}

// MarshalText writes what String writes; a value outside the set is an error.
func (o Outcome) MarshalText() ([]byte, error) {
	if int(o) >= len(outcomeNames) {
		return nil, fmt.Errorf("order: no such outcome: %d", uint8(o))
	}
	return []byte(outcomeNames[o]), nil
}

// UnmarshalText reads what MarshalText writes, and "unknown", as versions before wrote for Unsettled.
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
	Mall      Mall      `json:"mall,omitempty"`    // whose client wrote
	Shop      string    `json:"shop,omitempty"`    // as in its Config
	Ability   Ability   `json:"ability,omitempty"` // which write: CanShip, CanConfirm, …
	Order     string    `json:"order"`
	Parcel    string    `json:"parcel,omitempty"`
	Outcome   Outcome   `json:"outcome"`
	DryRun    bool      `json:"dry_run,omitempty"`    // nothing was sent; Done means that all checks passed
	Records   []string  `json:"records,omitempty"`    // ids of shipping records that the mall made
	Numbers   []string  `json:"numbers,omitempty"`    // tracking numbers as they were reported
	RequestID string    `json:"request_id,omitempty"` // the mall's id of an asynchronous write, by which it tells its result
	Code      string    `json:"code,omitempty"`       // the mall's code, or an ObjectionCode
	Message   string    `json:"message,omitempty"`    // the mall's words, or ours for a check that failed
	Warnings  []Warning `json:"warnings,omitempty"`
	Next      string    `json:"next,omitempty"` // what to do: how to go on, or how to find out
	// Wait is how long to wait before asking with Settle, or before sending it again: until then the mall may not show what it
	// took. Zero where nothing is to be waited for.
	Wait      time.Duration `json:"wait,omitempty"`
	At        time.Time     `json:"at,omitzero"` // from when the Wait of an unsettled write counts
	Repeating Answer        `json:"repeating"`   // whether sending the same again, now, is harmless
	Err       error         `json:"-"`           // the *Error; nil when Done
}

// Warning is what the mall or a check warned of without refusing.
type Warning struct {
	Field   string `json:"field,omitempty"`
	Code    string `json:"code,omitempty"` // the mall's, or an ObjectionCode
	Message string `json:"message"`
}
