package yahoo_test

import (
	"fmt"

	"github.com/jpmall/jpmall/yahoo"
)

func ExampleParseConfig() {
	config, err := yahoo.ParseConfig(map[string]string{
		"shop": "mihon-store", "client_id": "dj0invented", "client_secret": "invented", "refresh_token": "invented",
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := yahoo.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.Mall(), client.Shop())
	_, err = yahoo.ParseConfig(map[string]string{"shop": "mihon-store"}, nil)
	fmt.Println(err != nil)
	// Output:
	// yahoo mihon-store
	// true
}
