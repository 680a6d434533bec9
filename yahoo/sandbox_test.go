package yahoo_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/yahoo"
)

// hostOf records which host was called.
type hostOf struct{ host *string }

func (h hostOf) RoundTrip(r *http.Request) (*http.Response, error) {
	*h.host = r.URL.Host
	return &http.Response{StatusCode: http.StatusNotFound, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
}

// A store of the sandbox is told by its name; BaseURL overrides it.
func TestSandboxIsChosenByTheShop(t *testing.T) {
	for shop, want := range map[string]string{
		"snbx-mihon": "test.circus.shopping.yahooapis.jp", "mihon-store": "circus.shopping.yahooapis.jp", "mihon-snbx-store": "circus.shopping.yahooapis.jp",
	} {
		var host string
		cfg := yahoo.Config{Shop: shop, Keys: credential.Static(yahoo.Keys{}), Tokens: fixedToken{},
			HTTPClient: &http.Client{Transport: hostOf{&host}}}
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		require.Error(t, c.Check(t.Context()))
		require.Equal(t, want, host, shop)

		cfg.BaseURL = yahoo.SandboxURL
		c, err = yahoo.New(cfg)
		require.NoError(t, err)
		require.Error(t, c.Check(t.Context()))
		require.Equal(t, "test.circus.shopping.yahooapis.jp", host, "by hand")
	}
}
