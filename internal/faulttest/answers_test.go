package faulttest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// literal answers everything with one reply and counts.
type literal struct {
	status int
	body   string
	header http.Header
	calls  int
}

func (l *literal) RoundTrip(r *http.Request) (*http.Response, error) {
	l.calls++
	if l.header == nil {
		l.header = http.Header{}
	}
	return &http.Response{StatusCode: l.status, Header: l.header.Clone(), Body: io.NopCloser(strings.NewReader(l.body)),
		ContentLength: int64(len(l.body)), Request: r}, nil
}

type literalToken struct{}

func (literalToken) Token(context.Context) (*oauth2.Token, error) {
	return &oauth2.Token{AccessToken: "mihon-access-token"}, nil
}

// answering are the calls of one mall that a literal reply answers: a list, one order, and a write
// for each retry class it has.
type answering struct {
	list, one, unsafe, idempotent func(context.Context) error
	page                          string // a document of the mall's format that holds nothing of a list
}

func answeringMalls(t *testing.T, l *literal) map[order.Mall]answering {
	hc := &http.Client{Transport: l}
	r, err := rakuten.New(rakuten.Config{Shop: "mihon", HTTPClient: hc, Limiter: order.Unlimited,
		Keys: credential.Static(rakuten.Keys{
			ServiceSecret: credential.NewSecret("SP0000000000"), LicenseKey: credential.NewSecret("SL0000000000")})})
	require.NoError(t, err)
	y, err := yahoo.New(yahoo.Config{Shop: "mihon", HTTPClient: hc, Limiter: order.Unlimited, Tokens: literalToken{},
		Keys: credential.Static(yahoo.Keys{})})
	require.NoError(t, err)
	z, err := amazon.New(amazon.Config{Shop: "A0MIHON", HTTPClient: hc, Limiter: order.Unlimited,
		Tokens: literalToken{}})
	require.NoError(t, err)
	a, err := aupay.New(aupay.Config{Shop: "10000001", HTTPClient: hc, Limiter: order.Unlimited,
		Keys: credential.Static(aupay.Keys{APIKey: credential.NewSecret("key-0000000000")})})
	require.NoError(t, err)
	orders := func(s order.Source) func(context.Context) error {
		return func(ctx context.Context) error {
			for _, err := range s.Orders(ctx, order.Query{From: time.Now().Add(-time.Hour)}) {
				return err
			}
			return nil
		}
	}
	one := func(s order.Source, id string) func(context.Context) error {
		return func(ctx context.Context) error {
			o, err := s.Order(ctx, id)
			if err == nil {
				return fmt.Errorf("an order came of it: %+v", o.Ref())
			}
			return err
		}
	}
	return map[order.Mall]answering{
		order.Rakuten: {orders(r), one(r, "n-1"), func(ctx context.Context) error {
			_, err := r.CancelOrder(ctx, rakuten.CancelRequest{OrderNumber: "n-1", ChangeReasonDetailApply: 1})
			return err
		}, func(ctx context.Context) error {
			_, err := r.ConfirmOrder(ctx, []string{"n-1"})
			return err
		}, `{"a":1}`},
		order.Yahoo: {orders(y), one(y, "mihon-1"), func(ctx context.Context) error {
			_, err := y.OrderPayNumber(ctx, "mihon-1", "")
			return err
		}, func(ctx context.Context) error {
			_, err := y.SetStock(ctx, []yahoo.StockChange{{Item: yahoo.ItemCode{Code: "a"}, Quantity: 1}})
			return err
		}, "<a><b>1</b></a>"},
		order.Amazon: {orders(z), one(z, "250-0000000-0000001"), func(ctx context.Context) error {
			_, err := z.CancelReport(ctx, "7")
			return err
		}, func(ctx context.Context) error {
			_, err := z.ConfirmShipment(ctx, amazon.ConfirmShipmentRequest{OrderID: "250-0000000-0000001",
				MarketplaceID: amazon.Japan, PackageDetail: amazon.PackageDetail{
					PackageReferenceID: "1", CarrierCode: "Yamato", TrackingNumber: "123456789012",
					ShipDate:   amazon.DateTimeOf(time.Now()),
					OrderItems: []amazon.ConfirmShipmentOrderItem{{OrderItemID: "1", Quantity: 1}}}})
			return err
		}, `{"a":1}`},
		order.AuPay: {orders(a), one(a, "900000001"), func(ctx context.Context) error {
			_, err := a.CancelTrade(ctx, aupay.CancelTradeRequest{OrderID: "900000001", CancelReason: "9"})
			return err
		}, func(ctx context.Context) error {
			_, err := a.UpdateTradeSts(ctx, aupay.UpdateTradeStsRequest{OrderID: "900000001", OrderStatus: "発送待ち"})
			return err
		}, "<a><b>1</b></a>"},
	}
}

// The same broken answer is treated alike by all malls: a read is asked again within the limit of
// attempts, a write that may be repeated as well, an unsafe one never. The class of the error says
// whether the mall spoke or something before it did, and of a write that it may have been applied.
// Of no such answer an order is missing, a request wrong or a credential dead.
func TestTheSameBrokenAnswerTreatedAlike(t *testing.T) {
	const page = "<!DOCTYPE html><html><body>見本 gateway</body></html>"
	for name, c := range map[string]struct {
		status int
		body   func(answering) string
		class  order.Class
	}{
		"empty":                 {200, func(answering) string { return "" }, order.ErrTemporary},
		"a byte order mark":     {200, func(answering) string { return "\uFEFF" }, order.ErrTemporary},
		"a page":                {200, func(answering) string { return page }, order.ErrTemporary},
		"words":                 {200, func(answering) string { return "Service Unavailable" }, order.ErrTemporary},
		"another document":      {200, func(m answering) string { return m.page }, order.ErrUndecodable},
		"cut off":               {200, func(m answering) string { return m.page[:len(m.page)-2] }, order.ErrUndecodable},
		"two documents":         {200, func(m answering) string { return m.page + m.page }, order.ErrUndecodable},
		"accepted":              {202, func(m answering) string { return m.page }, order.ErrUndecodable},
		"in part":               {206, func(m answering) string { return m.page }, order.ErrUndecodable},
		"accepted, empty":       {202, func(answering) string { return "" }, order.ErrTemporary},
		"a page, bad request":   {400, func(answering) string { return page }, order.ErrTemporary},
		"a page, unauthorized":  {401, func(answering) string { return page }, order.ErrTemporary},
		"a page, forbidden":     {403, func(answering) string { return page }, order.ErrTemporary},
		"a page, not found":     {404, func(answering) string { return page }, order.ErrTemporary},
		"a page, no method":     {405, func(answering) string { return page }, order.ErrTemporary},
		"a page, gone":          {410, func(answering) string { return page }, order.ErrTemporary},
		"a page, conflict":      {409, func(answering) string { return page }, order.ErrTemporary},
		"empty, unauthorized":   {401, func(answering) string { return "" }, order.ErrTemporary},
		"empty, forbidden":      {403, func(answering) string { return "" }, order.ErrTemporary},
		"empty, not found":      {404, func(answering) string { return "" }, order.ErrTemporary},
		"document, not found":   {404, func(m answering) string { return m.page }, order.ErrTemporary},
		"document, forbidden":   {403, func(m answering) string { return m.page }, order.ErrTemporary},
		"document, bad request": {400, func(m answering) string { return m.page }, order.ErrTemporary},
		"a page, bad gateway":   {502, func(answering) string { return page }, order.ErrTemporary},
	} {
		for _, mall := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
			for _, call := range []string{"list", "one", "unsafe", "idempotent"} {
				t.Run(fmt.Sprintf("%s/%s/%s", name, mall, call), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						l := &literal{status: c.status}
						m := answeringMalls(t, l)[mall]
						l.body = c.body(m)
						if mall == order.Amazon && call == "idempotent" && c.status == 200 {
							l.status = 201 // its answer is 204
						}
						do := map[string]func(context.Context) error{"list": m.list, "one": m.one, "unsafe": m.unsafe,
							"idempotent": m.idempotent}[call]
						err := do(t.Context())
						if mall == order.Amazon && call == "unsafe" && l.status == 200 &&
							strings.Trim(l.body, "\uFEFF") == "" {
							return // the documented answer is a 200 without a body
						}
						var e *order.Error
						require.ErrorAs(t, err, &e)
						require.Equal(t, c.class, e.Class, err)
						require.NotEmpty(t, e.Hint)
						require.NotContains(t, err.Error(), "見本")
						write := call == "unsafe" || call == "idempotent"
						require.Equal(t, write, transport.Unsettled(err), err)
						if call == "unsafe" {
							require.Equal(t, 1, l.calls)
						} else {
							require.Equal(t, 4, l.calls)
						}
						for _, never := range []order.Class{order.ErrNotFound, order.ErrUnauthorized,
							order.ErrForbidden, order.ErrInvalid} {
							require.False(t, errors.Is(err, never))
						}
					})
				})
			}
		}
	}
}

// Behind a token endpoint that answers with garbage nothing is sent: the error names the token, and
// a batch of writes is refused or not sent, to the last element, never unknown.
func TestAGarbledTokenLeavesNothingSent(t *testing.T) {
	for name, body := range map[string]string{"garbage": "garbage", "a page": "<html>hello</html>",
		"another document": `{"a":1}`, "empty": ""} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &literal{status: 200, body: body}
				hc := &http.Client{Transport: l}
				y, err := yahoo.New(yahoo.Config{Shop: "mihon", HTTPClient: hc, Limiter: order.Unlimited,
					Keys: credential.Static(yahoo.Keys{
						ClientID: "dj00aiZpPW1paG9u", RefreshToken: credential.NewSecret("refresh-token-0000")})})
				require.NoError(t, err)
				z, err := amazon.New(amazon.Config{Shop: "A0MIHON", HTTPClient: hc, Limiter: order.Unlimited,
					Keys: credential.Static(amazon.Keys{
						ClientID:     "amzn1.application-oa2-client.mihon",
						ClientSecret: credential.NewSecret("secret-000000"),
						RefreshToken: credential.NewSecret("Atzr|mihon0000")})})
				require.NoError(t, err)
				for _, check := range []func(context.Context) error{y.Check, z.Check} {
					var e *order.Error
					require.ErrorAs(t, check(t.Context()), &e)
					require.Contains(t, e.Error(), "token", "the call that failed is named")
					require.Zero(t, e.Attempts)
					require.False(t, transport.Unsettled(e))
				}
				memos := make([]order.Annotation, 5)
				for i := range memos {
					memos[i] = order.Annotation{Order: fmt.Sprintf("mihon-%d", i+1), Memo: "a"}
				}
				results, err := y.Annotate(t.Context(), memos, order.WriteOptions{})
				require.Error(t, err)
				for _, r := range results {
					require.Contains(t, []order.Outcome{order.Refused, order.NotSent}, r.Outcome, "%+v", r)
					require.Equal(t, order.Yes, r.Repeating)
					require.Contains(t, r.Err.Error(), "token")
				}
				_, err = z.CreateReport(t.Context(),
					amazon.CreateReportRequest{ReportType: amazon.PendingOrders,
						MarketplaceIDs: []string{amazon.Japan}})
				require.Error(t, err)
				require.False(t, transport.Unsettled(err))
			})
		})
	}
}
