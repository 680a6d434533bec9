// Package aupaytest is a fake au PAY マーケット for tests and first steps: an HTTP server in memory or
// on loopback. It holds the orders of one invented shop, checks the key, searches, and returns
// errors in the mall's form. It is written from what is publicly known of the mall, not from this
// SDK's client. It imports no testing framework.
//
//	Mall           the mall, an http.Handler: New, Transport, Inject, Calls
//	Server         a Mall on loopback, with the Settings of a client: NewServer
//	Options        its shop, how many orders, the ErrorShape, whether quotas are enforced
//	Order, Line    an order in the mall's own terms, for AddOrder; Put takes an order.Order
//	Stock, Choice  an item and its choices, for SetStock and Stock
//	Fault, Call    what Inject makes fail, and a request as received
//
// All data is invented. Never expose it to a network.
package aupaytest
