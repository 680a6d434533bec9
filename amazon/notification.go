package amazon

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/wire"
)

// Notification is a message from Amazon. Of [OrderChange], SecretExpiry and NewSecret the one of
// its type is set; Payload has the bytes of every type. A queue delivers at least once: ignore an
// ID that was seen before.
type Notification struct {
	Version        string
	Type           NotificationType
	PayloadVersion string
	EventTime      DateTime
	ID             string // NotificationId
	ApplicationID  string
	SubscriptionID string
	PublishTime    DateTime

	OrderChange  *OrderChangeNotification
	SecretExpiry *ClientSecretExpiryNotification
	NewSecret    *ClientNewSecretNotification
	Payload      json.RawMessage // as received; nil with NewSecret, since it holds the secret
}

// OrderChangeType is what changed.
type OrderChangeType string

// The values of [OrderChangeType].
const (
	BuyerRequestedChange OrderChangeType = "BuyerRequestedChange"
	DeliveryTipChange    OrderChangeType = "DeliveryTipChange"
	OrderStatusChange    OrderChangeType = "OrderStatusChange"
)

// OrderChangeNotification (ORDER_CHANGE) reports that an order changed. It is a summary: read the
// order for the rest. Its statuses are those of Orders v0 ("Unshipped").
type OrderChangeNotification struct {
	NotificationLevel  string             `json:"NotificationLevel"` // OrderLevel, OrderItemLevel
	SellerID           string             `json:"SellerId"`
	AmazonOrderID      string             `json:"AmazonOrderId"`
	OrderChangeType    OrderChangeType    `json:"OrderChangeType"`
	OrderChangeTrigger OrderChangeTrigger `json:"OrderChangeTrigger"`
	Summary            OrderChangeSummary `json:"Summary"`
}

// OrderChangeTrigger is when and why the order changed.
type OrderChangeTrigger struct {
	TimeOfOrderChange DateTime `json:"TimeOfOrderChange"` // may be empty
	ChangeReason      string   `json:"ChangeReason"`
}

// OrderChangeSummary is a summary of the order.
type OrderChangeSummary struct {
	MarketplaceID          string   `json:"MarketplaceId"`
	OrderStatus            string   `json:"OrderStatus"`
	PurchaseDate           DateTime `json:"PurchaseDate"`          // may be empty
	DestinationPostalCode  string   `json:"DestinationPostalCode"` // may be empty
	FulfillmentType        string   `json:"FulfillmentType"`       // AFN, MFN
	OrderType              string   `json:"OrderType"`
	NumberOfItemsShipped   int64    `json:"NumberOfItemsShipped,omitempty"`
	NumberOfItemsUnshipped int64    `json:"NumberOfItemsUnshipped,omitempty"`
	EarliestDeliveryDate   DateTime `json:"EarliestDeliveryDate,omitempty"`
	LatestDeliveryDate     DateTime `json:"LatestDeliveryDate,omitempty"`
	EarliestShipDate       DateTime `json:"EarliestShipDate,omitempty"`
	LatestShipDate         DateTime `json:"LatestShipDate,omitempty"`
	CancelNotifyDate       DateTime `json:"CancelNotifyDate,omitempty"`
	// Business, Prime, Premium, IBA, Replacement
	OrderPrograms []string `json:"OrderPrograms,omitempty"`
	// ShipDateSet, GlobalExpress, ISPU, AccessPoint, TFM, EasyShip
	ShippingPrograms        []string          `json:"ShippingPrograms,omitempty"`
	EasyShipShipmentStatus  string            `json:"EasyShipShipmentStatus,omitempty"`
	ElectronicInvoiceStatus string            `json:"ElectronicInvoiceStatus,omitempty"`
	OrderItems              []OrderChangeItem `json:"OrderItems"`
}

// OrderChangeItem is a summary of a line.
type OrderChangeItem struct {
	OrderItemID              string   `json:"OrderItemId"`
	SellerSKU                string   `json:"SellerSKU"`
	SupplySourceID           string   `json:"SupplySourceId"` // may be empty
	OrderItemStatus          string   `json:"OrderItemStatus,omitempty"`
	Quantity                 int64    `json:"Quantity"`
	QuantityShipped          int64    `json:"QuantityShipped,omitempty"`
	IsBuyerRequestedCancel   bool     `json:"IsBuyerRequestedCancel,omitempty"`
	ItemEarliestDeliveryDate DateTime `json:"ItemEarliestDeliveryDate,omitempty"`
	ItemLatestDeliveryDate   DateTime `json:"ItemLatestDeliveryDate,omitempty"`
}

// ClientSecretExpiryNotification (APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY) announces when a client
// secret expires.
type ClientSecretExpiryNotification struct {
	ClientID                 string   `json:"clientId"`
	ClientSecretExpiryTime   DateTime `json:"clientSecretExpiryTime"`
	ClientSecretExpiryReason string   `json:"clientSecretExpiryReason"` // PERIODIC_ROTATION
}

// ClientNewSecretNotification (APPLICATION_OAUTH_CLIENT_NEW_SECRET) holds the new secret after a
// rotation.
type ClientNewSecretNotification struct {
	ClientID                  string
	NewClientSecret           credential.Secret
	NewClientSecretExpiryTime DateTime
	OldClientSecretExpiryTime DateTime // the old secret works until then
}

// envelope has the fields of every form of a message. ORDER_CHANGE is in PascalCase, the
// application's own notifications are in camelCase, and queues, topics and buses wrap them.
type envelope struct {
	Version        string           `json:"NotificationVersion"`
	Type           NotificationType `json:"NotificationType"`
	PayloadVersion string           `json:"PayloadVersion"`
	EventTime      DateTime         `json:"EventTime"`
	Payload        json.RawMessage  `json:"Payload"`
	Metadata       metadata         `json:"NotificationMetadata"`

	CamelVersion        string           `json:"notificationVersion"`
	CamelType           NotificationType `json:"notificationType"`
	CamelPayloadVersion string           `json:"payloadVersion"`
	CamelEventTime      DateTime         `json:"eventTime"`
	CamelPayload        json.RawMessage  `json:"payload"`
	CamelMetadata       camelMetadata    `json:"notificationMetadata"`

	Detail  json.RawMessage   `json:"detail"`  // EventBridge
	Records []json.RawMessage `json:"Records"` // an SQS event as Lambda gets it
	Body    string            `json:"body"`    // one record of it
	SQSBody string            `json:"Body"`    // an SQS message as ReceiveMessage gives it
	Message string            `json:"Message"` // SNS on the way to the queue
}

type metadata struct {
	ApplicationID  string   `json:"ApplicationId"`
	SubscriptionID string   `json:"SubscriptionId"`
	PublishTime    DateTime `json:"PublishTime"`
	NotificationID string   `json:"NotificationId"`
}

type camelMetadata struct {
	ApplicationID  string   `json:"applicationId"`
	SubscriptionID string   `json:"subscriptionId"`
	PublishTime    DateTime `json:"publishTime"`
	NotificationID string   `json:"notificationId"`
}

// maxWraps bounds how often a message is wrapped: Lambda record, SNS, notification.
const maxWraps = 4

// ParseNotifications parses what a queue or bus delivered: a notification, the body of an SQS
// message, an SQS message, a Lambda event with several, or an EventBridge event. SNS may be in
// between. An error never quotes the message.
func ParseNotifications(message []byte) ([]Notification, error) {
	return unwrap(message, maxWraps)
}

func unwrap(message []byte, wraps int) ([]Notification, error) {
	var e envelope
	if _, err := wire.JSON(message, &e); err != nil {
		return nil, fmt.Errorf("amazon: notification: %w", err)
	}
	inner := ""
	switch {
	case e.Type != "" || e.CamelType != "":
		n, err := e.notification()
		return []Notification{n}, err
	case wraps == 0:
		return nil, errors.New("amazon: notification: wrapped too often")
	case len(e.Detail) > 0:
		return unwrap(e.Detail, wraps-1)
	case len(e.Records) > 0:
		var all []Notification
		for _, record := range e.Records {
			more, err := unwrap(record, wraps-1)
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
		}
		return all, nil
	case e.Body != "":
		inner = e.Body
	case e.SQSBody != "":
		inner = e.SQSBody
	case e.Message != "":
		inner = e.Message
	default:
		return nil,
			errors.New(
				"amazon: notification: it has no notification type and wraps nothing that is known")
	}
	return unwrap([]byte(inner), wraps-1)
}

func (e *envelope) notification() (Notification, error) {
	m := e.Metadata
	n := Notification{Version: e.Version, Type: e.Type, PayloadVersion: e.PayloadVersion,
		EventTime: e.EventTime, Payload: e.Payload}
	if e.Type == "" {
		m = metadata(e.CamelMetadata)
		n = Notification{Version: e.CamelVersion, Type: e.CamelType,
			PayloadVersion: e.CamelPayloadVersion, EventTime: e.CamelEventTime,
			Payload: e.CamelPayload}
	}
	n.ID = m.NotificationID
	n.ApplicationID = m.ApplicationID
	n.SubscriptionID = m.SubscriptionID
	n.PublishTime = m.PublishTime
	if len(n.Payload) == 0 {
		return n, n.complete()
	}
	var p struct {
		OrderChange  *OrderChangeNotification        `json:"OrderChangeNotification"`
		SecretExpiry *ClientSecretExpiryNotification `json:"applicationOAuthClientSecretExpiry"`
		NewSecret    *struct {
			ClientID  string   `json:"clientId"`
			Secret    string   `json:"newClientSecret"`
			NewExpiry DateTime `json:"newClientSecretExpiryTime"`
			OldExpiry DateTime `json:"oldClientSecretExpiryTime"`
		} `json:"applicationOAuthClientNewSecret"`
	}
	if _, err := wire.JSON(n.Payload, &p); err != nil {
		return n, fmt.Errorf("amazon: payload of a notification: %w", err)
	}
	n.OrderChange, n.SecretExpiry = p.OrderChange, p.SecretExpiry
	if s := p.NewSecret; s != nil {
		n.Payload = nil
		n.NewSecret = &ClientNewSecretNotification{s.ClientID, credential.NewSecret(s.Secret),
			s.NewExpiry, s.OldExpiry}
	}
	return n, n.complete()
}

// complete refuses a notification of a known type without its payload.
func (n *Notification) complete() error {
	switch {
	case n.Type == OrderChange && (n.OrderChange == nil || n.OrderChange.AmazonOrderID == ""):
		return errors.New("amazon: ORDER_CHANGE notification without an order id")
	case n.Type == ClientSecretExpiry && n.SecretExpiry == nil, n.Type == ClientNewSecret &&
		(n.NewSecret == nil || n.NewSecret.NewClientSecret.IsZero()):
		return fmt.Errorf("amazon: %s notification without its payload", n.Type)
	}
	return nil
}
