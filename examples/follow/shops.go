package main

import (
	"fmt"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// open makes the client of a shop from its settings, those of a configuration file or of a fake.
func open(settings map[string]string) (order.Source, error) {
	switch mall := order.Mall(settings["mall"]); mall {
	case order.Rakuten:
		cfg, err := rakuten.ParseConfig(settings)
		if err != nil {
			return nil, err
		}
		return rakuten.New(cfg)
	case order.Yahoo:
		cfg, err := yahoo.ParseConfig(settings, nil)
		if err != nil {
			return nil, err
		}
		return yahoo.New(cfg)
	case order.Amazon:
		cfg, err := amazon.ParseConfig(settings, nil)
		if err != nil {
			return nil, err
		}
		return amazon.New(cfg)
	case order.AuPay:
		cfg, err := aupay.ParseConfig(settings)
		if err != nil {
			return nil, err
		}
		return aupay.New(cfg)
	default:
		return nil, fmt.Errorf("mall %q: want rakuten, yahoo, amazon or aupay", mall)
	}
}
