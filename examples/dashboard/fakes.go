package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// fake is a fake shop on loopback, and what happens in it.
type fake struct {
	settings map[string]string
	mall     any // the fake itself
	ids      func() []string
	add      func() (id string)
	change   func(id, note string)
	close    func()
}

// openFakes starts a fake shop of each mall, with so many invented orders (0 is 40) and keys of
// different ages.
func openFakes(orders int) (all []*fake, err error) {
	for _, open := range []func(int) (*fake, error){openRakuten, openYahoo, openAmazon, openAuPay} {
		f, failed := open(orders)
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

func openRakuten(orders int) (*fake, error) {
	issued := daysAgo(84)
	m, err := rakutentest.NewServer(rakutentest.Options{Seed: 1, Orders: orders, Issued: issued})
	if err != nil {
		return nil, err
	}
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		settings: m.Settings(),
		add:      func() string { return m.AddOrder(rakutentest.Order{Progress: 100}) },
		change: func(id, note string) {
			m.ChangeOrder(id, func(o *rakutentest.Order) { o.Memo = note })
		},
	}, nil
}

func openYahoo(orders int) (*fake, error) {
	m, err := yahootest.NewServer(yahootest.Options{Seed: 2, Orders: orders})
	if err != nil {
		return nil, err
	}
	settings := m.Settings()
	settings["public_key_issued"] = daysAgo(100).Format(time.DateOnly)
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		settings: settings,
		add: func() string {
			o, _ := m.Order(m.Numbers()[0])
			for _, own := range []string{"OrderTime", "LastUpdateTime", "PublicationTime",
				"OriginalOrderId", "IsReadOnly"} {
				delete(o.Fields, own)
			}
			o.ID, o.Placed = "", time.Now()
			return m.AddOrder(o)
		},
		change: func(id, note string) {
			m.ChangeOrder(id, func(o *yahootest.Order) {
				o.Fields["Notes"], o.Fields["ShipNotes"] = note, note
			})
		},
	}, nil
}

// openAmazon makes orders that changed three minutes ago, for Amazon shows no change of the last
// two.
func openAmazon(orders int) (*fake, error) {
	m, err := amazontest.NewServer(amazontest.Options{Seed: 3, Orders: orders,
		SecretIssued: daysAgo(172), AuthorizedAt: daysAgo(30)})
	if err != nil {
		return nil, err
	}
	ago := func() time.Time { return time.Now().Add(-3 * time.Minute) }
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		settings: m.Settings(),
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

func openAuPay(orders int) (*fake, error) {
	issued := daysAgo(20)
	m, err := aupaytest.NewServer(aupaytest.Options{Seed: 4, Orders: orders, Issued: issued})
	if err != nil {
		return nil, err
	}
	return &fake{
		mall: m, ids: m.Numbers, close: m.Close,
		settings: m.Settings(),
		add: func() string {
			o, _ := m.Order(m.Numbers()[0])
			o.ID, o.Placed = "", time.Now()
			return m.AddOrder(o)
		},
		change: func(id, note string) {
			m.ChangeOrder(id, func(o *aupaytest.Order) { o.Elements["memo"] = note })
		},
	}, nil
}
