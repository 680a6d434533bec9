package rakuten

import (
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// maxNotification bounds what ParseNotification reads: a notification names orders and does not
// hold them.
const maxNotification = 1 << 20

// Notification is what システムイベント通知サービス (SENS) pushes to a URL of the shop: orders or system events.
// What is known of it comes from a single source, except the layout of the values, and predates
// 楽天ペイ. Whether current orders are pushed, and how often a notification is repeated, is not
// confirmed. Treat it as a hint and poll as well. It does not hold the order: fetch that with
// GetOrder.
type Notification struct {
	Auth   NotificationAuth
	Orders []OrderNotification // 注文情報通知
	Events []EventNotification // システム情報通知
}

// NotificationAuth identifies the shop. Compare AuthKey with the key from SENS before trusting the
// notification.
type NotificationAuth struct {
	ContractID string `xml:"contractId"`
	ShopURL    string `xml:"shopUrl"`
	AuthKey    string `xml:"authKey"`
}

// OrderNotification announces one new order.
type OrderNotification struct {
	OrderNumber string               `xml:"orderNumber"`
	SeqID       string               `xml:"seqId"`
	OrderDate   string               `xml:"orderDate"` // 2026/06/01 21:14:05, JST; see Placed
	OrderType   OrderType            `xml:"orderType"`
	BasketModel []NotificationBasket `xml:"basketModel"`
}

// Placed parses OrderDate; ok is false when it cannot be parsed.
func (n OrderNotification) Placed() (at time.Time, ok bool) {
	at, err := wire.ParseTime(n.OrderDate)
	return at, err == nil
}

// NotificationBasket is one item of a new order.
type NotificationBasket struct {
	ItemID         string `xml:"itemId"`
	PageURL        string `xml:"pageURL"`
	InventoryType  string `xml:"inventoryType"`
	Units          int64  `xml:"units"`
	OrgItemNumber  string `xml:"orgItemNumber"`
	ItemNumber     string `xml:"itemNumber"`
	SelectedChoice string `xml:"selectedChoice"`
	HChoiceCName   string `xml:"h_choice_c_name"`
	VChoiceCName   string `xml:"v_choice_c_name"`
}

// EventNotification is one system event.
type EventNotification struct {
	RequestID  string
	ServiceID  string
	FunctionID string
	Values     []NotificationValue // value1 to value10, as far as present
}

// NotificationValue is one value of an event, with its name.
type NotificationValue struct {
	Name string `xml:"name,attr"` // for instance orderNumber
	Text string `xml:",chardata"`
}

// Value returns the value with the given name; ok is false when there is none.
func (e EventNotification) Value(name string) (text string, ok bool) {
	for _, v := range e.Values {
		if v.Name == name {
			return v.Text, true
		}
	}
	return "", false
}

// EventKind is the kind of a system event.
type EventKind string

// The values of [EventKind], with their serviceId:functionId.
const (
	ItemsEdited    EventKind = "items_edited"    // 商品一括編集完了, 3000:1100
	ImagesEdited   EventKind = "images_edited"   // 画像一括編集完了, 3100:1100
	OrderChanged   EventKind = "order_changed"   // 購入履歴変更, 4000:1100
	RestockWanted  EventKind = "restock_wanted"  // 再入荷リクエスト, 4100:1100 and 4200
	ReviewResult   EventKind = "review_result"   // 審査結果, 5000:1100
	CautionedOrder EventKind = "cautioned_order" // 警告表示注文, 5100:1100
)

// Kind returns the kind of the event by its ServiceID; empty when it is unknown.
func (e EventNotification) Kind() EventKind {
	switch e.ServiceID {
	case "3000":
		return ItemsEdited
	case "3100":
		return ImagesEdited
	case "4000":
		return OrderChanged
	case "4100", "4200":
		return RestockWanted
	case "5000":
		return ReviewResult
	case "5100":
		return CautionedOrder
	}
	return ""
}

// The two documents that SENS pushes.
type (
	ordersPushed struct {
		Auth   NotificationAuth    `xml:"authModel"`
		Orders []OrderNotification `xml:"orderInfoNotifyModel"`
	}
	eventsPushed struct {
		Auth   NotificationAuth `xml:"authModel"`
		Events []eventPushed    `xml:"notifyInfoModel"`
	}
	eventPushed struct {
		RequestID  string             `xml:"requestId"`
		ServiceID  string             `xml:"serviceId"`
		FunctionID string             `xml:"functionId"`
		Value1     *NotificationValue `xml:"value1"`
		Value2     *NotificationValue `xml:"value2"`
		Value3     *NotificationValue `xml:"value3"`
		Value4     *NotificationValue `xml:"value4"`
		Value5     *NotificationValue `xml:"value5"`
		Value6     *NotificationValue `xml:"value6"`
		Value7     *NotificationValue `xml:"value7"`
		Value8     *NotificationValue `xml:"value8"`
		Value9     *NotificationValue `xml:"value9"`
		Value10    *NotificationValue `xml:"value10"`
	}
)

// ParseNotification parses the XML that SENS pushes, at most 1 MiB. The error is an *order.Error of
// class [order.ErrUndecodable]. Single fields that cannot be parsed are left empty, since the
// notification only points at orders.
func ParseNotification(body []byte) (Notification, error) {
	refuse := func(err error) (Notification, error) {
		return Notification{}, &order.Error{Class: order.ErrUndecodable, Mall: order.Rakuten,
			Operation: "systemEventNotification", Err: err}
	}
	if len(body) > maxNotification {
		return refuse(fmt.Errorf("%d bytes, at most %d", len(body), maxNotification))
	}
	root, err := wire.Root(body)
	if err != nil {
		return refuse(err)
	}
	switch root {
	case "orderNotifyModel":
		var in ordersPushed
		if _, err := wire.XML(body, &in); err != nil {
			return refuse(err)
		}
		return Notification{Auth: in.Auth, Orders: in.Orders}, nil
	case "notifyModel":
		var in eventsPushed
		if _, err := wire.XML(body, &in); err != nil {
			return refuse(err)
		}
		n := Notification{Auth: in.Auth}
		for _, e := range in.Events {
			n.Events = append(n.Events, e.event())
		}
		return n, nil
	}
	return refuse(errors.New("the root element is neither orderNotifyModel nor notifyModel"))
}

func (e eventPushed) event() EventNotification {
	out := EventNotification{RequestID: e.RequestID, ServiceID: e.ServiceID,
		FunctionID: e.FunctionID}
	for _, v := range []*NotificationValue{e.Value1, e.Value2, e.Value3, e.Value4, e.Value5,
		e.Value6, e.Value7, e.Value8, e.Value9, e.Value10} {
		if v != nil {
			out.Values = append(out.Values, *v)
		}
	}
	return out
}

// The codes of [NotificationReply].
const (
	NotificationAccepted = "N-000-000"
	NotificationBadValue = "E-400-100"
	NotificationBadKey   = "E-400-101" // authKey does not match
	NotificationFailed   = "E-400-900"
)

// NotificationReply returns the body (text/xml) to answer SENS with; code is one of
// [NotificationAccepted] and the other codes.
func NotificationReply(code string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><responseModel><resultCode>` + code +
		`</resultCode></responseModel>`)
}
