package shops

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// Shop is one shop, ready to work with.
type Shop struct {
	Source  order.Source
	Check   func(context.Context) error // are key, function, address and role right?
	Records []credential.Record         // what is known of its keys' lives
	Prober  credential.Prober           // asks the mall about them

	entry entry
	keep  keeper
}

// Opened are the shops of a configuration file, or four fake ones. Close ends the fakes.
type Opened struct {
	Shops []Shop
	Store string // the file of tokens; empty is none
	close []func()
}

// Close stops what Open has started.
func (o *Opened) Close() {
	for _, stop := range o.close {
		stop()
	}
}

// Open opens the shops of a configuration file; with an empty name it starts four fake malls on loopback, with quotas lifted.
func Open(file string) (*Opened, error) { return OpenStore(file, "") }

// OpenStore is Open with a file of tokens, in place of the one that the configuration may name. It is made when something is first
// stored; what stands in it counts before the configuration.
func OpenStore(file, store string) (*Opened, error) {
	opened := &Opened{}
	var entries []entry
	var limiter order.Limiters // nil is the malls' own quotas
	if file == "" {
		limiter = order.Unlimited
		fakes, stop, err := startFakes()
		if err != nil {
			return nil, err
		}
		entries, opened.close = fakes, stop
	} else {
		read, named, err := readConfig(file)
		if err != nil {
			return nil, err
		}
		entries = read
		if store == "" {
			store = named
		}
	}
	var failed []error
	var kept credential.Store
	if store != "" {
		var err error
		if kept, err = credential.OpenFile(credential.FileConfig{Path: store}); err != nil {
			opened.Close()
			return nil, err
		}
		opened.Store = store
	}
	for _, e := range entries {
		shop, err := e.open(limiter, kept)
		if err == nil && kept != nil {
			err = shop.recall(kept)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", e.path, err))
			continue
		}
		shop.entry = e
		opened.Shops = append(opened.Shops, shop)
	}
	if len(failed) > 0 && file == "" {
		opened.Close()
		return nil, errors.Join(failed...)
	}
	return opened, errors.Join(failed...)
}

// open makes the client of a shop. limiter is nil for the malls' own quotas, store is nil where nothing is kept.
func (e entry) open(limiter order.Limiters, store credential.Store) (Shop, error) {
	secret := func(name string) credential.Secret { return credential.NewSecret(e.values[name]) }
	record := func(kind credential.Kind, since string) credential.Record {
		return credential.Record{Mall: e.mall, Shop: e.values["shop"], Kind: kind, Start: e.time(since)}
	}
	shop := Shop{}
	var err error
	switch e.mall {
	case order.Rakuten:
		var c *rakuten.Client
		c, err = rakuten.New(rakuten.Config{
			Shop: e.values["shop"], BaseURL: e.values["base_url"], Limiter: limiter,
			Keys: credential.Static(rakuten.Keys{
				ServiceSecret: secret("service_secret"), LicenseKey: secret("license_key"), OldLicenseKey: secret("old_license_key"),
				Issued: e.time("license_key_issued"),
			}),
		})
		shop = Shop{Source: c, Check: c.Check, Prober: c, Records: []credential.Record{record(credential.KindLicenseKey, "license_key_issued")}}
	case order.Yahoo:
		var c *yahoo.Client
		keys := credential.Static(yahoo.Keys{
			ClientID: e.values["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"),
			ConsentedAt: e.time("consented_at"), PublicKey: e.values["public_key"], PublicKeyVersion: e.values["public_key_version"],
		})
		if store != nil {
			if shop.keep.yahoo, err = yahoo.NewKeyStore(store, e.values["shop"], keys); err != nil {
				return shop, err
			}
			keys = shop.keep.yahoo
		}
		c, err = yahoo.New(yahoo.Config{
			Shop: e.values["shop"], BaseURL: e.values["base_url"], TokenURL: e.values["token_url"], Limiter: limiter, Store: store,
			Keys: keys,
		})
		session := record(credential.KindOrderSession, "consented_at")
		session.Extended = e.values["public_key"] != ""
		shop.Source, shop.Check, shop.Prober = c, c.Check, c
		shop.Records = []credential.Record{session, record(credential.KindRefreshToken, "consented_at")}
		if e.values["public_key"] != "" {
			shop.Records = append(shop.Records, record(credential.KindPublicKey, "public_key_issued"))
		}
	case order.Amazon:
		var c *amazon.Client
		keys := credential.Static(amazon.Keys{
			ClientID: e.values["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"),
		})
		if store != nil {
			if shop.keep.amazon, err = amazon.NewKeyStore(store, e.values["shop"], keys); err != nil {
				return shop, err
			}
			keys = shop.keep.amazon
		}
		c, err = amazon.New(amazon.Config{
			Shop: e.values["shop"], BaseURL: e.values["base_url"], TokenURL: e.values["token_url"], Limiter: limiter, Store: store,
			Keys: keys,
		})
		shop.Source, shop.Check, shop.Prober = c, c.Check, c
		shop.Records = []credential.Record{
			record(credential.KindSelfAuthorization, "authorized_at"), record(credential.KindClientSecret, "client_secret_issued"),
		}
	case order.AuPay:
		var c *aupay.Client
		c, err = aupay.New(aupay.Config{
			Shop: e.values["shop"], BaseURL: e.values["base_url"], Limiter: limiter,
			Keys: credential.Static(aupay.Keys{APIKey: secret("api_key"), IssuedAt: e.time("api_key_issued")}),
		})
		shop = Shop{Source: c, Check: c.Check, Prober: c, Records: []credential.Record{record(credential.KindAPIKey, "api_key_issued")}}
	}
	return shop, err
}

// Expiry is how one key of a shop stands.
type Expiry struct {
	Name  string // in Japanese and English
	State credential.State
	End   string // a day and time in JST, or why there is none
}

// Expiries tells how the shop's keys stand at an instant. Nobody is asked.
func (s Shop) Expiries(now time.Time) []Expiry {
	var all []Expiry
	book, _ := credential.NewRulebook() // the built-in rules are not refused
	for _, r := range s.Records {
		rule, _ := book.Rule(r.Mall, r.Kind)
		x := credential.Assess(rule, r, now)
		end := x.Why.EN
		if !x.End.IsZero() {
			end = x.End.In(order.JST).Format("2006-01-02 15:04 MST")
		}
		all = append(all, Expiry{Name: rule.Name.EN, State: x.State, End: end})
	}
	return all
}
