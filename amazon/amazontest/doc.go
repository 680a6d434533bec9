// Package amazontest is a fake Amazon.co.jp: the token endpoint of Login with Amazon and the Selling Partner APIs that package
// amazon uses, with invented orders that keep their state. It checks tokens, roles and parameters, pages with tokens that end,
// counts quotas when asked to, answers errors the way Amazon does, and injects faults.
//
//	mall := amazontest.New(amazontest.Options{})
//	defer mall.Close()
//	client, err := amazon.New(amazon.Config{
//		Shop: mall.Shop(),
//		Keys: credential.Static(amazon.Keys{
//			ClientID: mall.ClientID(), ClientSecret: credential.NewSecret(mall.ClientSecret()), RefreshToken: credential.NewSecret(mall.RefreshToken()),
//		}),
//		HTTPClient: &http.Client{Transport: mall.Transport()},
//		Limiter:    order.Unlimited,
//	})
//
// Transport serves every host in memory, the token endpoint included, and moves with the clock of a testing/synctest bubble; a
// client needs no other URL. NewServer listens on loopback: give its URL as Config.BaseURL and its TokenURL as Config.TokenURL.
//
// It is written from Amazon's documentation, not from package amazon, and imports nothing of it. All methods are safe for concurrent
// use. Names, addresses and numbers are plainly invented; order ids begin with 250-0000.
package amazontest
