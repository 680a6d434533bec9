package shops

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"

	"example.com/jpmall-worker/pgstore"
)

// Clients makes the shops' clients and keeps them for the life of the process.
type Clients struct {
	Store  credential.Store
	Quotas *pgstore.Quotas // nil lifts the quotas: for fake malls only
	// from call to call where a mall allows one a second; 0 is the constant Pace
	Pace     time.Duration
	Observer order.Observer
	Logger   *slog.Logger // nil is silent
	HTTP     *http.Client // one pool of connections for all shops

	mu   sync.Mutex
	open map[order.Ref]opened
}

type opened struct {
	row    Row
	client Client
}

// Client is what all four malls' clients can do.
type Client interface {
	order.Source
	order.Shipper
	order.Settler
	credential.Prober
	Check(context.Context) error
}

// Open returns the client of a shop: the one from before, unless its row says another address.
func (c *Clients) Open(s Row) (Client, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := order.Ref{Mall: s.Mall, Shop: s.Shop}
	if o, ok := c.open[name]; ok && o.row.BaseURL == s.BaseURL && o.row.TokenURL == s.TokenURL {
		return o.client, nil
	}
	client, err := c.make(s)
	if err != nil {
		return nil, err
	}
	if c.open == nil {
		c.open = map[order.Ref]opened{}
	}
	c.open[name] = opened{s, client}
	return client, nil
}

// keysLast is for how long a worker takes keys to be those that it read: a client asks before every
// call.
const keysLast = 10 * time.Second

// read makes a credential.Source that reads a shop's keys from the store.
func read[T any](
	c *Clients, s Row, parse func(Row, Keys) (credential.Source[T], error),
) credential.Source[T] {
	var mu sync.Mutex
	var last T
	var until time.Time
	return credential.SourceFunc[T](func(ctx context.Context) (T, error) {
		mu.Lock()
		defer mu.Unlock()
		if time.Now().Before(until) {
			return last, nil
		}
		keys, err := loadKeys(ctx, c.Store, s.Mall, s.Shop)
		if err != nil {
			return last, err
		}
		source, err := parse(s, keys)
		if err != nil {
			return last, err
		}
		last, err = source.Current(ctx)
		if err == nil {
			until = time.Now().Add(keysLast)
		}
		return last, err
	})
}

func (c *Clients) make(s Row) (Client, error) {
	switch s.Mall {
	case order.Rakuten:
		return rakuten.New(rakuten.Config{
			Shop: s.Shop, BaseURL: s.BaseURL, Limiter: c.limiters(s), Observer: c.Observer,
			Logger: c.Logger, HTTPClient: c.HTTP,
			Keys: read(c, s, rakutenKeys),
		})
	case order.Yahoo:
		return yahoo.New(yahoo.Config{
			Shop: s.Shop, BaseURL: s.BaseURL, TokenURL: s.TokenURL, Limiter: c.limiters(s),
			Observer: c.Observer, Logger: c.Logger, HTTPClient: c.HTTP, Store: c.Store,
			Keys: read(c, s, yahooKeys),
		})
	case order.Amazon:
		return amazon.New(amazon.Config{
			Shop: s.Shop, BaseURL: s.BaseURL, TokenURL: s.TokenURL, Limiter: c.limiters(s),
			Observer: c.Observer, Logger: c.Logger, HTTPClient: c.HTTP, Store: c.Store,
			Keys: read(c, s, amazonKeys),
		})
	case order.AuPay:
		return aupay.New(aupay.Config{
			Shop: s.Shop, BaseURL: s.BaseURL, Limiter: c.limiters(s), Observer: c.Observer,
			Logger: c.Logger, HTTPClient: c.HTTP,
			Keys: read(c, s, auPayKeys),
		})
	}
	return nil, fmt.Errorf("mall %q of shop %s: want rakuten, yahoo, amazon or aupay", s.Mall,
		s.Shop)
}
