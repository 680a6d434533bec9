package yahootest_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// browser talks to a mall without the SDK's client, in the words of the reference.
type browser struct {
	t      *testing.T
	mall   *yahootest.Mall
	client *http.Client
	token  string
}

func visit(t *testing.T, o yahootest.Options) *browser {
	t.Helper()
	m := yahootest.New(o)
	t.Cleanup(m.Close)
	b := &browser{t: t, mall: m, client: &http.Client{Transport: m.Transport()}}
	b.token = b.fresh()
	return b
}

// fresh gets an access token.
func (b *browser) fresh() string {
	b.t.Helper()
	status, body := b.form(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {b.mall.RefreshToken()}}, true)
	require.Equal(b.t, 200, status, body)
	var r struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"`
	}
	require.NoError(b.t, json.Unmarshal([]byte(body), &r))
	require.Equal(b.t, 3600, r.ExpiresIn)
	return r.AccessToken
}

func (b *browser) form(v url.Values, basic bool) (int, string) {
	req, err := http.NewRequest(http.MethodPost, "https://auth.invalid/yconnect/v2/token",
		strings.NewReader(v.Encode()))
	require.NoError(b.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if basic {
		req.SetBasicAuth(b.mall.ClientID(), b.mall.ClientSecret())
	}
	return b.send(req)
}

func (b *browser) send(req *http.Request) (int, string) {
	resp, err := b.client.Do(req)
	require.NoError(b.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(b.t, err)
	return resp.StatusCode, string(body)
}

// post sends a document to an API, with headers in pairs.
func (b *browser) post(api, document string, headers ...string) (int, string) {
	req, err := http.NewRequest(http.MethodPost, "https://circus.invalid/ShoppingWebService/V1/"+api,
		strings.NewReader(document))
	require.NoError(b.t, err)
	req.Header.Set("Authorization", "Bearer "+b.token)
	req.Header.Set("Content-Type", "application/xml; charset=UTF-8")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return b.send(req)
}

func list(condition, more string) string {
	return "<Req><Search>" + more + "<Condition>" + condition +
		"</Condition><Field>OrderId</Field></Search><SellerId>mihon-store</SellerId></Req>"
}

const anyTime = "<OrderTimeFrom>20200101000000</OrderTimeFrom>"

func TestTokenEndpoint(t *testing.T) {
	b := visit(t, yahootest.Options{Orders: -1})
	inForm := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {b.mall.RefreshToken()},
		"client_id":     {b.mall.ClientID()},
		"client_secret": {b.mall.ClientSecret()}}
	status, _ := b.form(inForm, false)
	require.Equal(t, 200, status, "both ways of client authentication work")
	for name, change := range map[string]func(url.Values){
		"invalid_grant":          func(v url.Values) { v.Set("refresh_token", "x") },
		"invalid_client":         func(v url.Values) { v.Set("client_secret", "x") },
		"unsupported_grant_type": func(v url.Values) { v.Set("grant_type", "password") },
	} {
		v := url.Values{}
		for k, values := range inForm {
			v[k] = values
		}
		change(v)
		status, body := b.form(v, false)
		require.GreaterOrEqual(t, status, 400)
		require.Contains(t, body, name)
	}
}

func TestGateway(t *testing.T) {
	b := visit(t, yahootest.Options{Orders: -1})
	for name, tc := range map[string]struct {
		document string
		headers  []string
		status   int
		want     string
	}{
		"fine":           {list(anyTime, ""), nil, 200, "<TotalCount>0</TotalCount>"},
		"no token":       {list(anyTime, ""), []string{"Authorization", ""}, 401, "Authentication parameters"},
		"dead token":     {list(anyTime, ""), []string{"Authorization", "Bearer x"}, 401, "invalid_token"},
		"bare list":      {list("", ""), nil, 500, "od91001"},
		"unknown key":    {list(anyTime+"<Nonsense>1</Nonsense>", ""), nil, 400, "Request Parameter Error : Nonsense"},
		"page too long":  {list(anyTime, "<Result>2001</Result>"), nil, 400, "Request Parameter Error : Result"},
		"unknown field":  {strings.Replace(list(anyTime, ""), ">OrderId<", ">Ship.ShipStatus<", 1), nil, 400, "Request Parameter Error : Ship.ShipStatus"},
		"no store":       {strings.Replace(list(anyTime, ""), "mihon-store", "", 1), nil, 400, "px-04001"},
		"other store":    {strings.Replace(list(anyTime, ""), "mihon-store", "other", 1), nil, 403, "px-14303"},
		"no document":    {"OrderId=1", nil, 400, "od90101"},
		"no such order":  {list("<OrderId>mihon-store-1</OrderId>", ""), nil, 404, "od91801"},
		"broken request": {"<Req><Search>", nil, 400, "od90101"},
	} {
		t.Run(name, func(t *testing.T) {
			status, body := b.post("orderList", tc.document, tc.headers...)
			require.Equal(t, tc.status, status, body)
			require.Contains(t, body, tc.want)
		})
	}
	status, _ := b.post("noSuchAPI", "<Req></Req>")
	require.Equal(t, 404, status)
}

func TestPagesAndConditions(t *testing.T) {
	b := visit(t, yahootest.Options{Orders: -1})
	old := time.Now().Add(-time.Hour)
	for i := range 5 {
		b.mall.AddOrder(yahootest.Order{Placed: old.Add(time.Duration(i) * time.Minute),
			Fields: map[string]string{"ShipStatus": fmt.Sprint(i)}})
	}
	b.mall.AddOrder(yahootest.Order{}) // the buyer may still cancel
	b.mall.AddOrder(yahootest.Order{Placed: old, Fields: map[string]string{"FraudHoldStatus": "1"}})
	count := func(condition, more string) string {
		_, body := b.post("orderList", list(anyTime+condition, more))
		return fmt.Sprint(strings.Count(body, "<OrderId>"), " ", strings.Contains(body, "<OrderInfo />"))
	}
	require.Equal(t, "5 false", count("", ""))
	require.Equal(t, "6 false", count("<ReadOnlyMode>2</ReadOnlyMode>", ""))
	require.Equal(t, "1 false", count("<ReadOnlyMode>1</ReadOnlyMode>", ""))
	require.Equal(t, "7 false", count("<ReadOnlyMode>2</ReadOnlyMode><FraudHoldDisplayType>1</FraudHoldDisplayType>",
		""))
	require.Equal(t, "2 false", count("<ShipStatus>1,3</ShipStatus>", ""))
	require.Equal(t, "0 false", count("<ShipStatus>9</ShipStatus>", ""))
	require.Equal(t, "2 false", count("", "<Result>2</Result><Start>2</Start>"))
	require.Equal(t, "0 true", count("", "<Result>2</Result><Start>9</Start>"), "one empty row past the end")
	_, body := b.post("orderList", list(anyTime, "<Result>1</Result><Sort>-order_time</Sort>"))
	require.Contains(t, body, b.mall.Numbers()[4])
}

// TestStatusChanges holds the mall's table of changes (注文ステータス遷移表): 15 of the 25 are marked as
// impossible, and one of those is possible while goods are not released.
func TestStatusChanges(t *testing.T) {
	b := visit(t, yahootest.Options{Orders: -1})
	change := func(from, to string, fields map[string]string, release string) string {
		o := yahootest.Order{Placed: time.Now().Add(-time.Hour), Fields: map[string]string{"OrderStatus": from},
			Lines: []yahootest.Line{{Fields: map[string]string{"ReleaseDate": release}}}}
		maps.Copy(o.Fields, fields)
		id := b.mall.AddOrder(o)
		status, body := b.post("orderStatusChange",
			"<Req><Target><OrderId>"+id+"</OrderId><IsPointFix>true</IsPointFix></Target><Order><OrderStatus>"+to+
				"</OrderStatus></Order><SellerId>mihon-store</SellerId></Req>")
		now, _ := b.mall.Order(id)
		require.Equal(t, status == 200, now.Fields["OrderStatus"] == to && from != to, body)
		require.Equal(t, status != 200, strings.Contains(body, "Cannot Be Operated"), body)
		return fmt.Sprint(status)
	}
	allowed := 0
	for from, to := range map[string]string{"1": "45", "2": "345", "3": "245", "4": "", "5": "24"} {
		for _, want := range []string{"1", "2", "3", "4", "5"} {
			ok := strings.Contains(to, want)
			require.Equal(t, ok, change(from, want, nil, "") == "200", "%s to %s", from, want)
			if ok {
				allowed++
			}
		}
	}
	require.Equal(t, 10, allowed)
	require.Equal(t, "200", change("3", "1", nil, time.Now().AddDate(0, 1, 0).Format(time.DateOnly)))
	suspect := map[string]string{"Suspect": "1"}
	require.Equal(t, []string{"400", "400", "400", "400", "200"},
		[]string{change("1", "5", suspect, ""), change("2", "5", suspect, ""),
			change("3", "2", suspect, ""), change("5", "4", suspect, ""), change("2", "4", suspect, "")})
}

// What the mall says of a public-key signature, and that none of it fails the call.
func TestAuthorizeStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := visit(t, yahootest.Options{Orders: -1})
		seal := func(key, plain string) string {
			block, _ := pem.Decode([]byte(key))
			public, err := x509.ParsePKIXPublicKey(block.Bytes)
			require.NoError(t, err)
			//lint:ignore SA1019 the mall's scheme
			sealed, err := rsa.EncryptPKCS1v15(rand.Reader, public.(*rsa.PublicKey), []byte(plain))
			require.NoError(t, err)
			return base64.StdEncoding.EncodeToString(sealed)
		}
		now := func() string { return fmt.Sprintf("mihon-store:%d", time.Now().Unix()) }
		first := b.mall.PublicKey()
		check := func(want, signature, version string) {
			t.Helper()
			req, err := http.NewRequest(http.MethodPost, "https://circus.invalid/ShoppingWebService/V1/orderList",
				strings.NewReader(list(anyTime, "")))
			require.NoError(t, err)
			req.Header.Set("Authorization", "Bearer "+b.token)
			if signature != "" {
				req.Header.Set("X-sws-signature", signature)
				req.Header.Set("X-sws-signature-version", version)
			}
			resp, err := b.client.Do(req)
			require.NoError(t, err)
			defer resp.Body.Close()
			require.Equal(t, 200, resp.StatusCode)
			require.Equal(t, want, resp.Header.Get("X-SWS-Authorize-Status"))
		}
		check("none", "", "")
		check("authorized", seal(first, now()), "1")
		check("invalid-key-version", seal(first, now()), "one")
		check("not-found-key-version", seal(first, now()), "7")
		check("expired-timestamp", seal(first, fmt.Sprintf("mihon-store:%d", time.Now().Add(-time.Hour).Unix())), "1")
		check("invalid-timestamp", seal(first, "mihon-store:soon"), "1")
		check("invalid-sellerid", seal(first, "other"+now()), "1")
		check("invalid-authorize-value", "AAAA", "1")
		second, version := b.mall.IssueKey()
		require.Equal(t, "2", version)
		check("authorized", seal(second, now()), "2")
		check("invalid-authorize-value", seal(second, now()), "1") // key and version do not belong together
		b.mall.EnableKey("2", false)
		check("invalid-key-status", seal(second, now()), "2")
		time.Sleep(366 * 24 * time.Hour)
		b.mall.Consent()
		b.token = b.fresh()
		check("expired-key-version", seal(first, now()), "1")
	})
}

func TestSeedIsTheSame(t *testing.T) {
	one := yahootest.New(yahootest.Options{})
	two := yahootest.New(yahootest.Options{})
	other := yahootest.New(yahootest.Options{Seed: 7})
	require.Len(t, one.Numbers(), 40)
	name := func(m *yahootest.Mall, i int) string {
		o, ok := m.Order(m.Numbers()[i])
		require.True(t, ok)
		return o.Fields["BillLastName"] + o.Fields["BillFirstName"] + o.Fields["TotalPrice"]
	}
	same := 0
	for i := range 40 {
		require.Equal(t, name(one, i), name(two, i))
		if name(one, i) == name(other, i) {
			same++
		}
	}
	require.Less(t, same, 40)
}

func TestServer(t *testing.T) {
	s, err := yahootest.NewServer(yahootest.Options{Orders: 1})
	require.NoError(t, err)
	defer s.Close()
	resp, err := http.Post(s.TokenURL, "application/x-www-form-urlencoded",
		strings.NewReader(url.Values{"grant_type": {"refresh_token"},
			"refresh_token": {s.RefreshToken()}, "client_id": {s.ClientID()}, "client_secret": {s.ClientSecret()}}.Encode()))
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 200, resp.StatusCode)
	require.Equal(t, 1, s.Count("token"))
	require.True(t, strings.HasSuffix(s.URL, "/ShoppingWebService/V1"))
}
