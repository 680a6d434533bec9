package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"

	"example.com/jpmall-worker/internal/shops"
)

// fake is a fake shop on loopback, and what happens in it.
type fake struct {
	shops.Entry
	settings map[string]string // what Entry is made of
	mall     any               // the fake itself
	ids      func() []string
	add      func() (id string)
	change   func(id, note string)
	close    func()
}

// size is what fake shops are like.
type size struct {
	orders int
	quotas bool // the malls' documented quotas are enforced
}

// openFakes starts n fake shops, of the four malls in turn.
func openFakes(n int, like size) ([]*fake, error) {
	var all []*fake
	for i := range n {
		open := []func(int, size) (*fake, error){openRakuten, openYahoo, openAmazon, openAuPay}[i%4]
		f, err := open(i/4, like)
		if err == nil {
			all = append(all, f)
			f.Entry, err = shops.NewEntry(f.settings)
		}
		if err != nil {
			closeFakes(all)
			return nil, err
		}
	}
	return all, nil
}

func entries(fakes []*fake) (all []shops.Entry) {
	for _, f := range fakes {
		all = append(all, f.Entry)
	}
	return all
}

func closeFakes(all []*fake) {
	for _, f := range all {
		f.close()
	}
}

// stir lets orders come and change in the fake shops, now and then, until ctx ends.
func stir(ctx context.Context, fakes []*fake) {
	tick := time.NewTicker(time.Second)
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

// tenDaysAgo is when the keys of fake shops were made.
func tenDaysAgo() time.Time { return time.Now().AddDate(0, 0, -10) }

func openRakuten(i int, like size) (*fake, error) {
	m, err := rakutentest.NewServer(rakutentest.Options{
		Shop: fmt.Sprint(123456 + i), Seed: uint64(i), Orders: like.orders, Quotas: like.quotas,
	})
	if err != nil {
		return nil, err
	}
	return &fake{
		settings: m.Settings(), mall: m, ids: m.Numbers, close: m.Close,
		add: func() string { return m.AddOrder(rakutentest.Order{Progress: 100}) },
		change: func(id, note string) {
			_ = m.ChangeOrder(id, func(o *rakutentest.Order) { o.Memo = note })
		},
	}, nil
}

func openYahoo(i int, like size) (*fake, error) {
	m, err := yahootest.NewServer(yahootest.Options{
		Shop: fmt.Sprint("mihon-store-", 1+i), ClientID: fmt.Sprint("mihon-client-", 1+i),
		Seed: uint64(i), Orders: like.orders, Quotas: like.quotas,
	})
	if err != nil {
		return nil, err
	}
	return &fake{
		settings: m.Settings(), mall: m, ids: m.Numbers, close: m.Close,
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
func openAmazon(i int, like size) (*fake, error) {
	m, err := amazontest.NewServer(amazontest.Options{
		Shop: fmt.Sprintf("A0MIHONSELLER%d", i), Seed: uint64(i), Orders: like.orders,
		Quotas:       like.quotas,
		AuthorizedAt: tenDaysAgo(), SecretIssued: tenDaysAgo(),
	})
	if err != nil {
		return nil, err
	}
	ago := func() time.Time { return time.Now().Add(-3 * time.Minute) }
	return &fake{
		settings: m.Settings(), mall: m, ids: m.Numbers, close: m.Close,
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

func openAuPay(i int, like size) (*fake, error) {
	m, err := aupaytest.NewServer(aupaytest.Options{
		Shop: fmt.Sprint(10000001 + i), Seed: uint64(i), Orders: like.orders, Quotas: like.quotas,
		Issued: tenDaysAgo(),
	})
	if err != nil {
		return nil, err
	}
	return &fake{
		settings: m.Settings(), mall: m, ids: m.Numbers, close: m.Close,
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
