package amazontest

import (
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// ServeHTTP answers one request as Amazon does.
func (m *Mall) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Transport returns a RoundTripper that leads to the mall in memory, whatever the host of a
// request: it works with testing/synctest, and a client needs no URL. Every call returns the same
// one; Close ends it.
func (m *Mall) Transport() http.RoundTripper { return m.network }

// Close closes the connections of Transport and waits for requests in progress.
func (m *Mall) Close() { m.network.Close() }

// Server is a fake mall on a free port of the loopback interface.
type Server struct {
	*Mall
	URL      string // for Config.BaseURL
	TokenURL string // for Config.TokenURL
	stop     func()
}

// NewServer returns a fake mall that is served on loopback until Close.
func NewServer(o Options) (*Server, error) {
	m := New(o)
	url, stop, err := fake.Listen(m)
	if err != nil {
		m.Close()
		return nil, err
	}
	return &Server{Mall: m, URL: url, TokenURL: url + tokenPath, stop: stop}, nil
}

// Close stops serving and waits for requests in progress.
func (s *Server) Close() {
	s.stop()
	s.Mall.Close()
}

// Settings returns the values from which amazon.ParseConfig builds a Config, with the current keys.
// Without [Options.Quotas] the client has no quotas either.
func (s *Server) Settings() map[string]string {
	s.mu.Lock()
	authorized, issued := s.options.AuthorizedAt, s.secret.issued
	s.mu.Unlock()
	return fake.Settings(map[string]string{
		"mall": "amazon", "shop": s.Shop(), "base_url": s.URL, "token_url": s.TokenURL,
		"seller_central": s.SellerCentral(),
		"application_id": s.ApplicationID(), "client_id": s.ClientID(),
		"client_secret": s.ClientSecret(),
		"refresh_token": s.RefreshToken(),
	}, map[string]time.Time{"client_secret_issued": issued, "authorized_at": authorized},
		s.options.Quotas)
}
