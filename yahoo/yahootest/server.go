package yahootest

import (
	"net/http"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// ServeHTTP answers one request as the mall does.
func (m *Mall) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Transport returns a RoundTripper that reaches the mall over connections in memory, whatever the
// host of a request. It works with testing/synctest. Every call returns the same one; Close ends
// it.
func (m *Mall) Transport() http.RoundTripper { return m.network }

// Close ends the connections of Transport and waits for requests in progress.
func (m *Mall) Close() { m.network.Close() }

// Server is a Mall on a free port of the loopback interface.
type Server struct {
	*Mall
	URL      string // for Config.BaseURL
	TokenURL string // for Config.TokenURL
	host     string
	stop     func()
}

// NewServer returns a new Mall, served on loopback until Close.
func NewServer(o Options) (*Server, error) {
	m := New(o)
	url, stop, err := fake.Listen(m)
	if err != nil {
		m.Close()
		return nil, err
	}
	return &Server{Mall: m, URL: url + strings.TrimSuffix(apiPath, "/"), TokenURL: url + tokenPath,
		host: url, stop: stop}, nil
}

// Close stops serving and waits for requests in progress.
func (s *Server) Close() {
	s.stop()
	s.Mall.Close()
}

// Settings returns the values from which yahoo.ParseConfig builds a client's Config, with the
// current keys. Without [Options.Quotas] the client has no quotas either.
func (s *Server) Settings() map[string]string {
	s.mu.Lock()
	issued := s.publicKey[len(s.publicKey)-1].issued
	s.mu.Unlock()
	return fake.Settings(map[string]string{
		"mall": "yahoo", "shop": s.Shop(), "base_url": s.URL, "token_url": s.TokenURL,
		"authorization_url": s.AuthorizationURL(),
		"client_id":         s.ClientID(), "client_secret": s.ClientSecret(),
		"refresh_token": s.RefreshToken(),
		"public_key":    s.PublicKey(), "public_key_version": s.PublicKeyVersion(),
	}, map[string]time.Time{"consented_at": s.ConsentedAt(), "public_key_issued": issued},
		s.options.Quotas)
}
