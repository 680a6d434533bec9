package yahootest

import (
	"net/http"
	"strings"

	"github.com/jpmall/jpmall/internal/fake"
)

// ServeHTTP answers one request as the mall does.
func (m *Mall) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Transport leads to the mall over connections in memory, whatever the host of a request, so that it works with testing/synctest
// and a client needs no URL. Every call gives the same one; Close ends it.
func (m *Mall) Transport() http.RoundTripper { return m.network }

// Close ends the connections of Transport and waits for requests under way.
func (m *Mall) Close() { m.network.Close() }

// Server is a mall on a free port of the loopback interface.
type Server struct {
	*Mall
	URL      string // for Config.BaseURL
	TokenURL string // for Config.TokenURL
	host     string
	stop     func()
}

// NewServer makes a mall and serves it on loopback until Close.
func NewServer(o Options) (*Server, error) {
	m := New(o)
	url, stop, err := fake.Listen(m)
	if err != nil {
		m.Close()
		return nil, err
	}
	return &Server{Mall: m, URL: url + strings.TrimSuffix(apiPath, "/"), TokenURL: url + tokenPath, host: url, stop: stop}, nil
}

// Close stops serving and waits for requests under way.
func (s *Server) Close() {
	s.stop()
	s.Mall.Close()
}
