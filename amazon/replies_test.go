package amazon_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
)

// deviations are where the fake deliberately leaves the models, as patterns of "operation status
// path: what".
var deviations = []string{
	// Order statuses that no model lists occur in the wild, and clients must not break on them.
	`^(searchOrders|getOrder|v0\.getOrders|v0\.getOrder) 200 .*([fF]ulfillmentStatus|OrderStatus): value UNDER_INVESTIGATION is not in the enumeration$`,
	// Booleans come as texts in the wild.
	`^v0\.getOrders? 200 .*IsPrime: a text where the model has boolean$`,
}

// TestEveryReplyFitsTheModels calls every operation against the fake, in success and failure, and
// holds each reply against the official models: a documented status, every required property, no
// property that is not there, the right types and enumerations. Without the models it proves that
// every operation of the table is among the calls and none of the replies is undocumented by the
// table.
func TestEveryReplyFitsTheModels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := amazontest.New(amazontest.Options{Orders: 80})
		defer m.Close()
		m.RegisterRotationQueue()
		watch := &replies{inner: m.Transport(), seen: make(map[string]int)}
		if folder := os.Getenv(modelsVariable); folder != "" {
			watch.models = loadModels(t, folder)
			require.NotEmpty(t, watch.models)
		}
		callEverything(t, m, watch)
		for _, op := range amazon.Table() {
			require.NotZero(t, watch.seen[op.Name], "%s was not called", op.Name)
		}
		var strange []string
		for _, found := range watch.found {
			if !slices.ContainsFunc(deviations, func(p string) bool {
				return regexp.MustCompile(p).MatchString(found)
			}) {
				strange = append(strange, found)
			}
		}
		slices.Sort(strange)
		require.Empty(t, slices.Compact(strange))
		t.Logf("%d replies of %d operations, models: %t", watch.count, len(watch.seen), watch.models != nil)
	})
}

// callEverything makes each call at least once, in its usual form and with what is refused.
func callEverything(t *testing.T, m *amazontest.Mall, watch *replies) {
	ctx := t.Context()
	cfg := config(m)
	cfg.HTTPClient = &http.Client{Transport: watch}
	cfg.IncludedData = amazon.AllData()
	c := newClient(t, cfg)
	ok := func(_ any, err error) { t.Helper(); require.NoError(t, err) }
	no := func(_ any, err error) { t.Helper(); require.Error(t, err) }
	v0 := c.V0()
	since := time.Now().AddDate(0, 0, -15)

	found, err := c.SearchOrders(ctx, amazon.SearchOrdersRequest{CreatedAfter: since, MaxResultsPerPage: 50,
		IncludedData: amazon.AllData()})
	require.NoError(t, err)
	_, err = c.SearchOrders(ctx, amazon.SearchOrdersRequest{CreatedAfter: since,
		PaginationToken: found.Pagination.NextToken, IncludedData: amazon.AllData()})
	require.NoError(t, err)
	no(c.SearchOrders(ctx, amazon.SearchOrdersRequest{CreatedAfter: since, PaginationToken: "none"}))
	no(c.GetOrder(ctx, amazon.GetOrderRequest{OrderID: "250-9999999-9999999"}))
	for _, id := range m.Numbers() {
		ok(c.GetOrder(ctx, amazon.GetOrderRequest{OrderID: id, IncludedData: amazon.AllData()}))
		ok(v0.GetOrder(ctx, id))
		ok(v0.GetOrderItems(ctx, id, ""))
		ok(v0.GetOrderBuyerInfo(ctx, id))
		ok(v0.GetOrderAddress(ctx, id))
		ok(v0.GetOrderItemsBuyerInfo(ctx, id, ""))
	}
	ok(v0.GetOrders(ctx, amazon.V0GetOrdersRequest{CreatedAfter: since, MarketplaceIDs: []string{amazon.Japan}}))

	id := m.AddOrder(amazontest.Order{Status: "UNSHIPPED", Regulated: "Pending", Programs: []string{"IN_STORE_PICK_UP"},
		Lines: []amazontest.Line{{ID: "11", Quantity: 1}}})
	_, err = c.Ship(ctx, []order.Shipment{parcel(id)}, order.WriteOptions{})
	require.NoError(t, err)
	bad := confirmation(id)
	bad.PackageDetail.OrderItems[0].Quantity = 9
	no(c.ConfirmShipment(ctx, bad))
	pickup := amazon.UpdateShipmentStatusRequest{OrderID: id, MarketplaceID: amazon.Japan,
		ShipmentStatus: amazon.PickedUp}
	ok(c.UpdateShipmentStatus(ctx, pickup))
	pickup.MarketplaceID = "none"
	no(c.UpdateShipmentStatus(ctx, pickup))
	ok(c.GetOrderRegulatedInfo(ctx, id))
	ok(c.UpdateVerificationStatus(ctx, amazon.UpdateVerificationStatusRequest{OrderID: id,
		RegulatedOrderVerificationStatus: amazon.UpdateVerificationStatusRequestBody{
			Status: amazon.VerificationApproved, ExternalReviewerID: "mihon"}}))
	ok(c.CreateRestrictedDataToken(ctx, amazon.CreateRestrictedDataTokenRequest{
		RestrictedResources: []amazon.RestrictedResource{
			{Method: "GET", Path: "/orders/v0/orders/{orderId}/regulatedInfo"}}}))
	ok(c.GetMarketplaceParticipations(ctx))
	ok(c.GetAccount(ctx))

	queue, err := c.CreateDestination(ctx,
		amazon.CreateDestinationRequest{Name: "見本", ResourceSpecification: amazon.DestinationResource{
			SQS: &amazon.SQSResource{ARN: "arn:aws:sqs:us-west-2:000000000000:mihon"}}})
	require.NoError(t, err)
	bus, err := c.CreateDestination(ctx, amazon.CreateDestinationRequest{Name: "見本2",
		ResourceSpecification: amazon.DestinationResource{
			EventBridge: &amazon.EventBridgeResource{Region: "us-west-2", AccountID: "000000000000"}}})
	require.NoError(t, err)
	require.NotEmpty(t, bus.Payload.Resource.EventBridge.Name, "told by Amazon")
	ok(c.GetDestinations(ctx))
	ok(c.GetDestination(ctx, bus.Payload.DestinationID))
	no(c.GetDestination(ctx, "none"))
	sub, err := c.CreateSubscription(ctx, amazon.CreateSubscriptionRequest{NotificationType: amazon.OrderChange,
		PayloadVersion: "1.0",
		DestinationID:  queue.Payload.DestinationID,
		ProcessingDirective: &amazon.ProcessingDirective{EventFilter: &amazon.EventFilter{
			EventFilterType: amazon.OrderChange, MarketplaceIDs: []string{amazon.Japan},
			OrderChangeTypes: []amazon.OrderChangeType{amazon.OrderStatusChange}}}})
	require.NoError(t, err)
	no(c.CreateSubscription(ctx, amazon.CreateSubscriptionRequest{NotificationType: amazon.OrderChange,
		PayloadVersion: "1.0", DestinationID: queue.Payload.DestinationID}))
	ok(c.GetSubscription(ctx, amazon.OrderChange, "1.0"))
	ok(c.GetSubscriptions(ctx, amazon.GetSubscriptionsRequest{NotificationType: amazon.OrderChange}))
	ok(c.GetSubscriptionByID(ctx, amazon.OrderChange, sub.Payload.SubscriptionID))
	sandboxed := cfg
	sandboxed.Endpoint = amazon.FarEastSandbox
	ok(newClient(t, sandboxed).SendTestNotification(ctx,
		amazon.SendTestNotificationRequest{NotificationType: amazon.OrderChange}))
	ok(c.DeleteSubscriptionByID(ctx, amazon.OrderChange, sub.Payload.SubscriptionID))
	ok(c.DeleteDestination(ctx, queue.Payload.DestinationID))
	ok(c.RotateApplicationClientSecret(ctx))

	for _, kind := range []amazon.ReportType{amazon.ActionableOrders, amazon.OrdersShipping, amazon.AllOrdersByUpdate,
		amazon.AllOrdersByDate, amazon.PendingOrders} {
		made, err := c.CreateReport(ctx, amazon.CreateReportRequest{ReportType: kind,
			MarketplaceIDs: []string{amazon.Japan}})
		require.NoError(t, err, kind)
		ok(c.GetReport(ctx, made.ReportID))
		report, err := c.WaitReport(ctx, made.ReportID)
		require.NoError(t, err)
		ok(c.GetReportDocument(ctx, report.ReportDocumentID, kind))
		r, err := c.OpenReport(ctx, report.ReportDocumentID, kind)
		require.NoError(t, err)
		rows := 0
		for _, err := range r.Rows() {
			require.NoError(t, err)
			rows++
		}
		require.NotZero(t, rows, kind)
		require.NoError(t, r.Close())
	}
	no(c.CreateReport(ctx, amazon.CreateReportRequest{ReportType: "GET_NONSENSE",
		MarketplaceIDs: []string{amazon.Japan}}))
	ok(c.GetReports(ctx, amazon.GetReportsRequest{ReportTypes: []amazon.ReportType{amazon.ActionableOrders}}))
	made, err := c.CreateReport(ctx, amazon.CreateReportRequest{ReportType: amazon.AllOrdersByDate,
		MarketplaceIDs: []string{amazon.Japan}})
	require.NoError(t, err)
	ok(c.CancelReport(ctx, made.ReportID))
	no(c.CancelReport(ctx, made.ReportID))
	ok(c.GetReport(ctx, made.ReportID))
}

// replies is a RoundTripper that holds every reply against the models.
type replies struct {
	inner  http.RoundTripper
	models map[string]operationModel // by operation; nil is none
	seen   map[string]int
	count  int
	found  []string
}

type operationModel struct {
	responses   map[int]json.RawMessage // schema, nil where there is no body
	definitions map[string]json.RawMessage
}

func (w *replies) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := w.inner.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	operation := ""
	have := strings.Split(r.URL.Path, "/")
	for _, op := range amazon.Table() {
		want := strings.Split(op.Path, "/")
		if op.Method == r.Method && slices.EqualFunc(want, have,
			func(w, h string) bool { return w == h || strings.HasPrefix(w, "{") }) {
			operation = op.Name
		}
	}
	if operation == "" { // tokens and files
		return resp, nil
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	w.seen[operation]++
	w.count++
	note := func(path, what string) {
		w.found = append(w.found, fmt.Sprintf("%s %d %s: %s", operation, resp.StatusCode, path, what))
	}
	if w.models == nil {
		return resp, nil
	}
	model, ok := w.models[operation]
	schema, documented := model.responses[resp.StatusCode]
	var value any
	switch {
	case !ok:
		note("", "the models do not have the operation")
	case !documented:
		note("", "the status is not documented")
	case schema == nil:
		if len(body) > 0 {
			note("", "a body where there is none")
		}
	case json.Unmarshal(body, &value) != nil:
		note("", "no JSON")
	default:
		fits(model.definitions, schema, "", value, note)
	}
	return resp, nil
}

// property is a schema of Swagger 2.0, as far as the models use it.
type property struct {
	Ref        string                     `json:"$ref"`
	Type       string                     `json:"type"`
	Format     string                     `json:"format"`
	Enum       []any                      `json:"enum"`
	Required   []string                   `json:"required"`
	Properties map[string]json.RawMessage `json:"properties"`
	Additional json.RawMessage            `json:"additionalProperties"`
	Items      json.RawMessage            `json:"items"`
	AllOf      []json.RawMessage          `json:"allOf"`
}

// fits walks a value along its schema and notes what does not fit.
func fits(
	definitions map[string]json.RawMessage, raw json.RawMessage, path string, value any, note func(path, what string),
) {
	var s property
	if err := json.Unmarshal(raw, &s); err != nil {
		note(path, "schema: "+err.Error())
		return
	}
	if s.Ref != "" {
		fits(definitions, definitions[s.Ref[strings.LastIndex(s.Ref, "/")+1:]], path, value, note)
		return
	}
	if len(s.AllOf) > 0 {
		s = merged(definitions, s)
	}
	switch v := value.(type) {
	case map[string]any:
		if s.Type != "object" && s.Properties == nil {
			note(path, "an object where the model has "+s.Type)
			return
		}
		for _, name := range s.Required {
			if _, there := v[name]; !there {
				note(path+"."+name, "is required")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			switch inside, known := s.Properties[name]; {
			case known:
				fits(definitions, inside, path+"."+name, v[name], note)
			case s.Additional == nil:
				note(path+"."+name, "is not in the model")
			}
		}
	case []any:
		if s.Type != "array" {
			note(path, "a list where the model has "+s.Type)
			return
		}
		for _, element := range v {
			fits(definitions, s.Items, path+"[]", element, note)
		}
	case string:
		_, err := time.Parse(time.RFC3339, v)
		switch {
		case s.Type != "string":
			note(path, "a text where the model has "+s.Type)
		case len(s.Enum) > 0 && !slices.Contains(s.Enum, value):
			note(path, "value "+v+" is not in the enumeration")
		case s.Format == "date-time" && err != nil:
			note(path, "is no instant")
		}
	case float64:
		if s.Type != "integer" && s.Type != "number" || s.Type == "integer" && v != float64(int64(v)) {
			note(path, "a number where the model has "+s.Type)
		}
	case bool:
		if s.Type != "boolean" {
			note(path, "a truth value where the model has "+s.Type)
		}
	case nil:
		note(path, "null")
	}
}

// merged is a schema that is made of others.
func merged(definitions map[string]json.RawMessage, s property) property {
	out := property{Type: "object", Required: s.Required, Properties: maps.Clone(s.Properties),
		Additional: s.Additional}
	if out.Properties == nil {
		out.Properties = make(map[string]json.RawMessage)
	}
	for _, raw := range s.AllOf {
		var part property
		_ = json.Unmarshal(raw, &part)
		if part.Ref != "" {
			_ = json.Unmarshal(definitions[part.Ref[strings.LastIndex(part.Ref, "/")+1:]], &part)
		}
		out.Required = append(out.Required, part.Required...)
		maps.Copy(out.Properties, part.Properties)
	}
	return out
}

// loadModels finds the operations of our table in the official models.
func loadModels(t *testing.T, folder string) map[string]operationModel {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	all := make(map[string]operationModel)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var model struct {
			Definitions map[string]json.RawMessage            `json:"definitions"`
			Paths       map[string]map[string]json.RawMessage `json:"paths"`
		}
		require.NoError(t, json.Unmarshal(data, &model))
		for _, op := range amazon.Table() {
			raw, ok := model.Paths[op.Path][strings.ToLower(op.Method)]
			if !ok {
				continue
			}
			var method struct {
				Responses map[string]struct {
					Schema json.RawMessage `json:"schema"`
				} `json:"responses"`
			}
			require.NoError(t, json.Unmarshal(raw, &method))
			one := operationModel{responses: make(map[int]json.RawMessage), definitions: model.Definitions}
			for code, response := range method.Responses {
				status, err := strconv.Atoi(code)
				require.NoError(t, err)
				one.responses[status] = response.Schema
			}
			all[op.Name] = one
		}
	}
	return all
}

// TestFits holds the walker itself against an invented model.
func TestFits(t *testing.T) {
	definitions := map[string]json.RawMessage{
		"Order": json.RawMessage(`{"type":"object","required":["id","lines"],"properties":{"id":{"type":"string"},"at":{"type":"string","format":"date-time"},
			"state":{"type":"string","enum":["NEW"]},"lines":{"type":"array","items":{"$ref":"#/definitions/Line"}}}}`),
		"Line": json.RawMessage(`{"type":"object","properties":{"n":{"type":"integer"},"gift":{"type":"boolean"}}}`),
	}
	for body, want := range map[string][]string{
		`{"id":"1","at":"2026-01-05T01:00:00Z","state":"NEW","lines":[{"n":1,"gift":true}]}`: nil,
		`{"id":"1"}`:                           {".lines is required"},
		`{"id":1,"lines":{}}`:                  {".id a number where the model has string", ".lines an object where the model has array"},
		`{"id":"1","lines":[{"n":1.5}]}`:       {".lines[].n a number where the model has integer"},
		`{"id":"1","lines":[{"m":"x"}]}`:       {".lines[].m is not in the model"},
		`{"id":null,"lines":[]}`:               {".id null"},
		`{"id":"1","lines":[],"at":"soon"}`:    {".at is no instant"},
		`{"id":"1","lines":[],"state":"OLD"}`:  {".state value OLD is not in the enumeration"},
		`{"id":"1","lines":[{"gift":"true"}]}`: {".lines[].gift a text where the model has boolean"},
		`[]`:                                   {" a list where the model has object"},
	} {
		var value any
		require.NoError(t, json.Unmarshal([]byte(body), &value))
		var got []string
		fits(definitions, json.RawMessage(`{"$ref":"#/definitions/Order"}`), "", value,
			func(path, what string) { got = append(got, path+" "+what) })
		require.Equal(t, want, got, body)
	}
}
