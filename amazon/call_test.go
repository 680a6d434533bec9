package amazon_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

func TestConfigIsRefusedByField(t *testing.T) {
	good := func() amazon.Config {
		return amazon.Config{Shop: "A0MIHON",
			Keys: credential.Static(amazon.Keys{ClientID: "id", ClientSecret: credential.NewSecret("s")})}
	}
	tests := map[string]struct {
		change func(*amazon.Config)
		field  string
	}{
		"zero":                  {func(c *amazon.Config) { *c = amazon.Config{} }, "Config.Shop"},
		"no keys":               {func(c *amazon.Config) { c.Keys = nil }, "Config.Keys"},
		"blank in shop":         {func(c *amazon.Config) { c.Shop = "A0 MIHON" }, "Config.Shop"},
		"unknown marketplace":   {func(c *amazon.Config) { c.Marketplaces = []string{"JP"} }, "Config.Marketplaces[0]"},
		"two regions":           {func(c *amazon.Config) { c.Marketplaces = []string{amazon.Japan, "ATVPDKIKX0DER"} }, "Config.Marketplaces"},
		"endpoint elsewhere":    {func(c *amazon.Config) { c.Endpoint = amazon.EuropeEndpoint }, "Config.Endpoint"},
		"endpoint unknown":      {func(c *amazon.Config) { c.Endpoint = "https://example.com" }, "Config.Endpoint"},
		"base URL":              {func(c *amazon.Config) { c.BaseURL = "ftp://example.com" }, "Config.BaseURL"},
		"token URL":             {func(c *amazon.Config) { c.TokenURL = "nonsense" }, "Config.TokenURL"},
		"no status":             {func(c *amazon.Config) { c.IncludedData = []amazon.IncludedData{amazon.IncludeBuyer} }, "Config.IncludedData"},
		"auth header":           {func(c *amazon.Config) { c.Header = http.Header{"x-amz-access-token": {"x"}} }, "Config.Header"},
		"user agent":            {func(c *amazon.Config) { c.UserAgent = strings.Repeat("x", 501) }, "Config.UserAgent"},
		"too many marketplaces": {func(c *amazon.Config) { c.Marketplaces = make([]string, 51) }, "Config.Marketplaces"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := good()
			test.change(&cfg)
			_, err := amazon.New(cfg)
			require.ErrorContains(t, err, test.field)
			require.ErrorIs(t, err, order.ErrInvalid)
			refused, ok := err.(*order.Error)
			require.True(t, ok, "%T", err)
			require.Equal(t, order.Amazon, refused.Mall)
			require.Equal(t, cfg.Shop, refused.Shop)
		})
	}
	_, err := amazon.New(good())
	require.NoError(t, err)
}

func TestKeysArePasted(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	cfg := config(m)
	cfg.Keys = credential.Static(amazon.Keys{
		ClientID: " " + m.ClientID() + "\n", ClientSecret: credential.NewSecret("\u3000" + m.ClientSecret()),
		RefreshToken: credential.NewSecret(m.RefreshToken() + "\t"),
	})
	require.NoError(t, newClient(t, cfg).Check(t.Context()))

	cfg.Keys = credential.Static(amazon.Keys{ClientID: m.ClientID(), ClientSecret: credential.NewSecret("two words"),
		RefreshToken: credential.NewSecret("x")})
	err := newClient(t, cfg).Check(t.Context())
	require.ErrorContains(t, err, "Keys.ClientSecret")
	require.NotContains(t, err.Error(), "two words")
}

func TestEndpointFollowsMarketplace(t *testing.T) {
	for _, market := range amazon.Marketplaces() {
		m := newMall(t, amazontest.Options{Marketplace: market.ID})
		cfg := config(m)
		cfg.Marketplaces = []string{market.ID}
		require.NoError(t, newClient(t, cfg).Check(t.Context()))
		require.Equal(t, fmt.Sprintf("sellingpartnerapi-%s.amazon.com", market.Region),
			m.Calls("getMarketplaceParticipations")[0].Host)
	}
	m := newMall(t, amazontest.Options{})
	cfg := config(m)
	cfg.Endpoint = amazon.FarEastSandbox
	require.NoError(t, newClient(t, cfg).Check(t.Context()))
	require.Equal(t, "sandbox.sellingpartnerapi-fe.amazon.com", m.Calls("getMarketplaceParticipations")[0].Host)
	require.Equal(t, "api.amazon.com", m.Calls("token")[0].Host)
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	tests := map[string]struct {
		change func(*amazontest.Mall, *amazon.Config)
		class  order.Class
		says   string
	}{
		"refresh token": {func(m *amazontest.Mall, _ *amazon.Config) { m.RevokeAuthorization() }, order.ErrCredentialExpired, "authorise again"},
		"client secret": {func(m *amazontest.Mall, c *amazon.Config) {
			c.Keys = credential.Static(amazon.Keys{ClientID: m.ClientID(), ClientSecret: credential.NewSecret("wrong"),
				RefreshToken: credential.NewSecret(m.RefreshToken())})
		}, order.ErrUnauthorized, "client secret"},
		"another seller's marketplace": {func(_ *amazontest.Mall, c *amazon.Config) { c.Marketplaces = []string{"A39IBJ37TRP1C6"} }, order.ErrForbidden, "does not take part"},
		"maintenance": {func(m *amazontest.Mall, _ *amazon.Config) {
			_ = m.Inject(amazontest.Fault{Kind: amazontest.Maintenance, Times: -1})
		}, order.ErrTemporary, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := amazontest.New(amazontest.Options{})
				defer m.Close()
				cfg := config(m)
				test.change(m, &cfg)
				err := newClient(t, cfg).Check(t.Context())
				require.ErrorIs(t, err, test.class)
				require.ErrorContains(t, err, test.says)
			})
		})
	}
}

func TestMissingRole(t *testing.T) {
	m := newMall(t, amazontest.Options{Roles: []amazontest.Role{amazontest.RoleTax}})
	c := newClient(t, config(m))
	require.NoError(t, c.Check(t.Context()))
	_, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], order.ErrForbidden)
	require.ErrorContains(t, errs[0], "role")
	require.Equal(t, 1, m.Count("searchOrders"), "a missing role is not tried again")

	// Without the delivery role orders come, and say that something is missing.
	m.SetRoles(amazontest.RoleOrders)
	got, errs := all(t, c, order.Query{From: time.Now().AddDate(0, 0, -15)})
	require.Empty(t, errs)
	require.Len(t, got, 40)
	for _, o := range got {
		require.True(t, o.Flags.Has(order.NoPersonalData))
		require.Empty(t, o.Buyer.Name)
	}
}

// An expired or revoked access token is a 403 here. It is renewed once and the call goes on.
func TestDeadAccessTokenIsRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := amazontest.New(amazontest.Options{})
		defer m.Close()
		c := newClient(t, config(m))
		require.NoError(t, c.Check(t.Context()))
		time.Sleep(10 * time.Minute)
		m.RevokeTokens()
		require.NoError(t, c.Check(t.Context()))
		require.Equal(t, 2, m.Count("token"))
		require.Equal(t, 3, m.Count("getMarketplaceParticipations"))

		time.Sleep(2 * time.Hour)
		require.NoError(t, c.Check(t.Context()), "a token past its end is renewed before it is used")
		require.Equal(t, 4, m.Count("getMarketplaceParticipations"))

		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.ExpiredKey,
			Operation: "getMarketplaceParticipations", Times: -1}))
		time.Sleep(10 * time.Minute)
		err := c.Check(t.Context())
		require.ErrorIs(t, err, order.ErrUnauthorized)
		require.Equal(t, 6, m.Count("getMarketplaceParticipations"), "once")
	})
}

func TestRetryClassIsWhatHappensOnTheWire(t *testing.T) {
	rows := append(amazon.Table(), transport.Operation{Name: "notInTheTable", Method: "POST", Path: "/somewhere/else",
		Retry: transport.Unsafe})
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := amazontest.New(amazontest.Options{Orders: 1})
				defer m.Close()
				counted := &counter{next: m.Transport(), path: path(row)}
				cfg := config(m)
				cfg.HTTPClient = &http.Client{Transport: counted}
				c := newClient(t, cfg)
				// not of one operation, since the fake does not serve all; the token comes first
				require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.ReplyLost, After: 1, Times: -1}))
				var body []byte
				if row.Method != http.MethodGet {
					body = []byte(`{}`)
				}
				_, err := c.Do(context.Background(),
					amazon.Operation{Name: row.Name, Method: row.Method, Path: path(row)}, body)
				require.ErrorIs(t, err, order.ErrTemporary)
				if row.Retry == transport.Unsafe {
					require.Equal(t, 1, counted.n)
					require.True(t, transport.Unsettled(err))
				} else {
					require.Greater(t, counted.n, 1)
				}
			})
		})
	}
}

func path(row transport.Operation) string {
	p := row.Path
	for _, name := range []string{"orderId", "destinationId", "notificationType", "subscriptionId", "reportId",
		"reportDocumentId"} {
		p = strings.ReplaceAll(p, "{"+name+"}", "250-0000000-0000001")
	}
	return p
}

// counter counts what is sent to a path.
type counter struct {
	next http.RoundTripper
	path string
	n    int
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == c.path {
		c.n++
	}
	return c.next.RoundTrip(r)
}

func TestDo(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	c := newClient(t, config(m))
	reply, err := c.Do(t.Context(), amazon.Operation{Name: "getMarketplaceParticipations"}, nil)
	require.NoError(t, err)
	require.Equal(t, 200, reply.Status)
	require.Contains(t, string(reply.Body), amazon.Japan)
	require.NotEmpty(t, reply.RequestID)
	require.InDelta(t, 0.016, reply.RateLimit, 1e-9)
	require.Equal(t, 1, reply.Attempts)

	id := m.Numbers()[0]
	reply, err = c.Do(t.Context(), amazon.Operation{Name: "getOrder", Path: "/orders/2026-01-01/orders/" + id}, nil)
	require.NoError(t, err)
	require.Contains(t, string(reply.Body), id)

	_, err = c.Do(t.Context(), amazon.Operation{Name: "getOrder",
		Path: "/orders/2026-01-01/orders/250-9999999-9999999"}, nil)
	var e *order.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, order.Error{
		Class: order.ErrNotFound, Mall: order.Amazon, Shop: m.Shop(), Operation: "getOrder", HTTPStatus: 404,
		Code:    "NotFound",
		Message: "The requested resource was not found.", RequestID: e.RequestID, Attempts: 1, Hint: e.Hint,
	}, *e)
	require.NotEmpty(t, e.RequestID)

	_, err = c.Do(t.Context(), amazon.Operation{Name: "nowhere", Method: "GET", Path: "/nowhere"}, nil)
	require.ErrorIs(t, err, order.ErrForbidden, "a wrong path is a 403 here")
	for _, op := range []amazon.Operation{{}, {Name: "nowhere"}, {Name: "getOrder"},
		{Name: "x", Method: "GET", Path: "relative"}} {
		_, err = c.Do(t.Context(), op, nil)
		require.ErrorIs(t, err, order.ErrInvalid)
	}
}

func TestGetAccount(t *testing.T) {
	m := newMall(t, amazontest.Options{Orders: -1})
	got, err := newClient(t, config(m)).GetAccount(t.Context())
	require.NoError(t, err)
	require.Equal(t, "PROFESSIONAL", got.Payload.SellingPlan)
	require.Equal(t, "見本 太郎", got.Payload.PrimaryContact.NonLatinName)
	require.Equal(t, amazon.Japan, got.Payload.MarketplaceParticipationList[0].Marketplace.ID)
}

// What Amazon answers when something is wrong, and what becomes of it.
func TestErrorTable(t *testing.T) {
	list := func(code, message, details string) string {
		return fmt.Sprintf(`{"errors":[{"code":%q,"message":%s,"details":%q}]}`, code, message, details)
	}
	const denied = `"Access to requested resource is denied."`
	tests := map[string]struct {
		status  int
		body    string
		class   order.Class
		message string
	}{
		"invalid, message null":  {400, list("InvalidInput", "null", ""), order.ErrInvalid, ""},
		"invalid, with a blank":  {400, list("Invalid Input", `"Marketplace ID is not defined"`, "1001"), order.ErrInvalid, "Marketplace ID is not defined; 1001"},
		"tokens API":             {400, list("InvalidRequest", `"Request is missing or has invalid parameters"`, "Resource not provided."), order.ErrInvalid, "Resource not provided."},
		"role for data elements": {400, list("InvalidInput", `"Application does not have access to one or more requested data elements: [buyerInfo]"`, ""), order.ErrForbidden, "buyerInfo"},
		"HTML":                   {400, "<html><body>Bad Request</body></html>", order.ErrTemporary, "HTML"},
		"HTML, not found":        {404, "<html><body>Not Found</body></html>", order.ErrTemporary, "it is not the mall"},
		"a relay's refusal":      {403, `{"message":"Forbidden"}`, order.ErrTemporary, "it is not the mall that refuses"},
		"a relay's login":        {401, "", order.ErrTemporary, "it is not the mall that refuses"},
		"method of a relay":      {405, "Method Not Allowed", order.ErrTemporary, "check BaseURL"},
		"client secret over":     {403, list("Unauthorized", denied, "The LWA secret token you provided has expired."), order.ErrCredentialExpired, "180 days"},
		"expired in other words": {403, list("Unauthorized", denied, "The trial period has expired."), order.ErrForbidden, "trial period"},
		"unauthorized":           {401, list("Unauthorized", denied, ""), order.ErrUnauthorized, ""},
		"revoked":                {403, list("Unauthorized", denied, "The access token you provided is revoked, malformed or invalid."), order.ErrUnauthorized, "revoked"},
		"expired":                {403, list("Unauthorized", denied, "The access token you provided has expired."), order.ErrUnauthorized, "expired"},
		"no role":                {403, list("Unauthorized", denied, ""), order.ErrForbidden, "denied"},
		"not found":              {404, list("NotFound", `"gone"`, ""), order.ErrNotFound, ""},
		"conflict":               {409, list("Conflict", `"exists"`, ""), order.ErrConflict, ""},
		"too large":              {413, list("RequestTooLarge", `"too large"`, ""), order.ErrInvalid, "fewer"},
		"too large for a relay":  {413, "", order.ErrTemporary, "empty"},
		"errors in a success":    {200, list("NotFound", `"gone"`, ""), order.ErrUndecodable, "gone"},
		"an empty order":         {200, `{"order":{}}`, order.ErrUndecodable, "order.orderId"},
		"an empty success":       {200, `{}`, order.ErrUndecodable, "order.orderId"},
		"another order":          {200, `{"order":{"orderId":"250-0000000-0000002"}}`, order.ErrUndecodable, "order.orderId"},
		"accepted":               {202, `{"order":{"orderId":"250-0000000-0000001"}}`, order.ErrUndecodable, "status 202"},
		"quota":                  {429, list("QuotaExceeded", `"You exceeded your quota for the requested resource."`, ""), order.ErrRateLimited, "quota"},
		"internal":               {500, list("InternalFailure", `"We encountered an internal error. Please try again."`, ""), order.ErrTemporary, ""},
		"gateway":                {502, "<html></html>", order.ErrTemporary, "HTML"},
		"unavailable":            {503, list("ServiceUnavailable", `""`, ""), order.ErrTemporary, ""},
		"unlisted code":          {400, list("SomethingNew", `"what now"`, ""), order.ErrInvalid, "what now"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := amazontest.New(amazontest.Options{})
				defer m.Close()
				require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "getOrder",
					Status: test.status, Body: test.body, Times: -1}))
				_, err := newClient(t, config(m)).GetOrder(t.Context(),
					amazon.GetOrderRequest{OrderID: "250-0000000-0000001"})
				require.ErrorIs(t, err, test.class)
				require.ErrorContains(t, err, test.message)
				require.Equal(t, "250-0000000-0000001", order.Concerns(err))
			})
		})
	}
}

func TestRepliesThatCannotBeRead(t *testing.T) {
	for kind, class := range map[string]order.Class{
		amazontest.HTMLPage: order.ErrTemporary, amazontest.EmptyBody: order.ErrTemporary,
		amazontest.Malformed: order.ErrUndecodable,
		amazontest.Truncated: order.ErrTemporary,
	} {
		t.Run(kind, func(t *testing.T) {
			m := newMall(t, amazontest.Options{})
			require.NoError(t, m.Inject(amazontest.Fault{Kind: kind, Operation: "getMarketplaceParticipations",
				Times: -1}))
			require.ErrorIs(t, newClient(t, config(m)).Check(t.Context()), class)
		})
	}
}

// What really arrives: wrong types, unlisted values and empty timestamps cost a field at most,
// never the page.
func TestOddPageIsNotLost(t *testing.T) {
	m := newMall(t, amazontest.Options{Orders: -1})
	now := time.Now().Add(-time.Hour)
	m.AddOrder(amazontest.Order{ID: "250-0000000-0000001", Placed: now, Status: "UNSHIPPED",
		Lines: []amazontest.Line{{Quantity: 1}}, Extra: map[string]any{
			"lastUpdatedTime": "", "programs": []any{"PRIME", "AMAZON_SOMETHING_NEW"}, "orderAliases": "", "buyer": nil,
			"salesChannel": map[string]any{"channelName": "SPACE"}, "proceeds": map[string]any{"grandTotal": map[string]any{"amount": 1507.5, "currencyCode": "JPY"}},
			"orderItems": []any{map[string]any{"orderItemId": 12345, "quantityOrdered": "2", "product": map[string]any{"title": nil}, "programs": "TRANSPARENCY",
				"fulfillment": map[string]any{"quantityFulfilled": "many"}}},
		}})
	m.AddOrder(amazontest.Order{Placed: now, Status: "SHIPPED"})
	got, errs := all(t, newClient(t, config(m)), order.Query{From: now.Add(-time.Hour)})
	require.Empty(t, errs)
	require.Len(t, got, 2)
	for _, o := range got {
		if o.ID != "250-0000000-0000001" {
			require.Empty(t, o.Problems)
			continue
		}
		require.True(t, o.Updated.IsZero())
		require.Equal(t, "JPY 1507.5", o.Amounts.Billed.String())
		require.Equal(t, int64(2), o.Lines()[0].Quantity)
		require.Equal(t, "12345", o.Lines()[0].ID)
		require.True(t, o.Flags.Has(amazon.FlagTransparency))
		require.Equal(t, []order.Problem{{Field: "orderItems[0].fulfillment.quantityFulfilled",
			Reason: "not readable as int64", Text: "many"}}, o.Problems)
	}
}

func TestSearchRequestsAreCheckedFirst(t *testing.T) {
	m := newMall(t, amazontest.Options{})
	c := newClient(t, config(m))
	now := time.Now()
	for field, req := range map[string]amazon.SearchOrdersRequest{
		"exactly one":       {},
		"createdAfter":      {CreatedAfter: now, LastUpdatedAfter: now},
		"two minutes":       {CreatedAfter: now.Add(-time.Hour), CreatedBefore: now.Add(-time.Minute)},
		"earlier":           {LastUpdatedAfter: now.Add(-time.Hour), LastUpdatedBefore: now.Add(-2 * time.Hour)},
		"lastUpdatedBefore": {CreatedAfter: now.Add(-time.Hour), LastUpdatedBefore: now.Add(-time.Hour)},
		"marketplaceIds":    {CreatedAfter: now, MarketplaceIDs: make([]string, 51)},
		"maxResultsPerPage": {CreatedAfter: now, MaxResultsPerPage: 101},
	} {
		_, err := c.SearchOrders(t.Context(), req)
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, field)
	}
	_, err := c.GetOrder(t.Context(), amazon.GetOrderRequest{})
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Zero(t, m.Count(""), "nothing was sent")
}

// Neither keys nor buyers show in errors and logs, whatever goes wrong.
func TestNothingSecretOrPersonalLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := amazontest.New(amazontest.Options{ClientSecret: "canary-secret", RefreshToken: "canary-refresh"})
		defer m.Close()
		id := m.AddOrder(amazontest.Order{Placed: time.Now().Add(-time.Hour), Status: "UNSHIPPED",
			Buyer:   amazontest.Buyer{Name: "カナリア花子"},
			Address: amazontest.Address{Name: "カナリア花子", Line1: "カナリア町"}})
		var log bytes.Buffer
		cfg := config(m)
		cfg.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c := newClient(t, cfg)
		var said strings.Builder
		for _, kind := range []string{"", amazontest.RateLimited, amazontest.ServerError, amazontest.HTMLPage,
			amazontest.Malformed, amazontest.Truncated,
			amazontest.ReplyLost, amazontest.ExpiredKey, amazontest.EmptyBody, amazontest.Redirect} {
			for _, operation := range []string{"getOrder", "searchOrders", "token", "v0.getOrderAddress",
				"createRestrictedDataToken"} {
				m.ClearFaults()
				m.RevokeTokens()
				time.Sleep(time.Minute)
				if kind != "" {
					require.NoError(t, m.Inject(amazontest.Fault{Kind: kind, Operation: operation, Times: -1}))
				}
				_, err := c.Order(t.Context(), id)
				fmt.Fprintf(&said, "%v %+v\n", err, errors.Unwrap(err))
				_, err = c.V0().GetOrderAddress(t.Context(), id)
				fmt.Fprintf(&said, "%v %+v\n", err, errors.Unwrap(err))
				for _, err := range c.Orders(t.Context(), order.Query{From: time.Now().Add(-48 * time.Hour)}) {
					fmt.Fprintf(&said, "%v %+v\n", err, errors.Unwrap(err))
				}
			}
		}
		require.NotEmpty(t, log.String())
		require.Contains(t, said.String(), "searchOrders")
		for _, canary := range []string{"canary-secret", "canary-refresh", "Atza|", "Atz.sprdt", "カナリア"} {
			require.NotContains(t, said.String(), canary)
			require.NotContains(t, log.String(), canary)
		}
	})
}
