// Package rakutentest is a fake Rakuten Ichiba for tests and demonstrations: an http.Handler that behaves like the order side of
// RMS WEB SERVICE, with invented orders, state across writes, keys that age, and faults on request. It is written from the
// published descriptions of the API and does not use package rakuten, so that the two can be held against each other.
//
//	mall := rakutentest.New(rakutentest.Options{})
//	defer mall.Close()
//	client, err := rakuten.New(rakuten.Config{
//		Shop:       mall.Shop(),
//		Keys:       credential.Static(rakuten.Keys{ServiceSecret: …(mall.ServiceSecret()), LicenseKey: …(mall.LicenseKey())}),
//		HTTPClient: &http.Client{Transport: mall.Transport()},
//		Limiter:    order.Unlimited,
//	})
//
// Transport leads to the mall over connections in memory, which testing/synctest can follow; NewServer serves it on loopback.
// The clock is time.Now. Everything is safe for concurrent use.
package rakutentest
