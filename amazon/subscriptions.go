package amazon

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/jpmall/jpmall/internal/check"
)

// NotificationType is what a notification is about.
type NotificationType string

// Notification types for orders and for keys. Any other type works too.
const (
	OrderChange              NotificationType = "ORDER_CHANGE"
	ReportProcessingFinished NotificationType = "REPORT_PROCESSING_FINISHED"
	FeedProcessingFinished   NotificationType = "FEED_PROCESSING_FINISHED"
	// needs no subscription, see the developer console
	ClientSecretExpiry NotificationType = "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY"
	// needs no subscription either
	ClientNewSecret NotificationType = "APPLICATION_OAUTH_CLIENT_NEW_SECRET"
)

// Subscription sends notifications of one type to a destination.
type Subscription struct {
	SubscriptionID      string               `json:"subscriptionId"`
	PayloadVersion      string               `json:"payloadVersion"`
	DestinationID       string               `json:"destinationId"`
	ProcessingDirective *ProcessingDirective `json:"processingDirective,omitempty"`
}

// ProcessingDirective narrows a subscription. Exactly one field is set.
type ProcessingDirective struct {
	EventFilter      *EventFilter `json:"eventFilter,omitempty"`
	FilterExpression string       `json:"filterExpression,omitempty"` // CEL, 1 to 256 characters
}

// EventFilter selects notifications by their fields.
type EventFilter struct {
	EventFilterType     NotificationType     `json:"eventFilterType"`
	MarketplaceIDs      []string             `json:"marketplaceIds,omitempty"`
	OrderChangeTypes    []OrderChangeType    `json:"orderChangeTypes,omitempty"`
	AggregationSettings *AggregationSettings `json:"aggregationSettings,omitempty"`
	TrackingIdentifier  *TrackingIdentifier  `json:"trackingIdentifier,omitempty"`
}

// AggregationSettings is how notifications are bundled.
type AggregationSettings struct {
	AggregationTimePeriod string `json:"aggregationTimePeriod"` // FiveMinutes, TenMinutes
}

// TrackingIdentifier identifies one shipment. Exactly one field is set.
type TrackingIdentifier struct {
	ID                      string           `json:"id,omitempty"`
	ACSIN                   string           `json:"acsin,omitempty"`
	AFTN                    string           `json:"aftn,omitempty"`
	ContainerNumber         string           `json:"containerNumber,omitempty"`
	HouseBillOfLadingNumber string           `json:"houseBillOfLadingNumber,omitempty"`
	CarrierTracking         *CarrierTracking `json:"carrierTracking,omitempty"`
}

// CarrierTracking is a carrier's tracking number.
type CarrierTracking struct {
	TrackingNumber string `json:"trackingNumber"`
	CarrierCode    string `json:"carrierCode,omitempty"`
}

// CreateSubscriptionRequest holds the parameters of CreateSubscription. There is one subscription
// per type and payload version.
type CreateSubscriptionRequest struct {
	NotificationType    NotificationType     `json:"-"`
	PayloadVersion      string               `json:"payloadVersion"` // "1.0"
	DestinationID       string               `json:"destinationId"`
	ProcessingDirective *ProcessingDirective `json:"processingDirective,omitempty"`
}

// SubscriptionResponse is the answer with one subscription.
type SubscriptionResponse struct {
	Payload Subscription  `json:"payload,omitzero"`
	Errors  []ErrorDetail `json:"errors,omitempty"`
	Reply   Reply         `json:"-"`
}

// CreateSubscription subscribes the seller to notifications of a type. The answer has the id, by
// which GetSubscriptionByID finds it. An existing subscription is [order.ErrConflict]. One call a
// second, burst 5. Not safe to repeat: sent once.
func (c *Client) CreateSubscription(
	ctx context.Context, req CreateSubscriptionRequest,
) (SubscriptionResponse, error) {
	var out SubscriptionResponse
	var report check.Report
	f := report.Fields()
	f.Required("notificationType", string(req.NotificationType))
	f.Required("payloadVersion", req.PayloadVersion)
	f.Required("destinationId", req.DestinationID)
	if d := req.ProcessingDirective; d != nil {
		if (d.EventFilter == nil) == (d.FilterExpression == "") {
			f.Add("processingDirective",
				"exactly one of eventFilter and filterExpression is needed")
		}
		f.In("processingDirective").Chars("filterExpression", d.FilterExpression, 256)
	}
	if err := report.Err(); err != nil {
		return out, c.calls.Refuse("createSubscription", "", err)
	}
	reply, err := c.do(ctx, "createSubscription",
		input{vars: typed(req.NotificationType), body: req}, &out)
	out.Reply = reply
	return out, err
}

func typed(t NotificationType) map[string]string {
	return map[string]string{"notificationType": string(t)}
}

// GetSubscription reads the seller's subscription of a type; an empty payloadVersion means the
// latest. One call a second, burst 5. Safe to repeat.
func (c *Client) GetSubscription(
	ctx context.Context, t NotificationType, payloadVersion string,
) (SubscriptionResponse, error) {
	var out SubscriptionResponse
	if t == "" {
		return out, c.calls.Refuse("getSubscription", "", errNoType)
	}
	q := make(url.Values)
	setText(q, "payloadVersion", payloadVersion)
	reply, err := c.do(ctx, "getSubscription", input{vars: typed(t), query: q}, &out)
	out.Reply = reply
	return out, err
}

var errNoType = errors.New("notificationType is empty")

// GetSubscriptionsRequest holds the parameters of GetSubscriptions.
type GetSubscriptionsRequest struct {
	NotificationType NotificationType
	PayloadVersion   string
	PageSize         int64 // 30 to 100; 0 leaves it to Amazon
	NextToken        string
}

// GetSubscriptionsResponse is the answer to GetSubscriptions.
type GetSubscriptionsResponse struct {
	Payload SubscriptionsPayload `json:"payload,omitzero"`
	Errors  []ErrorDetail        `json:"errors,omitempty"`
	Reply   Reply                `json:"-"`
}

// SubscriptionsPayload is a page of subscriptions.
type SubscriptionsPayload struct {
	Subscriptions []Subscription `json:"subscriptions,omitempty"`
	NextToken     string         `json:"nextToken,omitempty"`
}

// GetSubscriptions reads a page of the subscriptions of a type. One call a second, burst 5. Safe to
// repeat.
func (c *Client) GetSubscriptions(
	ctx context.Context, req GetSubscriptionsRequest,
) (GetSubscriptionsResponse, error) {
	var out GetSubscriptionsResponse
	var report check.Report
	report.Fields().Required("notificationTypes", string(req.NotificationType))
	if req.PageSize != 0 {
		report.Fields().Range("pageSize", req.PageSize, 30, 100)
	}
	if err := report.Err(); err != nil {
		return out, c.calls.Refuse("getSubscriptions", "", err)
	}
	q := url.Values{"notificationTypes": {string(req.NotificationType)}}
	setText(q, "payloadVersion", req.PayloadVersion)
	setText(q, "nextToken", req.NextToken)
	if req.PageSize != 0 {
		q.Set("pageSize", strconv.FormatInt(req.PageSize, 10))
	}
	reply, err := c.do(ctx, "getSubscriptions", input{query: q}, &out)
	out.Reply = reply
	return out, err
}

// GetSubscriptionByID reads a subscription of any seller of the application (grantless). One call a
// second, burst 5. Safe to repeat.
func (c *Client) GetSubscriptionByID(
	ctx context.Context, t NotificationType, subscriptionID string,
) (SubscriptionResponse, error) {
	var out SubscriptionResponse
	if t == "" || subscriptionID == "" {
		return out, c.calls.Refuse("getSubscriptionById", "", errNoSubscription)
	}
	reply, err := c.do(ctx, "getSubscriptionById",
		input{vars: subscription(t, subscriptionID), id: subscriptionID}, &out)
	out.Reply = reply
	return out, err
}

var errNoSubscription = errors.New("notificationType or subscriptionId is empty")

func subscription(t NotificationType, id string) map[string]string {
	return map[string]string{"notificationType": string(t), "subscriptionId": id}
}

// DeleteSubscriptionByID ends a subscription (grantless). The answer is 200 with an empty object;
// GetSubscription no longer finds it. One call a second, burst 5. Not safe to repeat: sent once.
func (c *Client) DeleteSubscriptionByID(
	ctx context.Context, t NotificationType, subscriptionID string,
) (NoContent, error) {
	if t == "" || subscriptionID == "" {
		return NoContent{}, c.calls.Refuse("deleteSubscriptionById", "", errNoSubscription)
	}
	reply, err := c.do(ctx, "deleteSubscriptionById", input{vars: subscription(t, subscriptionID)},
		nil)
	return NoContent{reply}, err
}

// SendTestNotificationRequest holds the parameters of SendTestNotification.
type SendTestNotificationRequest struct {
	NotificationType NotificationType  `json:"-"`
	DestinationID    string            `json:"destinationId,omitempty"`
	TestNotification *TestNotification `json:"testNotification,omitempty"`
}

// TestNotification describes the notification to send.
type TestNotification struct {
	PayloadVersion string `json:"payloadVersion"`
	TestScenario   string `json:"testScenario,omitempty"`
}

// SendTestNotification sends a test notification to a destination (grantless, sandbox only). One
// call a second, burst 5. Not safe to repeat: sent once.
func (c *Client) SendTestNotification(
	ctx context.Context, req SendTestNotificationRequest,
) (NoContent, error) {
	if req.NotificationType == "" {
		return NoContent{}, c.calls.Refuse("sendTestNotification", "", errNoType)
	}
	reply, err := c.do(ctx, "sendTestNotification",
		input{vars: typed(req.NotificationType), body: req}, nil)
	return NoContent{reply}, err
}
