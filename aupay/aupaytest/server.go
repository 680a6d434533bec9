package aupaytest

import (
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// ServeHTTP answers one request as the mall does.
func (m *Mall) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Transport returns a RoundTripper that reaches the mall over connections in memory, whatever the
// host of a request: it works with testing/synctest, and a client needs no URL. Every call returns
// the same one; Close ends it.
func (m *Mall) Transport() http.RoundTripper { return m.network }

// Close closes the connections of Transport and waits for requests in progress.
func (m *Mall) Close() { m.network.Close() }

// Server is a Mall on a free port of the loopback interface.
type Server struct {
	*Mall
	URL  string // for Config.BaseURL
	stop func()
}

// NewServer returns a new Mall, served on loopback until Close.
func NewServer(o Options) (*Server, error) {
	m := New(o)
	url, stop, err := fake.Listen(m)
	if err != nil {
		m.Close()
		return nil, err
	}
	return &Server{Mall: m, URL: url, stop: stop}, nil
}

// Close stops serving and waits for requests in progress.
func (s *Server) Close() {
	s.stop()
	s.Mall.Close()
}

// Settings returns the values from which aupay.ParseConfig builds a client's Config, with the
// current key. Without [Options.Quotas] the client has no quota either.
func (s *Server) Settings() map[string]string {
	s.mu.Lock()
	issued := s.issued
	s.mu.Unlock()
	return fake.Settings(map[string]string{
		"mall": "aupay", "shop": s.Shop(), "base_url": s.URL, "api_key": s.APIKey(),
	}, map[string]time.Time{"api_key_issued": issued}, s.opt.Quotas)
}
