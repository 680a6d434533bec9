package aupay_test

import (
	"fmt"

	"github.com/jpmall/jpmall/aupay"
)

func ExampleParseConfig() {
	config, err := aupay.ParseConfig(map[string]string{
		"shop": "10000001", "api_key": "an-invented-key", "api_key_issued": "2026-11-01",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := aupay.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.Mall(), client.Shop())
	_, err = aupay.ParseConfig(map[string]string{"shop": "10000001"})
	fmt.Println(err != nil)
	// Output:
	// aupay 10000001
	// true
}
