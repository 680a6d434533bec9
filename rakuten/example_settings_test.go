package rakuten_test

import (
	"fmt"

	"github.com/jpmall/jpmall/rakuten"
)

func ExampleParseConfig() {
	config, err := rakuten.ParseConfig(map[string]string{
		"shop": "mihon-shop", "service_secret": "SP000000_invented", "license_key": "SL000000_invented", "license_key_issued": "2026-11-01",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := rakuten.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.Mall(), client.Shop())
	_, err = rakuten.ParseConfig(map[string]string{"shop": "mihon-shop"})
	fmt.Println(err != nil)
	// Output:
	// rakuten mihon-shop
	// true
}
