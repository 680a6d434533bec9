package rakuten_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// TestReplies holds whole replies of every family against the class and code they must come out as.
func TestReplies(t *testing.T) {
	const info = `{"messageType":"INFO","messageCode":"ORDER_EXT_API_GET_ORDER_INFO_101","message":"受注情報取得に成功しました。(取得件数0件)"}`
	for _, c := range []struct {
		name   string
		status int
		body   string
		class  order.Class
		code   string
		number string
		hint   string
	}{
		{"gateway", 401, `{"Results": {"errorCode": "ES01-01", "message": "Un-Authorised"}}`, order.ErrUnauthorized, "ES01-01", "", "rpay.order.getOrder"},
		{"gateway, other envelope", 401, `{"errors":[{"code":"GA0001","message":"Un-Authorised"}]}`, order.ErrUnauthorized, "GA0001", "", "three months"},
		{"gateway inside 200", 200, `{"Results":{"errorCode":"ES04-01","message":"Bad Request"}}`, order.ErrUnauthorized, "ES04-01", "", "rpay.order.getOrder"},
		{"unknown gateway code", 400, `{"Results":{"errorCode":"ES99-99","message":"見本"}}`, order.ErrInvalid, "ES99-99", "", ""},
		{"unknown gateway code inside 200", 200, `{"Results":{"errorCode":"ES99-99","message":"見本"}}`, order.ErrInvalid, "ES99-99", "", ""},
		{"field error", 400, `{"errors":[{"code":"IE0002","message":"quantity has an invalid value : a.","metadata":{"propertyPath":"quantity"}}]}`,
			order.ErrInvalid, "IE0002", "", "look at quantity"},
		{"validation", 400, `{"orderNumberList":null,"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_SEARCH_ORDER_ERROR_009","message":"dateTypeの項目を指定して下さい。"},` +
			`{"messageType":"ERROR","messageCode":"ORDER_EXT_API_SEARCH_ORDER_ERROR_011","message":"startDatetimeの書式が不正です。"}],"PaginationResponseModel":null}`,
			order.ErrInvalid, "ORDER_EXT_API_SEARCH_ORDER_ERROR_009", "", "required item is missing"},
		{"validation inside 200", 200, `{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_GET_ORDER_ERROR_009","message":"versionの項目を指定して下さい。"}]}`,
			order.ErrInvalid, "ORDER_EXT_API_GET_ORDER_ERROR_009", "", "version"},
		{"mixed inside 200", 200, `{"MessageModelList":[` + info + `,{"messageType":"ERROR","messageCode":"ORDER_EXT_API_GET_ORDER_ERROR_777","message":"参照できません。","orderNumber":"n-1"}],"OrderModelList":[]}`,
			order.ErrInvalid, "ORDER_EXT_API_GET_ORDER_ERROR_777", "n-1", ""},
		{"unknown code", 404, `{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_GET_ORDER_ERROR_888","message":"見本"}]}`,
			order.ErrNotFound, "ORDER_EXT_API_GET_ORDER_ERROR_888", "", ""},
		{"status only", 405, `{}`, order.ErrTemporary, "", "", "not the mall"},
		{"charset lost", 415, "Unsupported Media Type", order.ErrTemporary, "", "", "charset=utf-8"},
		{"a relay refuses", 403, "Forbidden", order.ErrTemporary, "", "", "not the mall"},
		{"a relay wants a login", 401, "<html><body>Login</body></html>", order.ErrTemporary, "", "", "not the mall"},
		{"a relay knows no such page", 404, "<html><body>Not Found</body></html>", order.ErrTemporary, "", "", "not the mall"},
		{"a relay's refusal of the request", 400, `{"message":"Bad Request"}`, order.ErrTemporary, "", "", "not the mall"},
		{"a relay is in a hurry", 429, "slow down", order.ErrRateLimited, "", "", "slow down"},
		{"another service", 200, `{"message":"Service Unavailable"}`, order.ErrUndecodable, "", "", "documented answer"},
		{"no list", 200, `{"MessageModelList":[` + info + `]}`, order.ErrUndecodable, "", "", "documented answer"},
		{"another count", 200, `{"MessageModelList":[` + info + `],"OrderModelList":[{"orderNumber":"n-1"}]}`, order.ErrUndecodable, "", "", "documented answer"},
		{"no messages", 200, `{"MessageModelList":[],"OrderModelList":[]}`, order.ErrUndecodable, "", "", "documented answer"},
		{"nothing found", 200, `{"MessageModelList":[` + info + `],"OrderModelList":null}`, order.ErrNotFound, "", "n-1", ""},
		{"accepted", 202, `{"MessageModelList":[` + info + `],"OrderModelList":[]}`, order.ErrUndecodable, "", "", "documented answer"},
		{"too many", 429, `{"Results":{"errorCode":"ES05-01","message":"Too Many Requests"}}`, order.ErrRateLimited, "ES05-01", "", ""},
		{"maintenance", 503, "<html><body>ただいまメンテナンス中です</body></html>", order.ErrMaintenance, "", "", ""},
		{"unavailable", 503, "<html><body>Service Unavailable</body></html>", order.ErrTemporary, "", "", "定期メンテナンス"},
		{"page instead of data", 200, "<!DOCTYPE html><html><body>hello</body></html>", order.ErrTemporary, "", "", ""},
		{"nothing", 200, "", order.ErrTemporary, "", "", ""},
		{"half a document", 200, `{"MessageModelList":[`, order.ErrUndecodable, "", "", ""},
		{"another document", 200, `[1,2]`, order.ErrUndecodable, "", "", ""},
	} {
		synced(t, c.name, func(t *testing.T) {
			_, client := start(t, rakutentest.Options{Orders: -1}, func(cfg *rakuten.Config) {
				cfg.HTTPClient = &http.Client{Transport: replies(c.status, c.body)}
			})
			_, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: []string{"n-1", "n-2"}})
			require.ErrorIs(t, err, c.class)
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.code, e.Code)
			require.Equal(t, c.number, e.Order)
			require.Equal(t, "getOrder", e.Operation)
			require.Equal(t, "mihon-shop", e.Shop)
			require.Contains(t, e.Hint.EN, c.hint)
		})
	}
}

// TestLargeBrokenReply is cut inside valid HTTP, behind the size up to which replies are looked at
// for errors.
func TestLargeBrokenReply(t *testing.T) {
	body := `{"MessageModelList":[],"OrderModelList":[{"orderNumber":"n-1","remarks":"` + strings.Repeat("見本", 20_000)
	_, client := start(t, rakutentest.Options{Orders: -1}, func(cfg *rakuten.Config) {
		cfg.HTTPClient = &http.Client{Transport: replies(200, body)}
	})
	_, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: []string{"n-1"}})
	require.ErrorIs(t, err, order.ErrUndecodable)
	require.NotContains(t, err.Error(), "見本")
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault rakutentest.Fault
		calls int // of getOrder
	}{
		{rakutentest.Fault{Kind: rakutentest.RateLimited}, 2},
		{rakutentest.Fault{Kind: rakutentest.ServerError, Status: 500}, 2},
		{rakutentest.Fault{Kind: rakutentest.ServerError, Status: 503}, 2},
		{rakutentest.Fault{Kind: rakutentest.HTMLPage}, 2},
		{rakutentest.Fault{Kind: rakutentest.EmptyBody}, 2},
		{rakutentest.Fault{Kind: rakutentest.Dropped}, 2},
		{rakutentest.Fault{Kind: rakutentest.ReplyLost}, 2},
		{rakutentest.Fault{Kind: rakutentest.Truncated}, 2},
	} {
		synced(t, c.fault.Kind, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: 3}, nil)
			c.fault.Operation = "getOrder"
			require.NoError(t, mall.Inject(c.fault))
			orders, errs := all(t, client, order.Query{})
			require.Empty(t, errs)
			require.Len(t, orders, 3)
			require.Equal(t, c.calls, mall.Count("getOrder"))
			require.Zero(t, mall.PendingFaults())
		})
	}
	mall, client := start(t, rakutentest.Options{Orders: 3}, nil)
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.Maintenance, Operation: "getOrder"}))
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, orders)
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], order.ErrMaintenance)
	require.Equal(t, 1, mall.Count("getOrder"))
}
