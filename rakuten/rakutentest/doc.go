// Package rakutentest is a fake Rakuten Ichiba for tests and demonstrations: an http.Handler that
// behaves like the order side of RMS WEB SERVICE. It has invented orders, state across writes, keys
// that expire, and faults on request. It is written from the published descriptions of the API and
// does not use package rakuten, so that each tests the other.
//
//	Mall                 the mall, an http.Handler: New, Transport, Inject, Calls
//	Server               a Mall on loopback, with the Settings of a client: NewServer
//	Options              its shop, how many orders, whether quotas are enforced
//	Order, Parcel, Item  an order in the mall's own terms, for AddOrder; Put takes an order.Order
//	Shipment             what was reported as shipped of a parcel
//	Fault, Call          what Inject makes fail, and a request as received
//
// A client reaches it by its Transport:
//
//	mall := rakutentest.New(rakutentest.Options{})
//	defer mall.Close()
//	client, err := rakuten.New(rakuten.Config{
//		Shop: mall.Shop(),
//		Keys: credential.Static(rakuten.Keys{
//			ServiceSecret: …(mall.ServiceSecret()), LicenseKey: …(mall.LicenseKey())}),
//		HTTPClient: &http.Client{Transport: mall.Transport()},
//		Limiter:    order.Unlimited,
//	})
//
// Transport connects to the mall in memory, which works with testing/synctest; [NewServer] serves
// it on loopback. The clock is time.Now. Everything is safe for concurrent use.
package rakutentest
