package amazontest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// carriers are the codes that the fake knows. A confirmation with another one is answered with
// success and dropped, as Amazon was seen to do.
var carriers = []string{"YAMATO", "YamatoTransport", "SAGAWA", "SagawaExpress", "NITTSU",
	"NipponExpress", "Japan Post",
	"SEINO TRANSPORTATION", "JP_EXPRESS", "FEDEX_JP", "Other"}

func (m *Mall) confirmShipment(c *call) fake.Reply {
	var body struct {
		Marketplace string `json:"marketplaceId"`
		COD         string `json:"codCollectionMethod"`
		Detail      struct {
			ID       string `json:"packageReferenceId"`
			Carrier  string `json:"carrierCode"`
			Name     string `json:"carrierName"`
			Method   string `json:"shippingMethod"`
			Tracking string `json:"trackingNumber"`
			Shipped  string `json:"shipDate"`
			Items    []struct {
				ID       string `json:"orderItemId"`
				Quantity int    `json:"quantity"`
			} `json:"orderItems"`
		} `json:"packageDetail"`
	}
	o, refusal := m.find(c.vars[0])
	if refusal != nil {
		return *refusal
	}
	if err := json.Unmarshal(c.Payload, &body); err != nil {
		return m.invalid("The request body cannot be read: a field has the wrong type.")
	}
	d := &body.Detail
	number, err := strconv.Atoi(d.ID)
	shipped, timeErr := time.Parse(time.RFC3339, d.Shipped)
	cod := slices.ContainsFunc(o.Lines, func(l Line) bool { return l.COD })
	switch {
	case err != nil || number <= 0:
		return m.invalid("packageReferenceId must be a positive numeric value.")
	case timeErr != nil:
		return m.invalid("shipDate is not in ISO 8601 format.")
	case body.Marketplace == "" || d.Carrier == "" || d.Tracking == "" || len(d.Items) == 0:
		return m.invalid("A required parameter is missing.")
	case d.Carrier == "Other" && d.Name == "":
		return m.invalid("carrierName is required when carrierCode is Other.")
	case o.pending() || o.Status == "CANCELLED" || o.by() == "AMAZON" ||
		slices.Contains(o.Programs, "FBM_SHIP_PLUS"),
		slices.Contains(o.Programs, "AMAZON_EASY_SHIP"):
		return m.invalid("The order is not eligible for shipment confirmation.")
	case body.COD != "" && !cod:
		return m.invalid("codCollectionMethod is only valid for COD orders.")
	}
	p := Package{ID: d.ID, Carrier: d.Carrier, Service: d.Method, Tracking: d.Tracking,
		Shipped: shipped, Items: make(map[string]int)}
	if d.Carrier == "Other" {
		p.Carrier = d.Name
	}
	for _, item := range d.Items {
		p.Items[item.ID] += item.Quantity
	}
	changed, message := o.with(p)
	if message != "" {
		return m.invalid(message)
	}
	if slices.Contains(carriers, d.Carrier) {
		if m.options.ReadLag > 0 {
			changed.hidden = maps.Clone(o.hidden)
			if changed.hidden == nil {
				changed.hidden = make(map[string]time.Time)
			}
			changed.hidden[d.ID] = time.Now().Add(m.options.ReadLag)
			if m.options.CountsLag {
				before := o.clone()
				changed.earlier = append(changed.earlier,
					view{until: changed.hidden[d.ID], order: &before})
			}
		}
		changed.Updated = time.Now()
		m.keep(changed)
	}
	return fake.Reply{Status: http.StatusNoContent}
}

// with returns the order with a package, which replaces one with the same id.
func (o *Order) with(p Package) (changed *Order, message string) {
	n := *o
	n.Packages = slices.DeleteFunc(slices.Clone(o.Packages),
		func(old Package) bool { return old.ID == p.ID })
	n.Packages = append(n.Packages, p)
	n.Lines = slices.Clone(o.Lines)
	all, some := true, false
	for i := range n.Lines {
		l := &n.Lines[i]
		l.Shipped = 0
		for _, pack := range n.Packages {
			l.Shipped += pack.Items[l.ID]
		}
		if l.Shipped > l.Quantity {
			return nil, "The quantity of item " + l.ID + " exceeds the quantity ordered."
		}
		all, some = all && l.Shipped == l.Quantity, some || l.Shipped > 0
	}
	for id := range p.Items {
		if !slices.ContainsFunc(n.Lines, func(l Line) bool { return l.ID == id }) {
			return nil, "The order has no item " + id + "."
		}
	}
	switch {
	case all:
		n.Status = "SHIPPED"
	case some:
		n.Status = "PARTIALLY_SHIPPED"
	}
	return &n, ""
}

func (m *Mall) updateShipmentStatus(c *call) fake.Reply {
	var body struct {
		Marketplace string `json:"marketplaceId"`
		Status      string `json:"shipmentStatus"`
	}
	o, refusal := m.find(c.vars[0])
	if refusal != nil {
		return *refusal
	}
	if err := json.Unmarshal(c.Payload, &body); err != nil {
		return m.invalid("The request body cannot be read.")
	}
	switch {
	case body.Marketplace != m.options.Marketplace:
		return m.fail(http.StatusBadRequest, "InvalidInput", "Marketplace ID is not defined",
			"1001")
	case !slices.Contains(o.Programs, "IN_STORE_PICK_UP"):
		return m.invalid("The order is not an in-store pickup order.")
	case !slices.Contains([]string{"ReadyForPickup", "PickedUp", "RefusedPickup"}, body.Status):
		return m.invalid("shipmentStatus has an invalid value.")
	}
	changed := *o
	changed.Pickup, changed.Updated = body.Status, time.Now()
	m.keep(&changed)
	return fake.Reply{Status: http.StatusNoContent}
}

func (m *Mall) regulatedInfo(c *call) fake.Reply {
	o, refusal := m.find(c.vars[0])
	if refusal != nil {
		return *refusal
	}
	if o.Regulated == "" {
		return m.notFound()
	}
	status := object{
		"Status": o.Regulated, "RequiresMerchantAction": o.Regulated == "Pending",
		"ValidRejectionReasons": []any{
			object{"RejectionReasonId": "mihon_reject", "RejectionReasonDescription": "見本の理由"}},
		"ValidVerificationDetails": []any{
			object{"VerificationDetailType": "prescriptionDetail",
				"ValidVerificationStatuses": []any{"Approved"}}},
	}
	return fake.JSON(http.StatusOK, object{"payload": object{
		"AmazonOrderId": o.ID, "RequiresDosageLabel": false,
		"RegulatedOrderVerificationStatus": status,
		"RegulatedInformation": object{
			"Fields": []any{object{"FieldId": "mihon_name", "FieldLabel": "名前", "FieldType": "Text",
				"FieldValue": "見本犬"}}},
	}})
}

func (m *Mall) verify(c *call) fake.Reply {
	var body struct {
		Answer struct {
			Status   string `json:"status"`
			Reviewer string `json:"externalReviewerId"`
			Reason   string `json:"rejectionReasonId"`
		} `json:"regulatedOrderVerificationStatus"`
	}
	o, refusal := m.find(c.vars[0])
	if refusal != nil {
		return *refusal
	}
	if err := json.Unmarshal(c.Payload, &body); err != nil {
		return m.invalid("The request body cannot be read.")
	}
	var missing []string
	if body.Answer.Status == "Rejected" && body.Answer.Reason == "" {
		missing = append(missing, "rejectionReasonId")
	}
	if body.Answer.Reviewer == "" {
		missing = append(missing, "externalReviewerId")
	}
	switch {
	case o.Regulated == "":
		return m.notFound()
	case len(missing) > 0:
		return m.invalid("Missing request parameter: " + strings.Join(missing, ", ") + ".")
	case !slices.Contains([]string{"Approved", "Rejected"}, body.Answer.Status):
		return m.invalid("Invalid request parameter `status`. Must be one of [Approved, Rejected].")
	}
	changed := *o
	changed.Regulated, changed.Updated = body.Answer.Status, time.Now()
	m.keep(&changed)
	return fake.Reply{Status: http.StatusNoContent}
}

// restrictedToken returns a Restricted Data Token for resources that the application's roles allow.
func (m *Mall) restrictedToken(c *call) fake.Reply {
	var body struct {
		Resources []struct {
			Method   string   `json:"method"`
			Path     string   `json:"path"`
			Elements []string `json:"dataElements"`
		} `json:"restrictedResources"`
	}
	if err := json.Unmarshal(c.Payload, &body); err != nil || len(body.Resources) == 0 ||
		len(body.Resources) > 50 {
		return m.fail(http.StatusBadRequest, "InvalidRequest",
			"Request is missing or has invalid parameters", "Resource not provided.")
	}
	g := grant{ends: time.Now().Add(time.Hour)}
	for _, r := range body.Resources {
		if len(r.Elements) > 0 && !m.has(RoleDelivery) {
			return m.invalid(
				"Application does not have access to one or more requested data elements: [" +
					strings.Join(r.Elements, ", ") + "]")
		}
		g.opens = append(g.opens, r.Method+" "+r.Path)
	}
	return fake.JSON(http.StatusOK, object{"restrictedDataToken": m.issue("Atz.sprdt|mihon", g),
		"expiresIn": 3600})
}
