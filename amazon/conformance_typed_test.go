package amazon_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/amazon"
)

// params are the values of a case's request.
type params = map[string]any

// errInexpressible says that a typed request cannot say what a case says.
var errInexpressible = errors.New("the typed request cannot express this case")

type typedCall func(context.Context, *amazon.Client, params) (any, error)

// typedCalls makes the request of a case with the typed method of its operation. It gives the
// answer, or nil where there is none.
var typedCalls = map[string]typedCall{
	"searchOrders": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		after, err := instant(p, "createdAfter")
		if err != nil {
			return nil, err
		}
		got, err := c.SearchOrders(ctx, amazon.SearchOrdersRequest{CreatedAfter: after,
			MarketplaceIDs: list[string](p, "marketplaceIds"),
			IncludedData:   list[amazon.IncludedData](p, "includedData"), PaginationToken: text(p, "paginationToken")})
		return got, err
	},
	"getOrder": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetOrder(ctx, amazon.GetOrderRequest{OrderID: text(p, "orderId"),
			IncludedData: list[amazon.IncludedData](p, "includedData")})
	},
	"confirmShipment": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		req, err := body[amazon.ConfirmShipmentRequest](p)
		if err != nil {
			return nil, err
		}
		req.OrderID = text(p, "orderId")
		_, err = c.ConfirmShipment(ctx, req)
		return nil, err
	},
	"updateShipmentStatus": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		req, err := body[amazon.UpdateShipmentStatusRequest](p)
		if err != nil {
			// the case takes any body
			req = amazon.UpdateShipmentStatusRequest{MarketplaceID: amazon.Japan, ShipmentStatus: amazon.PickedUp}
		}
		req.OrderID = anything(p, "orderId")
		_, err = c.UpdateShipmentStatus(ctx, req)
		return nil, err
	},
	"getOrderRegulatedInfo": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetOrderRegulatedInfo(ctx, text(p, "orderId"))
	},
	"updateVerificationStatus": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		req, err := body[amazon.UpdateVerificationStatusRequest](p)
		if err != nil {
			return nil, err
		}
		req.OrderID = text(p, "orderId")
		_, err = c.UpdateVerificationStatus(ctx, req)
		return nil, err
	},
	"createRestrictedDataToken": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		req, err := body[amazon.CreateRestrictedDataTokenRequest](p)
		if err != nil {
			return nil, err
		}
		return c.CreateRestrictedDataToken(ctx, req)
	},
	"getMarketplaceParticipations": func(ctx context.Context, c *amazon.Client, _ params) (any, error) {
		return c.GetMarketplaceParticipations(ctx)
	},
	"getAccount": func(ctx context.Context, c *amazon.Client, _ params) (any, error) { return c.GetAccount(ctx) },
	"createDestination": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		req, err := body[amazon.CreateDestinationRequest](p)
		if err != nil { // the case takes any body
			req = amazon.CreateDestinationRequest{Name: "x",
				ResourceSpecification: amazon.DestinationResource{SQS: &amazon.SQSResource{ARN: "arn:aws:sqs:a:b:c"}}}
		}
		return c.CreateDestination(ctx, req)
	},
	"getDestinations": func(ctx context.Context, c *amazon.Client, _ params) (any, error) { return c.GetDestinations(ctx) },
	"getDestination": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetDestination(ctx, anything(p, "destinationId"))
	},
	"deleteDestination": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		_, err := c.DeleteDestination(ctx, anything(p, "destinationId"))
		return nil, err
	},
	"createSubscription": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		req, err := body[amazon.CreateSubscriptionRequest](p)
		if err != nil {
			req = amazon.CreateSubscriptionRequest{PayloadVersion: "1.0", DestinationID: "x"}
		}
		req.NotificationType = amazon.NotificationType(anything(p, "notificationType"))
		return c.CreateSubscription(ctx, req)
	},
	"getSubscription": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetSubscription(ctx, amazon.NotificationType(anything(p, "notificationType")),
			text(p, "payloadVersion"))
	},
	"getSubscriptions": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		types := list[amazon.NotificationType](p, "notificationTypes")
		if len(types) != 1 {
			return nil, errInexpressible
		}
		return c.GetSubscriptions(ctx, amazon.GetSubscriptionsRequest{NotificationType: types[0]})
	},
	"getSubscriptionById": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetSubscriptionByID(ctx, amazon.NotificationType(anything(p, "notificationType")),
			anything(p, "subscriptionId"))
	},
	"deleteSubscriptionById": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		_, err := c.DeleteSubscriptionByID(ctx, amazon.NotificationType(anything(p, "notificationType")),
			anything(p, "subscriptionId"))
		return nil, err
	},
	"rotateApplicationClientSecret": func(ctx context.Context, c *amazon.Client, _ params) (any, error) {
		_, err := c.RotateApplicationClientSecret(ctx)
		return nil, err
	},
	"createReport": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		req, err := body[amazon.CreateReportRequest](p)
		if err != nil {
			return nil, err
		}
		return c.CreateReport(ctx, req)
	},
	"getReport": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetReport(ctx, text(p, "reportId"))
	},
	"getReports": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetReports(ctx, amazon.GetReportsRequest{ReportTypes: list[amazon.ReportType](p, "reportTypes"),
			ProcessingStatuses: list[amazon.ProcessingStatus](p, "processingStatuses")})
	},
	"cancelReport": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		_, err := c.CancelReport(ctx, text(p, "reportId"))
		return nil, err
	},
	"getReportDocument": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.GetReportDocument(ctx, text(p, "reportDocumentId"), "")
	},
	"v0.getOrders": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		after, err := instant(p, "CreatedAfter")
		if err != nil {
			return nil, err
		}
		return c.V0().GetOrders(ctx, amazon.V0GetOrdersRequest{CreatedAfter: after,
			MarketplaceIDs: list[string](p, "MarketplaceIds"), NextToken: text(p, "NextToken")})
	},
	"v0.getOrder": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.V0().GetOrder(ctx, text(p, "orderId"))
	},
	"v0.getOrderItems": func(ctx context.Context, c *amazon.Client, p params) (any, error) {
		return c.V0().GetOrderItems(ctx, text(p, "orderId"), "")
	},
}

func text(p params, name string) string {
	if v, ok := p[name]; ok {
		return fmt.Sprint(v)
	}
	return ""
}

// anything is a value that a case leaves open.
func anything(p params, name string) string {
	if v := text(p, name); v != "" {
		return v
	}
	return "anything"
}

func instant(p params, name string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text(p, name))
	if err != nil {
		return t, errInexpressible
	}
	return t, nil
}

func list[T ~string](p params, name string) (all []T) {
	values, _ := p[name].([]any)
	for _, v := range values {
		all = append(all, T(fmt.Sprint(v)))
	}
	return all
}

// body reads a case's body into a typed request that has a field for everything in it.
func body[T any](p params) (req T, err error) {
	for _, name := range []string{"body", "payload"} {
		if v, ok := p[name]; ok {
			text, err := json.Marshal(v)
			if err != nil {
				return req, err
			}
			strict := json.NewDecoder(bytes.NewReader(text))
			strict.DisallowUnknownFields()
			return req, strict.Decode(&req)
		}
	}
	return req, errInexpressible
}
