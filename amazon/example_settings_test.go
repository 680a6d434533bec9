package amazon_test

import (
	"fmt"

	"github.com/jpmall/jpmall/amazon"
)

func ExampleParseConfig() {
	config, err := amazon.ParseConfig(map[string]string{
		"shop": "A0MIHONSELLER0", "client_id": "amzn1.application-oa2-client.mihon", "client_secret": "invented", "refresh_token": "Atzr|invented",
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	client, err := amazon.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.Mall(), client.Shop())
	_, err = amazon.ParseConfig(map[string]string{"shop": "A0MIHONSELLER0"}, nil)
	fmt.Println(err != nil)
	// Output:
	// amazon A0MIHONSELLER0
	// true
}
