package faulttest_test

import (
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// kinds are the ways in which a fake fails. The kinds are the same at all four malls, the answers are in each mall's own shape.
var kinds = []fault{
	{Kind: rakutentest.RateLimited}, {Kind: rakutentest.RateLimited, RetryAfter: 40 * time.Second},
	{Kind: rakutentest.ServerError}, {Kind: rakutentest.ServerError, Status: 503, RetryAfter: 5 * time.Second},
	{Kind: rakutentest.HTMLPage}, {Kind: rakutentest.HTMLPage, Status: 502}, {Kind: rakutentest.Maintenance}, {Kind: rakutentest.ExpiredKey},
	{Kind: rakutentest.Malformed}, {Kind: rakutentest.EmptyBody}, {Kind: rakutentest.Redirect},
	{Kind: rakutentest.Custom, Status: 418, Body: "I'm a teapot"}, {Kind: rakutentest.Dropped}, {Kind: rakutentest.ReplyLost},
	{Kind: rakutentest.Truncated}, {Kind: rakutentest.Delayed, Delay: 20 * time.Second}, {Kind: rakutentest.Delayed, Delay: 10 * time.Minute},
	{Kind: rakutentest.SlowBody, Delay: 30 * time.Second}, {Kind: rakutentest.EndlessBody},
}

// chaos stands before a mall and lets one call in five fail. The dice are seeded, so which calls fail follows from the seed.
type chaos struct {
	mall    *mall
	mu      sync.Mutex
	dice    *rand.Rand
	off     bool
	calls   int
	struck  map[string]int
	endless int // how many bodies may go on for ever: each costs the client's whole limit of 64 MiB
}

func newChaos(m *mall, seed uint64, endless int) *chaos {
	return &chaos{mall: m, dice: rand.New(rand.NewPCG(seed, uint64(len(m.name)))), struck: map[string]int{}, endless: endless}
}

func (c *chaos) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := c.strike(); err != nil {
		return nil, err
	}
	return c.mall.wire.RoundTrip(r)
}

// strike arms the next call, which is the one that follows: a feed calls a shop one call at a time.
func (c *chaos) strike() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.off {
		return nil
	}
	c.calls++
	if c.dice.IntN(5) > 0 {
		return nil
	}
	f := kinds[c.dice.IntN(len(kinds))]
	if f.Kind == rakutentest.EndlessBody {
		if c.endless--; c.endless < 0 {
			f = fault{Kind: rakutentest.Truncated}
		}
	}
	c.struck[f.Kind]++
	return c.mall.inject(f)
}

func (c *chaos) end() { c.arm(false) }

// arm lets calls fail, or none any more.
func (c *chaos) arm(on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.off = !on
	if !on {
		c.mall.clear()
	}
}
