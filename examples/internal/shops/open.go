// Package shops opens the shops for the example programs: those of a configuration file, or four
// fake ones.
package shops

import (
	"context"
	"errors"
	"fmt"
	"net/http"
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

	values map[string]string
	yahoo  *yahoo.KeyStore // nil without a store, as the next one
	amazon *amazon.KeyStore
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

// Open opens the shops of a configuration file; with an empty name it starts four fake malls on
// loopback.
func Open(file string) (*Opened, error) { return OpenStore(file, "") }

// OpenStore is Open with a file of tokens, in place of the one that the configuration may name. It
// is made when something is first stored; what stands in it counts before the configuration.
func OpenStore(file, store string) (*Opened, error) { return OpenWith(file, store, Wire{}) }

// Wire is what sees the shops' traffic. The zero Wire is nothing.
type Wire struct {
	Client   func(m order.Mall, shop string) *http.Client // nil is the malls' own
	Observer order.Observer
	Drift    bool // the Observer hears where replies are not what is expected, too
	// nil is what the settings say: the mall's own quotas, or none of a fake
	Limiter order.Limiters
}

// limiter is the wire's, or that of the settings.
func (w Wire) limiter(own order.Limiters) order.Limiters {
	if w.Limiter == nil {
		return own
	}
	return w.Limiter
}

// OpenWith is OpenStore with somebody on the wire. With an error come the shops that could be
// opened, none where the file cannot be read.
func OpenWith(file, store string, wire Wire) (opened *Opened, err error) {
	opened = &Opened{}
	var all []credential.ShopSettings
	if file == "" {
		all, opened.close, err = startFakes()
	} else {
		all, opened.Store, err = credential.ReadShops(file)
	}
	if err != nil {
		return nil, err
	}
	if store != "" {
		opened.Store = store
	}
	var kept credential.Store // nil is none
	if opened.Store != "" {
		if kept, err = credential.OpenFile(credential.FileConfig{Path: opened.Store}); err != nil {
			opened.Close()
			return nil, err
		}
	}
	var failed []error
	for i, values := range all {
		shop, err := open(values, kept, wire)
		if err != nil {
			failed = append(failed, fmt.Errorf("shops[%d]: %w", i, err))
			continue
		}
		shop.values = values
		opened.Shops = append(opened.Shops, shop)
	}
	if len(failed) > 0 && file == "" {
		opened.Close()
	}
	return opened, errors.Join(failed...)
}

// open makes the client of a shop. store is nil where nothing is kept.
func open(values map[string]string, store credential.Store, wire Wire) (Shop, error) {
	mall := order.Mall(values["mall"])
	var client *http.Client
	if wire.Client != nil {
		client = wire.Client(mall, values["shop"])
	}
	switch mall {
	case order.Rakuten:
		cfg, err := rakuten.ParseConfig(values)
		if err != nil {
			return Shop{}, err
		}
		cfg.HTTPClient, cfg.Observer, cfg.Drift = client, wire.Observer, wire.Drift
		cfg.Limiter = wire.limiter(cfg.Limiter)
		c, err := rakuten.New(cfg)
		return ready(c, cfg.Keys, err)
	case order.Yahoo:
		cfg, err := yahoo.ParseConfig(values, store)
		if err != nil {
			return Shop{}, err
		}
		cfg.HTTPClient, cfg.Observer, cfg.Drift = client, wire.Observer, wire.Drift
		cfg.Limiter = wire.limiter(cfg.Limiter)
		c, err := yahoo.New(cfg)
		shop, err := ready(c, cfg.Keys, err)
		shop.yahoo, _ = cfg.Keys.(*yahoo.KeyStore)
		return shop, err
	case order.Amazon:
		cfg, err := amazon.ParseConfig(values, store)
		if err != nil {
			return Shop{}, err
		}
		cfg.HTTPClient, cfg.Observer, cfg.Drift = client, wire.Observer, wire.Drift
		cfg.Limiter = wire.limiter(cfg.Limiter)
		c, err := amazon.New(cfg)
		shop, err := ready(c, cfg.Keys, err)
		shop.amazon, _ = cfg.Keys.(*amazon.KeyStore)
		return shop, err
	case order.AuPay:
		cfg, err := aupay.ParseConfig(values)
		if err != nil {
			return Shop{}, err
		}
		cfg.HTTPClient, cfg.Observer, cfg.Drift = client, wire.Observer, wire.Drift
		cfg.Limiter = wire.limiter(cfg.Limiter)
		c, err := aupay.New(cfg)
		return ready(c, cfg.Keys, err)
	}
	return Shop{}, fmt.Errorf("mall: %q: want rakuten, yahoo, amazon or aupay", mall)
}

// ready is the shop of a client. Where there is no consent yet, the ends of the keys are not
// known.
func ready[K interface {
	Records(shop string) []credential.Record
}](c interface {
	order.Source
	credential.Prober
	Check(context.Context) error
}, source credential.Source[K], err error) (Shop, error) {
	if err != nil {
		return Shop{}, err
	}
	keys, err := source.Current(context.Background())
	if err != nil && !errors.Is(err, order.ErrCredentialExpired) {
		return Shop{}, err
	}
	return Shop{Source: c, Check: c.Check, Prober: c, Records: keys.Records(c.Shop())}, nil
}

// Expiry is how one key of a shop stands.
type Expiry struct {
	Name  string // in Japanese and English
	State credential.State
	End   string // a day and time in JST, or why there is none
}

// Expiries reports how the shop's keys stand at an instant. Nobody is asked.
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
