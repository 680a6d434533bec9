package yahoo_test

import (
	"log"
	"net/http"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/yahoo"
)

// A page of the order system on which a person consents, every four weeks. The client that runs
// meanwhile takes the new consent with its next call; the monitor counts from it.
func ExampleConsent_Handler() {
	store, err := credential.OpenFile(credential.FileConfig{Path: "/var/lib/orders/tokens.json"})
	if err != nil {
		log.Fatal(err)
	}
	secret := credential.NewSecret("…")
	keys, err := yahoo.NewKeyStore(store, "example-store",
		credential.Static(yahoo.Keys{ClientID: "…", ClientSecret: secret}))
	if err != nil {
		log.Fatal(err)
	}
	client, err := yahoo.New(yahoo.Config{Shop: "example-store", Keys: keys, Store: store})
	if err != nil {
		log.Fatal(err)
	}
	consent, err := yahoo.NewConsent(yahoo.ConsentConfig{ClientID: "…", ClientSecret: secret,
		RedirectURI: "https://orders.example.jp/yahoo"})
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/yahoo", consent.Handler(keys.Consented))
	_ = client // follow its orders
}
