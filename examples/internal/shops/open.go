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
	shop := Shop{}
	var err error
	switch e.mall {
	case order.Rakuten:
		var c *rakuten.Client
		keys := rakuten.Keys{
			ServiceSecret: secret("service_secret"), LicenseKey: secret("license_key"), OldLicenseKey: secret("old_license_key"),
			Issued: e.time("license_key_issued"),
		}
		c, err = rakuten.New(rakuten.Config{
			Shop: e.values["shop"], BaseURL: e.values["base_url"], Limiter: limiter,
			Keys: credential.Static(keys),
		})
		shop = Shop{Source: c, Check: c.Check, Prober: c, Records: keys.Records(e.values["shop"])}
	case order.Yahoo:
		var c *yahoo.Client
		given := yahoo.Keys{
			ClientID: e.values["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"),
			ConsentedAt: e.time("consented_at"), PublicKey: e.values["public_key"], PublicKeyVersion: e.values["public_key_version"],
			PublicKeyIssued: e.time("public_key_issued"),
		}
		keys := credential.Static(given)
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
		shop.Source, shop.Check, shop.Prober, shop.Records = c, c.Check, c, given.Records(e.values["shop"])
	case order.Amazon:
		var c *amazon.Client
		given := amazon.Keys{
			ClientID: e.values["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"),
			AuthorizedAt: e.time("authorized_at"), SelfAuthorized: true, SecretIssued: e.time("client_secret_issued"),
		}
		keys := credential.Static(given)
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
		shop.Source, shop.Check, shop.Prober, shop.Records = c, c.Check, c, given.Records(e.values["shop"])
	case order.AuPay:
		var c *aupay.Client
		keys := aupay.Keys{APIKey: secret("api_key"), IssuedAt: e.time("api_key_issued")}
		c, err = aupay.New(aupay.Config{
			Shop: e.values["shop"], BaseURL: e.values["base_url"], Limiter: limiter,
			Keys: credential.Static(keys),
		})
		shop = Shop{Source: c, Check: c.Check, Prober: c, Records: keys.Records(e.values["shop"])}
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
