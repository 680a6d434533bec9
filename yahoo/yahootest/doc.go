// Package yahootest is a fake Yahoo! Shopping with state: the order and stock APIs of one invented
// store and YConnect v2, for tests of this SDK and of its users. It imports no testing framework.
//
//	Mall                 the mall, an http.Handler: New, Transport, Inject, Calls
//	Server               a Mall on loopback, with the Settings of a client: NewServer
//	Options              its store, how many orders, whether quotas are enforced
//	Order, Line, Choice  an order in the mall's own terms, for AddOrder; Put takes an order.Order
//	Stock                a stock record, for SetStock and GetStock
//	Fault, Call          what Inject makes fail, and a request as received
//
// A client reaches it by its Transport:
//
//	mall := yahootest.New(yahootest.Options{})
//	defer mall.Close()
//	client, err := yahoo.New(yahoo.Config{
//		Shop: mall.Shop(),
//		Keys: credential.Static(yahoo.Keys{
//			ClientID:     mall.ClientID(), …
//			RefreshToken: credential.NewSecret(mall.RefreshToken()),
//		}),
//		HTTPClient: &http.Client{Transport: mall.Transport()},
//		Limiter:    order.Unlimited,
//	})
//
// A Mall is an http.Handler. [NewServer] serves it on loopback, Transport in memory. Its clock is
// time.Now, so testing/synctest controls it. The orders are invented, spread over the last 14 days,
// and the same for the same [Options.Seed].
//
// The mall checks the access token, the age of the order session (twelve hours, four weeks with an
// accepted public-key signature), the signature, IP address, store and fields, and answers in the
// real mall's XML. [Mall.Inject] makes calls fail.
package yahootest
