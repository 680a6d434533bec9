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
package order
