// Package yahootest is a fake Yahoo! Shopping: YConnect v2's token endpoint and the order APIs (注文API) of one invented store, with
// state, for the tests of this SDK and of whoever uses it. It imports no testing framework.
//
//	mall := yahootest.New(yahootest.Options{})
//	defer mall.Close()
//	client, err := yahoo.New(yahoo.Config{
//		Shop:       mall.Shop(),
//		Keys:       credential.Static(yahoo.Keys{ClientID: mall.ClientID(), … RefreshToken: credential.NewSecret(mall.RefreshToken())}),
//		HTTPClient: &http.Client{Transport: mall.Transport()},
//		Limiter:    order.Unlimited,
//	})
//
// It is a http.Handler, served by NewServer on loopback or by Transport in memory; its clock is time.Now, so testing/synctest
// moves it. The store's orders are seeded: the same for the same Options.Seed, spread over the last 14 days, plainly invented.
//
// The mall checks the access token, the age of the order session (twelve hours, four weeks with an accepted public-key
// signature), the signature itself, IP address, store and fields, and answers in its own XML. Faults are injected on request.
package yahootest
