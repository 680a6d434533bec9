package amazon_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
)

// Rotating the client secret without a person: the call asks for it, the queue brings it, the
// KeyStore keeps it, and the client uses it from its next refresh on.
func ExampleKeyStore_Notified() {
	mall := amazontest.New(amazontest.Options{SecretIssued: time.Now().AddDate(0, 0, -150)})
	defer mall.Close()
	mall.RegisterRotationQueue()

	ctx := context.Background()
	// a File in a real program
	keys, err := amazon.NewKeyStore(new(credential.Memory), mall.Shop(), credential.Static(amazon.Keys{
		ClientID: mall.ClientID(), ClientSecret: credential.NewSecret(mall.ClientSecret()),
		RefreshToken: credential.NewSecret(mall.RefreshToken()),
	}))
	if err != nil {
		log.Fatal(err)
	}
	client, err := amazon.New(amazon.Config{Shop: mall.Shop(), Keys: keys,
		HTTPClient: &http.Client{Transport: mall.Transport()}})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := client.RotateApplicationClientSecret(ctx); err != nil {
		log.Fatal(err)
	}
	for _, message := range mall.Notifications() { // the SQS queue
		notifications, err := amazon.ParseNotifications([]byte(message))
		if err != nil {
			log.Fatal(err)
		}
		for _, n := range notifications {
			changed, err := keys.Notified(ctx, n)
			if err != nil {
				log.Fatal(err) // the message stays in the queue
			}
			fmt.Println(n.Type, changed)
		}
	}
	now, err := keys.Current(ctx)
	fmt.Println(now.ClientSecret.Reveal() == mall.ClientSecret(), err)
	// Output:
	// APPLICATION_OAUTH_CLIENT_NEW_SECRET true
	// true <nil>
}
