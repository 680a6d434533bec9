package yahootest

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// problem is an <Error> document.
func problem(status int, code, message, detail string) fake.Reply {
	var b strings.Builder
	b.WriteString(xml.Header + "<Error>\n")
	if code != "" {
		element(&b, "Code", code)
	}
	element(&b, "Message", message)
	if code != "" {
		element(&b, "Detail", detail)
	}
	b.WriteString("</Error>\n")
	return fake.XML(status, []byte(b.String()))
}

func invalidToken() fake.Reply {
	const why = `Bearer realm="yahooapis.jp", error="invalid_token", error_description="expired token"`
	return problem(http.StatusUnauthorized, "", "Please provide valid credentials. "+why,
		"").With("WWW-Authenticate", why)
}

func sessionOver() fake.Reply {
	return problem(http.StatusUnauthorized, "px-04102",
		"AccessToken has been expired. This API session is shorter than another API.", "")
}

// shape is how faults look, in the form of YConnect for a call to its token endpoint.
func shape() fake.Shape {
	type play = func(*fake.Request, fake.Fault) fake.Reply
	answer := func(status int, token string, api fake.Reply) play {
		return func(r *fake.Request, _ fake.Fault) fake.Reply {
			if r.Operation == opToken {
				return oauthError(status, token)
			}
			return api
		}
	}
	return fake.Shape{
		RateLimited: answer(http.StatusTooManyRequests, "request_throttled",
			problem(http.StatusTooManyRequests, "", "Too Many Requests", "")),
		ServerError: answer(http.StatusInternalServerError, "server_error",
			problem(http.StatusInternalServerError, "od91001", "System Error", "")),
		Maintenance: answer(http.StatusServiceUnavailable, "temporarily_unavailable",
			problem(http.StatusServiceUnavailable, "ed-00002", "メンテナンス中です", "")),
		ExpiredKey: answer(http.StatusBadRequest, "invalid_grant", sessionOver()),
	}
}

func badParameter(name string) *fake.Reply {
	r := problem(http.StatusBadRequest, "od90101", "Request Parameter Error : "+name, "")
	return &r
}

func noOrder(id string) *fake.Reply {
	r := problem(http.StatusNotFound, "od91801", "Not Exists : "+id, id)
	return &r
}

// element writes one element; an empty value is an empty element.
func element(b *strings.Builder, name, value string) {
	b.WriteString("<" + name + ">")
	_ = xml.EscapeText(b, []byte(value)) // a strings.Builder does not fail
	b.WriteString("</" + name + ">\n")
}

// cdata writes free text the way the mall does.
func cdata(b *strings.Builder, name, value string) {
	if value == "" {
		element(b, name, "")
		return
	}
	b.WriteString("<" + name + "><![CDATA[" + strings.ReplaceAll(value, "]]>", "]]]]><![CDATA[>") +
		"]]></" + name + ">\n")
}

// resultSet is the envelope of all APIs but orderList.
func resultSet(content string) fake.Reply {
	return fake.XML(http.StatusOK, []byte(xml.Header+
		`<ResultSet totalResultsAvailable="1" totalResultsReturned="1" firstResultPosition="1">`+
		"\n<Result>\n<Status>OK</Status>\n"+
		content+"</Result>\n</ResultSet>\n"))
}

// updated is the envelope of the updates.
func updated(content string) fake.Reply {
	return fake.XML(http.StatusOK, []byte(
		`<ResultSet totalResultsAvailable="1" totalResultsReturned="1" ok="1" ng="0">`+
			"\n<Result>\n<Status>OK</Status>\n"+content+"</Result>\n</ResultSet>\n"))
}

// serve answers a call that the gateway has let through.
func (m *Mall) serve(r *fake.Request) fake.Reply {
	switch r.Operation {
	case opToken:
		return m.serveToken(r)
	case opConsent:
		return m.serveAuthorization(r)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	api, ok := apis[r.Operation]
	if !ok {
		return fake.HTML(http.StatusNotFound,
			"<!DOCTYPE html><html><body>404 Not Found</body></html>")
	}
	req := request{}
	if r.Method != api.method {
		return problem(http.StatusBadRequest, "px-04001", "seller_id is not specified", "")
	}
	switch {
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") &&
		api.form:
		form, err := url.ParseQuery(string(r.Payload))
		if err != nil {
			return *badParameter("form")
		}
		req.query, req.seller = form, form.Get("seller_id")
	case api.method == http.MethodPost:
		root, err := parse(r.Payload)
		if err != nil || root.name != "Req" {
			return *badParameter("Req")
		}
		req.node, req.seller = root, root.text("SellerId")
	default:
		req.query, req.seller = r.URL.Query(), r.URL.Query().Get("sellerId")
	}
	switch req.seller {
	case "":
		return problem(http.StatusBadRequest, "px-04001", "seller_id is not specified", "")
	case m.options.Shop:
	default:
		return problem(http.StatusForbidden, "px-14303", "Use of API is not permitted.", "")
	}
	return api.serve(m, &req).With(statusHeader, r.Header.Get(statusHeader))
}

// api is one operation.
type api struct {
	method string
	serve  func(*Mall, *request) fake.Reply
	form   bool // takes a form in place of a document
}

var apis = map[string]api{
	"orderList":             {method: http.MethodPost, serve: (*Mall).orderList},
	"orderInfo":             {method: http.MethodPost, serve: (*Mall).orderInfo},
	"orderCount":            {method: http.MethodGet, serve: (*Mall).orderCount},
	"orderChange":           {method: http.MethodPost, serve: (*Mall).orderChange},
	"orderStatusChange":     {method: http.MethodPost, serve: (*Mall).orderStatusChange},
	"orderPayStatusChange":  {method: http.MethodPost, serve: (*Mall).orderPayStatusChange},
	"orderShipStatusChange": {method: http.MethodPost, serve: (*Mall).orderShipStatusChange},
	"orderItemAdd":          {method: http.MethodPost, serve: (*Mall).orderItemAdd},
	"orderSplit":            {method: http.MethodPost, serve: (*Mall).orderSplit},
	"orderChangeHistory":    {method: http.MethodGet, serve: (*Mall).orderChangeHistory},
	"orderPayNumber":        {method: http.MethodPost, serve: (*Mall).orderPayNumber},
	"orderCouponCancel":     {method: http.MethodPost, serve: (*Mall).orderCouponCancel},
	"getStock":              {method: http.MethodPost, serve: (*Mall).getStock, form: true},
	"setStock":              {method: http.MethodPost, serve: (*Mall).setStock, form: true},
}

// quotas is one call per second for each URL.
func quotas() *fake.Quotas {
	rates := make(map[string]fake.Rate, len(apis))
	for name := range apis {
		rates[name] = fake.Rate{Every: time.Second}
	}
	return fake.NewQuotas(rates)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
