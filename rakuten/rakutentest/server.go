package rakutentest

import (
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// ServeHTTP answers one request as the mall does.
func (m *Mall) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Transport connects to the mall in memory, whatever the host of a request: a client needs no URL,
// and testing/synctest works. Every call returns the same one; Close ends it.
func (m *Mall) Transport() http.RoundTripper { return m.network }

// Close closes the connections of Transport and waits for requests in progress.
func (m *Mall) Close() { m.network.Close() }

// Server is a Mall on a free port of the loopback interface.
type Server struct {
	*Mall
	URL  string // for Config.BaseURL
	stop func()
}

// NewServer returns a mall that is served on loopback until Close.
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

// Settings returns the values from which rakuten.ParseConfig builds a client's Config, with the
// current keys. Without [Options.Quotas] the client has no quota either.
func (s *Server) Settings() map[string]string {
	s.mu.Lock()
	key := s.keys[len(s.keys)-1]
	s.mu.Unlock()
	return fake.Settings(map[string]string{
		"mall": "rakuten", "shop": s.Shop(), "base_url": s.URL,
		"service_secret": s.ServiceSecret(), "license_key": key.key,
	}, map[string]time.Time{"license_key_issued": key.issued}, s.options.Quotas)
}
