// Package order is the shared model of the order side of Japanese malls (モール): one Order type, one way to read orders and to
// write to them, one error type and one observer for all malls. It knows no HTTP; the clients of the malls (packages rakuten,
// yahoo, amazon and aupay) implement it, and so can any other shop system.
//
//	Source        reads orders: Orders(ctx, Query) and Order(ctx, id)
//	Shipper …     the writes, one small interface each; find one with As
//	Error         what went wrong, with a Class for errors.Is
//	Observer      what happens on the wire, as plain data
//	Capabilities  what a mall supports, as data
//
// All instants are written in JST, amounts are exact decimals (Money), and what a mall left open stays open: an undetermined
// amount, an unresolved time slot and an unknown status are values of their own and never become zero, "no preference" or a guess.
//
// # JSON
//
// Order marshals to a stable JSON form, in which new fields may appear but none changes its name or meaning:
//
//   - instants are RFC 3339 with their offset ("2026-11-23T09:00:00+09:00"), days are "2026-11-23"; fields without a value are left out
//   - an amount is {"amount":"1507","currency":"JPY"} with a plain decimal, or null when it is undetermined
//   - a tax rate is its fraction as text ("0.08"), or "" when it is unknown
//   - a status is its name ("ready_to_ship"); the mall's own stands in mall_status
//   - a slot is its text form: "am", "14:00-16:00", "none" for no preference, and "" for a label that nobody could read, which then stands
//     in label
//   - what the mall sent (Native, Body) is not in it
//
// It holds the personal data of the order.
package order
