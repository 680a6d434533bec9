// Package order is the shared model for the order side of Japanese malls (モール): one Order type, one
// interface for reading orders, a small interface for each kind of write, one error type and one
// observer. It contains no HTTP code. The mall clients (packages rakuten, yahoo, amazon and aupay)
// implement it, and so can the client of any other shop system.
//
//	Order         one order, with its Parcels, Amounts and Status
//	MayShip       reports what speaks against shipping an order
//	Source        reads orders: Orders(ctx, Query) and Order(ctx, id)
//	Feed          follows many shops and delivers each new or changed order at least once
//	Shipper …     the writes, one small interface each; As finds them
//	Actor         writes to the orders of many shops in one call
//	Error         what went wrong, with a Class for errors.Is
//	Observer      receives what happens on the wire, as plain data
//	Capabilities  what a mall supports, as data
//
// Instants are in JST and amounts are exact decimals (Money). What a mall left open stays open: an
// undetermined amount, an unresolved time slot and an unknown status are distinct values and never
// become zero, "no preference" or a guess.
//
// # Writes
//
// Each kind of write is one interface: Confirmer, Shipper, Canceller, Annotator, [DeliveryChanger],
// [StockKeeper]. A mall that does not support it does not implement the interface. These interfaces
// never grow; a new ability is a new interface.
//
// A write takes any number of elements and returns one Result for each, in the same order. The
// error joins the *Error of every element that was not done, so it is nil only if all were.
// Elements are checked before anything is sent. One that fails its check is Refused and does not
// stop the others. [Result.Repeating] says whether it is safe to send one again.
//
// # JSON
//
// Order has a stable JSON form. Fields may be added, but none changes its name or meaning.
//
//   - instants are RFC 3339 with their offset ("2026-11-23T09:00:00+09:00"), days are "2026-11-23";
//     optional fields without a value are omitted
//   - an amount is {"amount":"1507","currency":"JPY"} with a plain decimal, or null when
//     undetermined
//   - a tax rate is a fraction as text ("0.08"), or "" when unknown
//   - a status is its name ("ready_to_ship"); the mall's own status is in mall_status
//   - a slot is its text form: "am", "14:00-16:00", "none" for no preference, or "" for a label
//     that could not be read; the label is then in label
//   - the mall's reply (Native, Body) is not included; all else comes back as it was
//
// It contains the personal data of the order.
//
// # Other malls
//
// To add a shop system that this SDK does not support, implement Source; there is nothing to
// register. Its Mall is any text and is shown to people. Further interfaces are optional, and are
// found where they are needed:
//
//	Shipper, Canceller …         Actor writes to it; WriteOptions.Judge judges the orders
//	Settler                      finds out what became of a write whose answer was lost
//	Capabilities() Capabilities  Feed takes window, pace and kind of search from it
//	Lister                       Feed finds changes in a list, for less than reading the orders
//	credential.Prober            credential.Monitor checks its key, by a credential.Rulebook
//
// [Delivery.ReadSlot] reads slot labels with timeslot, by rules for its Mall and Shop. TestSource
// and TestWrites in package ordertest test whether a Source keeps its contract. The transport of
// the malls' clients is not public, because quotas, retries and error classes depend on what a shop
// system answers. examples/fifthmall is a complete mall with its own transport, in one small
// package.
package order
