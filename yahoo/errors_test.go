package yahoo_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// The mall's error documents, as the reference and the mall's samples have them.
func TestErrors(t *testing.T) {
	for name, tc := range map[string]struct {
		status  int
		body    string
		class   order.Class
		code    string
		message string
	}{
		"session over": {401, "<?xml version='1.0' encoding='UTF-8' ?>\n<Error>\n<Message>AccessToken has been expired. This API session is shorter than another API.</Message>\n<Code>px-04102</Code>\n</Error>",
			order.ErrCredentialExpired, "px-04102",
			"AccessToken has been expired. This API session is shorter than another API."},
		"no order": {404, "<Error><Code>od91801</Code><Message>Not Exists : example-store-10000050</Message><Detail/></Error>",
			order.ErrNotFound, "od91801", "Not Exists : example-store-10000050"},
		"several unknown": {404, "<Error><Code>od91801</Code><Message>Not Exists</Message><Detail>a-1,a-2</Detail></Error>",
			order.ErrNotFound, "od91801", "Not Exists (a-1,a-2)"},
		"parameter":         {400, "<Error><Code>od90101</Code><Message>Request Parameter Error : Field</Message></Error>", order.ErrInvalid, "od90101", "Request Parameter Error : Field"},
		"in a success":      {200, "<Error><Code>od99999</Code><Message>novel</Message></Error>", order.ErrInvalid, "od99999", "novel"},
		"unknown code":      {403, "<Error><Code>px-99999</Code><Message>novel</Message></Error>", order.ErrForbidden, "px-99999", "novel"},
		"ip":                {403, "<Error><Code>px-04306</Code><Message>x</Message></Error>", order.ErrForbidden, "px-04306", "x"},
		"not permitted":     {403, "<Error><Code>px-04307</Code><Message>Use of API is not permitted.</Message></Error>", order.ErrForbidden, "px-04307", "Use of API is not permitted."},
		"illegal step":      {400, "<Error><Code>od91111</Code><Message>Cannot Be Operated : CancelOrder OrderStatus</Message></Error>", order.ErrConflict, "od91111", "Cannot Be Operated : CancelOrder OrderStatus"},
		"NG in a Result":    {200, "<Result><Status>NG</Status><Error><Code>od90101</Code><Message>m</Message></Error></Result>", order.ErrInvalid, "od90101", "m"},
		"NG in a ResultSet": {200, "<ResultSet><Result><Status>NG</Status><Error><Code>od91001</Code><Message>m</Message></Error></Result></ResultSet>", order.ErrTemporary, "od91001", "m"},
		"NG without words":  {200, "<Result><Status>NG</Status></Result>", order.ErrUndecodable, "", "the reply has no status OK"},
		"no status":         {200, "<Result><Search/></Result>", order.ErrUndecodable, "", ""},
		"other document":    {200, "<ResultSet><Result><Status>OK</Status></Result></ResultSet>", order.ErrUndecodable, "", ""},
		"item maintenance":  {503, "<Error><Code>ed-00002</Code><Message>m</Message></Error>", order.ErrMaintenance, "ed-00002", "m"},
		"maintenance page":  {503, "<html><body>ただいまメンテナンス中です</body></html>", order.ErrMaintenance, "", ""},
		"gateway":           {502, "<html><body>Bad Gateway</body></html>", order.ErrTemporary, "", ""},
		"html":              {200, "<!DOCTYPE html><html><body>hello</body></html>", order.ErrTemporary, "", ""},
		"empty":             {200, "", order.ErrTemporary, "", ""},
		"no scope":          {403, `<Error><Message>Please provide valid credentials. Bearer realm="yahooapis.jp", error="insufficient_scope", error_description="insufficient scope"</Message></Error>`, order.ErrForbidden, "insufficient_scope", ""},
		"no scope, 401":     {401, `<Error><Message>Please provide valid credentials. Bearer realm="yahooapis.jp", error="insufficient_scope", error_description="insufficient scope"</Message></Error>`, order.ErrForbidden, "insufficient_scope", ""},
		"another 404":       {404, "<html><body>Not Found</body></html>", order.ErrTemporary, "", ""},
		"another 403":       {403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", order.ErrTemporary, "", ""},
		"another 403, bare": {403, "", order.ErrTemporary, "", ""},
		"another 401":       {401, `{"error":"login"}`, order.ErrTemporary, "", ""},
		"another 400":       {400, "<Error><Message>bad</Message></Error>", order.ErrTemporary, "", ""},
		"another 405":       {405, "Method Not Allowed", order.ErrTemporary, "", ""},
		"another 429":       {429, "slow down", order.ErrRateLimited, "", ""},
		"null":              {200, "null", order.ErrTemporary, "", ""},
		"count, no rows":    {200, "<Result><Status>OK</Status><Search><TotalCount>5</TotalCount></Search></Result>", order.ErrUndecodable, "", ""},
		"rows, no count":    {200, "<Result><Status>OK</Status><Search><TotalCount>0</TotalCount><OrderInfo><OrderId>a-1</OrderId></OrderInfo></Search></Result>", order.ErrUndecodable, "", ""},
		"partial content":   {206, "<Result><Status>OK</Status><Search><TotalCount>0</TotalCount></Search></Result>", order.ErrUndecodable, "", ""},
		"two documents":     {200, "<Result><Status>OK</Status><Search><TotalCount>0</TotalCount></Search></Result><Result/>", order.ErrUndecodable, "", ""},
		"cut off":           {200, "<Result><Status>OK</Status><Search><TotalCount>0</Tot", order.ErrUndecodable, "", ""},
		"forbidden text":    {403, "Your Request was Forbidden", order.ErrForbidden, "", "Your Request was Forbidden"},
		"no credentials":    {401, "<Error><Message>Bad Request: Authentication parameters in your request incompleted.</Message></Error>", order.ErrUnauthorized, "", "Bad Request: Authentication parameters in your request incompleted."},
		"namespace":         {400, `<Error xmlns="urn:yahoo:api"><Message><![CDATA[m]]></Message><Code>st-02101</Code></Error>`, order.ErrInvalid, "st-02101", "m"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // some are tried again
				mall := newMall(t)
				c := newClient(t, mall)
				require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList",
					Status: tc.status, Body: tc.body, Times: -1}))
				var e *order.Error
				require.ErrorAs(t, c.Check(t.Context()), &e)
				require.Equal(t, tc.class, e.Class, e)
				require.Equal(t, tc.code, e.Code)
				require.Equal(t, tc.message, e.Message)
				require.Equal(t, tc.status, e.HTTPStatus)
				require.Equal(t, "orderList", e.Operation)
			})
		})
	}
}

// The mall's own sample of px-04102, where JPMALL_PAYLOADS names the folder, reads as the literal
// one above.
func TestErrorSample(t *testing.T) {
	body := []byte("<Error><Code>px-04102</Code><Message>m</Message></Error>")
	if folder := os.Getenv("JPMALL_PAYLOADS"); folder != "" {
		var err error
		body, err = os.ReadFile(filepath.Join(folder, "yahoo", "error_px-04102.xml"))
		require.NoError(t, err)
	}
	mall := newMall(t)
	c := newClient(t, mall)
	require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList", Status: 401,
		Body: string(body), Times: -1}))
	require.ErrorIs(t, c.Check(t.Context()), order.ErrCredentialExpired)
	require.Equal(t, 1, mall.Count("orderList"))
}

// A refusal that comes as a failure of the mall's server is a refusal: nothing is open, and nothing
// is tried again.
func TestRefusalsWithAServerError(t *testing.T) {
	for code, class := range yahoo.Codes() {
		if !strings.HasPrefix(code, "od9") || class == order.ErrTemporary {
			continue
		}
		t.Run(code, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			id := ordinary(mall)
			require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderStatusChange",
				Status: 500,
				Body:   "<Error><Code>" + code + "</Code><Message>見本の理由</Message><Detail/></Error>"}))
			got, err := c.Cancel(t.Context(), []order.Cancellation{{Order: id, Reason: order.Unpaid}},
				order.WriteOptions{})
			require.ErrorIs(t, err, class)
			require.Equal(t, order.Refused, got[0].Outcome)
			require.Equal(t, []string{code, "見本の理由"}, []string{got[0].Code, got[0].Message})
			require.NotEmpty(t, got[0].Next)
			require.Equal(t, 1, mall.Count("orderStatusChange"))
			require.Equal(t, 2, mall.Count("orderInfo"), "with a 500 nobody is sure: the order is read once more")
		})
	}
	for _, code := range []string{"od90137", "od90150", "od90175", "od90176", "od90180", "od90183", "od90191",
		"od90192", "od90193", "od90207",
		"od91060", "od91061", "od91062", "od91063", "od91150", "od91152", "od91153", "od91154", "od91180", "od91181",
		"od91183", "od91192",
		"st-02108", "st-02109", "st-02110"} {
		require.Contains(t, []order.Class{order.ErrInvalid, order.ErrConflict}, yahoo.Codes()[code], code)
	}
}

// A failure that was applied nevertheless is done, because the order shows it.
func TestFailureThatWasApplied(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderStatusChange", Status: 500,
		Applied: true,
		Body:    "<Error><Code>od91150</Code><Message>m</Message></Error>"}))
	got, err := c.Cancel(t.Context(), []order.Cancellation{{Order: ordinary(mall), Reason: order.Unpaid}},
		order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, order.Done, got[0].Outcome)
	require.NotEmpty(t, got[0].Message)
}

func TestCodes(t *testing.T) {
	require.Equal(t, order.ErrCredentialExpired, yahoo.Codes()["px-04102"])
	for code, class := range yahoo.Codes() {
		require.NotZero(t, class, code)
	}
}
