package transport

import (
	"context"
	"net/http/httptrace"
	"sync/atomic"
)

// sentinel watches one attempt for the moment from which a byte may have left. It is conservative: getting a connection counts
// as sending, and a RoundTripper that does not report to httptrace counts as having sent. net/http may call the hooks after the
// attempt has ended, hence the atomics.
type sentinel struct {
	asked atomic.Bool // the transport looked for a connection, so it does report
	got   atomic.Bool // and got one
}

func (s *sentinel) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { s.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { s.got.Store(true) },
	})
}

// maybe tells whether a byte may have left.
func (s *sentinel) maybe() bool { return s.got.Load() || !s.asked.Load() }
