package amazontest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Mall is a fake Amazon.co.jp and an http.Handler. It is safe for concurrent use. Close it after
// use.
type Mall struct {
	handler fake.Handler
	network *fake.Network
	faults  fake.Faults
	log     fake.Log
	quotas  *fake.Quotas

	mu       sync.Mutex // guards what follows
	options  Options
	secret   secret
	codes    map[string]*code  // of consents
	tokens   map[string]grant  // access tokens and RDTs that were issued
	orders   map[string]*Order // by id
	numbers  []string          // ids of orders, in the order of their arrival
	placed   fake.Times
	updated  fake.Times
	lists    map[string]snapshot // by page token
	rates    map[string]rate     // by operation; sent in the header
	places   map[string]object   // notification destinations
	subs     map[string]object   // subscriptions, by notification type
	reports  map[string]*report  // by id
	queue    []string            // notifications that were sent
	rotates  bool                // a queue for new secrets is registered
	serial   int                 // numbers what is issued
	requests int
}

// New returns a fake mall with its orders.
func New(o Options) *Mall {
	m := &Mall{
		options: o.withDefaults(),
		tokens:  make(map[string]grant),
		orders:  make(map[string]*Order),
		lists:   make(map[string]snapshot),
		places:  make(map[string]object),
		subs:    make(map[string]object),
		reports: make(map[string]*report),
		rates:   documentedRates(),
	}
	m.secret = secret{current: m.options.ClientSecret, issued: m.options.SecretIssued}
	if at := m.options.SecretIssued; !at.IsZero() {
		m.secret.ends = at.AddDate(0, 0, 180)
	}
	m.quotas = fake.NewQuotas(limits(m.rates))
	m.quotas.Lift(!o.Quotas)
	for _, p := range patterns() {
		m.faults.Script.Operations = append(m.faults.Script.Operations, p.name)
	}
	m.handler = fake.Handler{
		Operation: func(r *fake.Request) string { return route(r.Method, r.URL.Path).name },
		Log:       &m.log, Faults: &m.faults, Shape: m.shape(), Auth: m.auth, Quotas: m.quotas,
		Serve: m.serve, Gzip: true,
	}
	m.seed(time.Now())
	m.network = fake.Transport(m)
	return m
}

// serve answers a request that has passed auth and quota.
func (m *Mall) serve(r *fake.Request) fake.Reply {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := route(r.Method, r.URL.Path)
	if p.serve == nil {
		return m.identified(m.fail(http.StatusForbidden, "Unauthorized", denied, ""))
	}
	reply := p.serve(m, &call{Request: r, vars: p.vars})
	return m.headers(reply, p.name)
}

// call is a request with the values in its path.
type call struct {
	*fake.Request
	vars []string
}

// headers adds Amazon's headers. The rate is sent on 20x, 400 and 404 only.
func (m *Mall) headers(r fake.Reply, operation string) fake.Reply {
	status := r.Status
	if status == 0 {
		status = http.StatusOK
	}
	if limit, ok := m.rates[operation]; ok && (status < 300 || status == 400 || status == 404) {
		r = r.With("x-amzn-RateLimit-Limit", strconv.FormatFloat(limit.perSecond, 'f', -1, 64))
	}
	return m.identified(r)
}

func (m *Mall) identified(r fake.Reply) fake.Reply {
	m.requests++
	return r.With("x-amzn-RequestId", fmt.Sprintf("00000000-0000-4000-8000-%012d", m.requests))
}

// fail returns an error in the form of Amazon's error list.
func (m *Mall) fail(status int, code, message, details string) fake.Reply {
	return fake.JSON(status, map[string]any{
		"errors": []any{map[string]any{"code": code, "message": message, "details": details}}})
}

func (m *Mall) invalid(message string) fake.Reply {
	return m.fail(http.StatusBadRequest, "InvalidInput", message, "")
}

func (m *Mall) notFound() fake.Reply {
	return m.fail(http.StatusNotFound, "NotFound", "The requested resource was not found.", "")
}

// shape returns the replies of faults in Amazon's form, or in that of Login with Amazon for a call
// to it.
func (m *Mall) shape() fake.Shape {
	type play = func(*fake.Request, fake.Fault) fake.Reply
	answer := func(status int, code, message, lwa string) play {
		return func(r *fake.Request, _ fake.Fault) fake.Reply {
			m.mu.Lock()
			defer m.mu.Unlock()
			if r.Operation == opToken {
				return m.identified(lwaError(status, lwa, message))
			}
			return m.identified(m.fail(status, code, message, ""))
		}
	}
	return fake.Shape{
		RateLimited: answer(http.StatusTooManyRequests, "QuotaExceeded",
			"You exceeded your quota for the requested resource.", "request_throttled"),
		ServerError: answer(http.StatusInternalServerError, "InternalFailure",
			"We encountered an internal error. Please try again.", "server_error"),
		Maintenance: answer(http.StatusServiceUnavailable, "ServiceUnavailable",
			"Service is temporarily unavailable. Please try again.", "temporarily_unavailable"),
		ExpiredKey: func(r *fake.Request, _ fake.Fault) fake.Reply {
			m.mu.Lock()
			defer m.mu.Unlock()
			if r.Operation == opToken {
				return m.identified(expiredGrant(r))
			}
			return m.identified(m.fail(http.StatusForbidden, "Unauthorized", denied,
				"The access token you provided has expired."))
		},
	}
}

const denied = "Access to requested resource is denied."

// pattern is one operation of the fake.
type pattern struct {
	name, method, path string
	scope              string // of grantless operations
	serve              func(*Mall, *call) fake.Reply
	vars               []string
}

// route returns the operation of a request. An unknown path gives a pattern without serve.
func route(method, path string) pattern {
	have := strings.Split(path, "/")
	for _, p := range patterns() {
		want := strings.Split(p.path, "/")
		if p.method != method || len(want) != len(have) {
			continue
		}
		fits := true
		for i := range want {
			switch {
			case want[i] == "{}" && have[i] != "":
				p.vars = append(p.vars, have[i])
			case want[i] != have[i]:
				fits = false
			}
		}
		if fits {
			return p
		}
	}
	return pattern{name: "unknown"}
}

func patterns() []pattern {
	const (
		orders        = "/orders/2026-01-01/orders"
		destinations  = "/notifications/v1/destinations"
		subscriptions = "/notifications/v1/subscriptions"
		reports       = "/reports/2021-06-30/"
	)
	return []pattern{
		{name: opToken, method: "POST", path: tokenPath, serve: (*Mall).lwa},
		{name: "consent", method: "GET", path: consentPath, serve: (*Mall).consentPage},
		{name: "searchOrders", method: "GET", path: orders, serve: (*Mall).searchOrders},
		{name: "getOrder", method: "GET", path: orders + "/{}", serve: (*Mall).getOrder},
		{name: "v0.getOrders", method: "GET", path: "/orders/v0/orders", serve: (*Mall).v0Orders},
		{name: "v0.getOrder", method: "GET", path: "/orders/v0/orders/{}", serve: (*Mall).v0Order},
		{name: "v0.getOrderBuyerInfo", method: "GET", path: "/orders/v0/orders/{}/buyerInfo",
			serve: (*Mall).v0BuyerInfo},
		{name: "v0.getOrderAddress", method: "GET", path: "/orders/v0/orders/{}/address",
			serve: (*Mall).v0Address},
		{name: "v0.getOrderItems", method: "GET", path: "/orders/v0/orders/{}/orderItems",
			serve: (*Mall).v0Items},
		{name: "v0.getOrderItemsBuyerInfo", method: "GET",
			path: "/orders/v0/orders/{}/orderItems/buyerInfo", serve: (*Mall).v0ItemsBuyerInfo},
		{name: "confirmShipment", method: "POST", path: "/orders/v0/orders/{}/shipmentConfirmation",
			serve: (*Mall).confirmShipment},
		{name: "updateShipmentStatus", method: "POST", path: "/orders/v0/orders/{}/shipment",
			serve: (*Mall).updateShipmentStatus},
		{name: "getOrderRegulatedInfo", method: "GET", path: "/orders/v0/orders/{}/regulatedInfo",
			serve: (*Mall).regulatedInfo},
		{name: "updateVerificationStatus", method: "PATCH",
			path: "/orders/v0/orders/{}/regulatedInfo", serve: (*Mall).verify},
		{name: "createRestrictedDataToken", method: "POST",
			path: "/tokens/2021-03-01/restrictedDataToken", serve: (*Mall).restrictedToken},
		{name: "createDestination", method: "POST", path: destinations, scope: scopeNotify,
			serve: (*Mall).createDestination},
		{name: "getDestinations", method: "GET", path: destinations, scope: scopeNotify,
			serve: (*Mall).getDestinations},
		{name: "getDestination", method: "GET", path: destinations + "/{}", scope: scopeNotify,
			serve: (*Mall).getDestination},
		{name: "deleteDestination", method: "DELETE", path: destinations + "/{}",
			scope: scopeNotify, serve: (*Mall).deleteDestination},
		{name: "createSubscription", method: "POST", path: subscriptions + "/{}",
			serve: (*Mall).createSubscription},
		{name: "getSubscription", method: "GET", path: subscriptions + "/{}",
			serve: (*Mall).getSubscription},
		{name: "getSubscriptions", method: "GET", path: subscriptions,
			serve: (*Mall).getSubscriptions},
		{name: "getSubscriptionById", method: "GET", path: subscriptions + "/{}/{}",
			scope: scopeNotify, serve: (*Mall).getSubscriptionByID},
		{name: "deleteSubscriptionById", method: "DELETE", path: subscriptions + "/{}/{}",
			scope: scopeNotify, serve: (*Mall).deleteSubscription},
		{name: "sendTestNotification", method: "POST", path: subscriptions + "/{}/testNotification",
			scope: scopeNotify, serve: (*Mall).testNotification},
		{name: "rotateApplicationClientSecret", method: "POST",
			path: "/applications/2023-11-30/clientSecret", scope: scopeRotation,
			serve: (*Mall).rotateSecret},
		{name: "createReport", method: "POST", path: reports + "reports",
			serve: (*Mall).createReport},
		{name: "getReports", method: "GET", path: reports + "reports", serve: (*Mall).getReports},
		{name: "getReport", method: "GET", path: reports + "reports/{}", serve: (*Mall).getReport},
		{name: "cancelReport", method: "DELETE", path: reports + "reports/{}",
			serve: (*Mall).cancelReport},
		{name: "getReportDocument", method: "GET", path: reports + "documents/{}",
			serve: (*Mall).getReportDocument},
		{name: "document", method: "GET", path: documentPath + "{}", serve: (*Mall).download},
		{name: "getMarketplaceParticipations", method: "GET",
			path: "/sellers/v1/marketplaceParticipations", serve: (*Mall).participations},
		{name: "getAccount", method: "GET", path: "/sellers/v1/account", serve: (*Mall).account},
	}
}
