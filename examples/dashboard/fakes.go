package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// fake is a fake shop on loopback, and what happens in it.
type fake struct {
	entry  entry
	mall   any // the fake itself
	ids    func() []string
	add    func() (id string)
	change func(id, note string)
	close  func()
}

// openFakes starts a fake shop of each mall, with 40 invented orders and keys of different ages.
func openFakes() (all []*fake, err error) {
	for _, open := range []func() (*fake, error){openRakuten, openYahoo, openAmazon, openAuPay} {
		f, failed := open()
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		all = append(all, f)
	}
	return all, err
}

// stir lets orders come and change in the fake shops, now and then, until ctx ends.
func stir(ctx context.Context, fakes []*fake) {
	tick := time.NewTicker(4 * time.Second)
	defer tick.Stop()
	for n := 1; len(fakes) > 0; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		f := fakes[rand.IntN(len(fakes))]
		if n%2 == 0 {
			f.add()
			continue
		}
		ids := f.ids()
		f.change(ids[rand.IntN(len(ids))], fmt.Sprintf("お客様より電話あり (%d)", n))
	}
}

func daysAgo(days int) time.Time { return time.Now().AddDate(0, 0, -days) }

func written(t time.Time) string { return t.In(order.JST).Format(time.RFC3339) }

func openRakuten() (*fake, error) {
	issued := daysAgo(84)
	m, err := rakutentest.NewServer(rakutentest.Options{Seed: 1, Issued: issued})
	if err != nil {
		return nil, err
	}
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		entry: entry{
			"mall": string(order.Rakuten), "shop": m.Shop(), "service_secret": m.ServiceSecret(), "license_key": m.LicenseKey(),
			"license_key_issued": written(issued), "base_url": m.URL,
		},
		add:    func() string { return m.AddOrder(rakutentest.Order{Progress: 100}) },
		change: func(id, note string) { m.ChangeOrder(id, func(o *rakutentest.Order) { o.Memo = note }) },
	}, nil
}

func openYahoo() (*fake, error) {
	m, err := yahootest.NewServer(yahootest.Options{Seed: 2})
	if err != nil {
		return nil, err
	}
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		entry: entry{
			"mall": string(order.Yahoo), "shop": m.Shop(), "client_id": m.ClientID(), "client_secret": m.ClientSecret(),
			"refresh_token": m.RefreshToken(), "consented_at": written(daysAgo(0)), "public_key": m.PublicKey(),
			"public_key_version": m.PublicKeyVersion(), "public_key_issued": written(daysAgo(100)),
			"base_url": m.URL, "token_url": m.TokenURL, "authorization_url": m.AuthorizationURL(),
		},
		add: func() string {
			o, _ := m.Order(m.Numbers()[0])
			for _, own := range []string{"OrderTime", "LastUpdateTime", "PublicationTime", "OriginalOrderId", "IsReadOnly"} {
				delete(o.Fields, own)
			}
			o.ID, o.Placed = "", time.Now()
			return m.AddOrder(o)
		},
		change: func(id, note string) {
			m.ChangeOrder(id, func(o *yahootest.Order) { o.Fields["Notes"], o.Fields["ShipNotes"] = note, note })
		},
	}, nil
}

// openAmazon makes orders that changed three minutes ago, for Amazon shows no change of the last two.
func openAmazon() (*fake, error) {
	m, err := amazontest.NewServer(amazontest.Options{Seed: 3, SecretIssued: daysAgo(172), AuthorizedAt: daysAgo(30)})
	if err != nil {
		return nil, err
	}
	ago := func() time.Time { return time.Now().Add(-3 * time.Minute) }
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		entry: entry{
			"mall": string(order.Amazon), "shop": m.Shop(), "client_id": m.ClientID(), "client_secret": m.ClientSecret(),
			"refresh_token": m.RefreshToken(), "client_secret_issued": written(daysAgo(172)), "authorized_at": written(daysAgo(30)),
			"application_id": m.ApplicationID(), "seller_central": m.SellerCentral(), "base_url": m.URL, "token_url": m.TokenURL,
		},
		add: func() string {
			o, _ := m.Order(m.Numbers()[0])
			o.ID, o.Status, o.Placed, o.Updated = "", "UNSHIPPED", ago(), ago()
			return m.AddOrder(o)
		},
		change: func(id, note string) {
			m.ChangeOrder(id, func(o *amazontest.Order) { o.Instruction, o.Updated = note, ago() })
		},
	}, nil
}

func openAuPay() (*fake, error) {
	issued := daysAgo(20)
	m, err := aupaytest.NewServer(aupaytest.Options{Seed: 4, Issued: issued})
	if err != nil {
		return nil, err
	}
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		entry: entry{
			"mall": string(order.AuPay), "shop": m.Shop(), "api_key": m.APIKey(), "api_key_issued": written(issued), "base_url": m.URL,
		},
		add: func() string {
			o, _ := m.Order(m.Numbers()[0])
			o.ID, o.Placed = "", time.Now()
			return m.AddOrder(o)
		},
		change: func(id, note string) { m.ChangeOrder(id, func(o *aupaytest.Order) { o.Elements["memo"] = note }) },
	}, nil
}
