// Package amazontest is a fake Amazon.co.jp: the token endpoint of Login with Amazon and the
// Selling Partner APIs that package amazon uses, with invented orders that keep their state. It
// checks tokens, roles and parameters, pages with tokens that expire, enforces quotas if asked to,
// answers errors as Amazon does, and injects faults.
//
//	Mall           the mall, an http.Handler: New, Transport, Inject, Calls
//	Server         a Mall on loopback, with the Settings of a client: NewServer
//	Options        its seller, how many orders, whether quotas are enforced
//	Order, Line …  an order in the mall's own terms, for AddOrder; Put takes an order.Order
//	Package        what was confirmed as shipped of an order
//	Role           a role of the application, for SetRoles
//	Fault, Call    what Inject makes fail, and a request as received
//
// A client reaches it by its Transport:
//
//	mall := amazontest.New(amazontest.Options{})
//	defer mall.Close()
//	client, err := amazon.New(amazon.Config{
//		Shop: mall.Shop(),
//		Keys: credential.Static(amazon.Keys{
//			ClientID:     mall.ClientID(),
//			ClientSecret: credential.NewSecret(mall.ClientSecret()),
//			RefreshToken: credential.NewSecret(mall.RefreshToken()),
//		}),
//		HTTPClient: &http.Client{Transport: mall.Transport()},
//		Limiter:    order.Unlimited,
//	})
//
// Transport serves every host in memory, the token endpoint included, and works with the clock of a
// testing/synctest bubble; a client needs no other URL. [NewServer] listens on loopback: use its
// URL as Config.BaseURL and its TokenURL as Config.TokenURL.
//
// The fake is written from Amazon's documentation and imports nothing from package amazon. All
// methods are safe for concurrent use. Names, addresses and numbers are plainly invented; order ids
// begin with 250-0000.
package amazontest
