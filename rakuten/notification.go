package rakuten

import (
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// maxNotification bounds what ParseNotification reads: a notification names orders, it does not hold them.
const maxNotification = 1 << 20

// Notification is what システムイベント通知サービス (SENS) pushes to a URL of the shop: either orders or system events. All that is known of it
// comes from one source, save the layout of the values, and it is older than 楽天ペイ: whether orders of today are pushed is not
// confirmed, nor how often a notification is repeated. Treat it as a hint to read, and read anyway. It holds no order: fetch it
// with GetOrder.
type Notification struct {
	Auth   NotificationAuth
	Orders []OrderNotification // 注文情報通知
	Events []EventNotification // システム情報通知
}

// NotificationAuth says for whom the notification is. Compare AuthKey with the key that SENS gave before believing anything.
type NotificationAuth struct {
	ContractID string `xml:"contractId"`
	ShopURL    string `xml:"shopUrl"`
	AuthKey    string `xml:"authKey"`
}

// OrderNotification names one new order.
type OrderNotification struct {
	OrderNumber string               `xml:"orderNumber"`
	SeqID       string               `xml:"seqId"`
	OrderDate   string               `xml:"orderDate"` // 2026/06/01 21:14:05, JST; see Placed
	OrderType   OrderType            `xml:"orderType"`
	BasketModel []NotificationBasket `xml:"basketModel"`
}

// Placed reads OrderDate. ok is false when it cannot be read.
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
	Values     []NotificationValue // value1 to value10, as far as they are there
}

// NotificationValue is one value of an event with the name that it carries.
type NotificationValue struct {
	Name string `xml:"name,attr"` // orderNumber, for instance
	Text string `xml:",chardata"`
}

// Value finds a value by its name.
func (e EventNotification) Value(name string) (text string, ok bool) {
	for _, v := range e.Values {
		if v.Name == name {
			return v.Text, true
		}
	}
	return "", false
}

// EventKind names what an event tells.
type EventKind string

// The kinds of events, by serviceId and functionId.
const (
	ItemsEdited    EventKind = "items_edited"    // 商品一括編集完了, 3000:1100
	ImagesEdited   EventKind = "images_edited"   // 画像一括編集完了, 3100:1100
	OrderChanged   EventKind = "order_changed"   // 購入履歴変更, 4000:1100
	RestockWanted  EventKind = "restock_wanted"  // 再入荷リクエスト, 4100:1100 and 4200
	ReviewResult   EventKind = "review_result"   // 審査結果, 5000:1100
	CautionedOrder EventKind = "cautioned_order" // 警告表示注文, 5100:1100
)

// Kind tells what the event is; empty for one that is not known.
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

// The two documents that may come.
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

// ParseNotification reads the XML that SENS pushes. The error is an *order.Error of class order.ErrUndecodable; single fields that
// cannot be read are left empty, since the notification only points at orders.
func ParseNotification(body []byte) (Notification, error) {
	refuse := func(err error) (Notification, error) {
		return Notification{}, &order.Error{Class: order.ErrUndecodable, Mall: order.Rakuten, Operation: "systemEventNotification", Err: err}
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
	out := EventNotification{RequestID: e.RequestID, ServiceID: e.ServiceID, FunctionID: e.FunctionID}
	for _, v := range []*NotificationValue{e.Value1, e.Value2, e.Value3, e.Value4, e.Value5, e.Value6, e.Value7, e.Value8, e.Value9, e.Value10} {
		if v != nil {
			out.Values = append(out.Values, *v)
		}
	}
	return out
}

// Reply codes of a notification.
const (
	NotificationAccepted = "N-000-000"
	NotificationBadValue = "E-400-100"
	NotificationBadKey   = "E-400-101" // authKey does not match
	NotificationFailed   = "E-400-900"
)

// NotificationReply is the body (text/xml) that SENS wants as an answer; code is one of the reply codes.
func NotificationReply(code string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><responseModel><resultCode>` + code + `</resultCode></responseModel>`)
}
