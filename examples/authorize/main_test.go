package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// start runs the program and gives the address of its page. It ends with the test.
func start(t *testing.T, args ...string) (address string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	in, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, append(args, "-port", "0"), out, io.Discard)
		out.Close()
	}()
	text := make([]byte, 1<<12)
	n, err := in.Read(text)
	require.NoError(t, err)
	go func() { _, _ = io.Copy(io.Discard, in) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-done)
	})
	return regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(string(text[:n]))
}

// browser follows links by what they say.
type browser struct {
	t      *testing.T
	client *http.Client
	at     *url.URL
	html   string
	status int
}

func (b *browser) open(address string) *browser {
	b.t.Helper()
	resp, err := b.client.Get(address)
	require.NoError(b.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(b.t, err)
	b.at, b.html, b.status = resp.Request.URL, string(body), resp.StatusCode
	return b
}

func (b *browser) click(words string) *browser {
	b.t.Helper()
	link := regexp.MustCompile(`href="([^"]*)">[^<]*` + regexp.QuoteMeta(words)).FindStringSubmatch(b.html)
	require.NotNil(b.t, link, "%s: %s", words, b.html)
	to, err := b.at.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
	require.NoError(b.t, err)
	return b.open(to.String())
}

func newBrowser(t *testing.T) *browser {
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &browser{t: t, client: &http.Client{Jar: jar, Timeout: 2 * time.Minute}}
}

func TestFakes(t *testing.T) {
	store := filepath.Join(t.TempDir(), "tokens.json")
	page := start(t, "-store", store)
	b := newBrowser(t)
	b.open(page).click("mihon-store").click("同意する")
	require.Equal(t, 200, b.status, b.html)
	require.Contains(t, b.html, "認可が完了しました")
	require.Contains(t, b.open(page).html, "A0MIHONSELLER0")
	b.click("A0MIHONSELLER0").click("承認する")
	require.Equal(t, 200, b.status, b.html)
	b.open(page).click("mihon-store").click("同意しない")
	require.Equal(t, 400, b.status)
	require.Contains(t, b.html, "access_denied")
	require.Equal(t, 404, b.open(page+"/elsewhere").status)

	info, err := os.Stat(store)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	file, err := credential.OpenFile(credential.FileConfig{Path: store})
	require.NoError(t, err)
	records, err := credential.LoadRecords(t.Context(), file)
	require.NoError(t, err)
	require.Len(t, records, 3, "session and refresh token of Yahoo!, authorisation of Amazon")
	for _, r := range records {
		require.WithinDuration(t, time.Now(), r.Start, time.Minute)
	}

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, page, nil)
	require.NoError(t, err)
	req.Host = "attacker.example"
	resp, err := b.client.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 403, resp.StatusCode)
}

// From a configuration without refresh tokens: nothing works, a person consents, everything works,
// after a restart too.
func TestAConfigurationWithoutTokens(t *testing.T) {
	y, err := yahootest.NewServer(yahootest.Options{Orders: 3})
	require.NoError(t, err)
	t.Cleanup(y.Close)
	a, err := amazontest.NewServer(amazontest.Options{Orders: 3, Draft: true})
	require.NoError(t, err)
	t.Cleanup(a.Close)
	config := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(config, []byte(fmt.Sprintf(`{"store": "tokens.json", "shops": [
		{"mall": "yahoo", "shop": %q, "client_id": %q, "client_secret": %q, "base_url": %q, "token_url": %q, "authorization_url": %q},
		{"mall": "amazon", "shop": %q, "client_id": %q, "client_secret": %q, "base_url": %q, "token_url": %q, "seller_central": %q,
			"application_id": %q, "application_draft": "true"}]}`,
		y.Shop(), y.ClientID(), y.ClientSecret(), y.URL, y.TokenURL, y.AuthorizationURL(),
		a.Shop(), a.ClientID(), a.ClientSecret(), a.URL, a.TokenURL, a.SellerCentral(), a.ApplicationID())), 0o600))
	works := func() (working []order.Mall) {
		opened, err := shops.Open(config)
		require.NoError(t, err)
		defer opened.Close()
		for _, s := range opened.Shops {
			if s.Check(t.Context()) == nil {
				working = append(working, s.Source.Mall())
			}
		}
		return working
	}
	require.Empty(t, works())
	page := start(t, "-config", config)
	b := newBrowser(t)
	b.open(page).click(y.Shop()).click("同意する")
	require.Equal(t, 200, b.status, b.html)
	require.Equal(t, []order.Mall{order.Yahoo}, works())
	b.open(page).click(a.Shop()).click("承認する")
	require.Equal(t, 200, b.status, b.html)
	require.Equal(t, []order.Mall{order.Yahoo, order.Amazon}, works())
}

func TestBadUse(t *testing.T) {
	config := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(config,
		[]byte(`{"shops": [{"mall":"aupay","shop":"10000001","api_key":"invented"}]}`), 0o600))
	for name, test := range map[string]struct {
		args []string
		says string
	}{
		"arguments":  {[]string{"yahoo"}, "no arguments"},
		"no file":    {[]string{"-config", "no-such-file.json"}, "no-such-file.json"},
		"no store":   {[]string{"-config", config}, "no file to store tokens"},
		"no consent": {[]string{"-config", config, "-store", filepath.Join(t.TempDir(), "tokens.json")}, "needs a consent"},
		"a flag":     {[]string{"-nonsense"}, "nonsense"},
	} {
		err := run(t.Context(), append([]string{"-port", "0"}, test.args...), io.Discard, io.Discard)
		require.ErrorContains(t, err, test.says, name)
	}
}
