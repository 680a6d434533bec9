package main

import (
	"bufio"
	"encoding/csv"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	japaneseText "golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/order"
)

func TestOnlyOurOwnPagesChangeAnything(t *testing.T) {
	t.Parallel()
	s := start(t)
	form := func(token string) io.Reader {
		return strings.NewReader(url.Values{"token": {token}, "mask": {"1"}, "back": {"//evil.example/"}}.Encode())
	}
	token := s.token()
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for name, tc := range map[string]struct {
		token string
		edit  func(*http.Request)
		want  int
	}{
		"ours":         {token, func(*http.Request) {}, http.StatusSeeOther},
		"our origin":   {token, func(r *http.Request) { r.Header.Set("Origin", s.url) }, http.StatusSeeOther},
		"no token":     {"", func(*http.Request) {}, http.StatusForbidden},
		"other token":  {strings.Repeat("0", 64), func(*http.Request) {}, http.StatusForbidden},
		"other origin": {token, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, http.StatusForbidden},
		"null origin":  {token, func(r *http.Request) { r.Header.Set("Origin", "null") }, http.StatusForbidden},
		"other site":   {token, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		"other host":   {token, func(r *http.Request) { r.Host = "evil.example" }, http.StatusMisdirectedRequest},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/settings", form(tc.token))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		tc.edit(r)
		answer, err := s.client.Do(r)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, tc.want, answer.StatusCode, name)
		require.NotContains(t, answer.Header.Get("Location"), "evil", name)
	}
	stranger, err := http.PostForm(s.url+"/settings", url.Values{"token": {token}})
	require.NoError(t, err)
	require.NoError(t, stranger.Body.Close())
	require.Equal(t, http.StatusForbidden, stranger.StatusCode, "a token works in its own browser only")

	answer, err := s.client.Get(s.url + "/")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Contains(t, answer.Header.Get("Content-Security-Policy"),
		"default-src 'none'; script-src 'self'; style-src 'self'")
	require.NotContains(t, answer.Header.Get("Content-Security-Policy"), "unsafe")
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
}

// secrets are the keys that the program was given.
func (s *screen) secrets() []string {
	return []string{
		s.rakuten.ServiceSecret(), s.rakuten.LicenseKey(), s.yahoo.ClientSecret(), s.yahoo.RefreshToken(),
		s.yahoo.PublicKey(),
		s.amazon.ClientSecret(), s.amazon.RefreshToken(), s.aupay.APIKey(),
	}
}

func TestNoSecretOnAnyPage(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.happen()
	// what goes wrong is shown, and must not show why in the key's own letters
	s.rakuten.RevokeKey(s.rakuten.LicenseKey())
	require.Eventually(t, func() bool { return strings.Count(s.get("/?lang=en"), "parked: its key") == 1 },
		patience, 50*time.Millisecond)
	for _, lang := range []string{"ja", "en"} {
		all := s.everyPage(lang)
		links := labelLink.FindAllStringSubmatch(all["labels"], -1)
		require.NotEmpty(t, links)
		for _, link := range links {
			all[link[1]] = s.get(link[1])
		}
		all["/slots/rules.json"], all["/events"] = s.get("/slots/rules.json"), s.news()
		for path, page := range all {
			require.NotEmpty(t, page, path)
			for _, secret := range s.secrets() {
				require.NotEmpty(t, secret)
				require.NotContains(t, page, secret, path)
				require.NotContains(t, page, url.QueryEscape(secret), path)
			}
		}
	}
}

// news is what the stream says of a new order and of a key that is still dead.
func (s *screen) news() string {
	s.t.Helper()
	answer, err := s.client.Get(s.url + "/events")
	require.NoError(s.t, err)
	defer answer.Body.Close()
	s.addPink("おひさま便")
	var said strings.Builder
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if lines.Text() == "data: new" {
			return said.String()
		}
	}
	require.Fail(s.t, "the stream ended without the new order", said.String())
	return ""
}

func TestUnderTheMaskNoPerson(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.happen()
	o := s.ready()
	require.Contains(t, s.get(orderURL(o.Ref())), o.Buyer.Name)
	s.post("/settings", url.Values{"mask": {"1"}})
	all, err := s.store.find(t.Context(), filter{}, 1000, 0)
	require.NoError(t, err)
	for path, page := range s.everyPage("ja") {
		for _, o := range all {
			for _, p := range append(o.Parcels, order.Parcel{Recipient: o.Buyer}) {
				for _, personal := range []string{p.Recipient.Name, p.Recipient.Phone, p.Recipient.City, o.Remarks,
					o.Memo} {
					if personal != "" && personal != o.Shop {
						require.NotContains(t, page, personal, path)
					}
				}
			}
		}
	}
}

var labelLink = regexp.MustCompile(`href="(/labels/\d+/\d+)" download`)

// A label file is opened in spreadsheets: what a buyer calls himself must not be a formula there.
func TestNoFormulaInALabelFile(t *testing.T) {
	t.Parallel()
	s := start(t)
	o, _ := s.aupay.Order(s.aupay.Numbers()[0])
	o.Placed, o.Status = time.Now(), "発送待ち"
	delete(o.Elements, "deliveryRequestDay") // it has passed
	names := []string{"=1+1", "+1+1", "@SUM(1)", "-1+1", `=HYPERLINK("https://evil.example")`}
	var ids []string
	for _, name := range names {
		o.ID, o.Elements["ordererName"], o.Elements["senderName"] = "", name, name
		ids = append(ids, s.aupay.AddOrder(o))
	}
	formula := regexp.MustCompile(`^["']?[=+@\t\r-]`)
	for i, name := range names {
		got := s.seen(order.AuPay, ids[i], anything)
		page := s.post("/actions", url.Values{"what": {"labels"}, "step": {"real"}, "ref": {view{}.Ref(got)}})
		links := labelLink.FindAllStringSubmatch(page, -1)
		if i == len(names)-1 {
			require.Empty(t, links, "the name is longer than the file's column, and is not cut")
			require.Contains(t, page, "<code>recipient.name</code>")
			require.Contains(t, page, "に区切りのよい位置で収まりません")
			continue
		}
		require.Len(t, links, 1, name)
		rows, err := csv.NewReader(japaneseText.ShiftJIS.NewDecoder().Reader(
			strings.NewReader(s.get(links[0][1])))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 2, "the head and one label")
		require.Contains(t, rows[1], "・"+name, "it is printed, and is text")
		for _, cell := range rows[1] {
			require.NotRegexp(t, formula, cell, name)
		}
	}
}
