package yahoo

import (
	"context"
	"net/url"

	"github.com/jpmall/jpmall/internal/transport"
)

// OrderCountResponse is the answer to OrderCount.
type OrderCountResponse struct {
	Available int64  `xml:"totalResultsAvailable,attr"`
	Returned  int64  `xml:"totalResultsReturned,attr"`
	First     int64  `xml:"firstResultPosition,attr"`
	Status    string `xml:"Result>Status"`
	Count     Count  `xml:"Result>Count"`
	Reply     Reply  `xml:"-"`
}

// Count holds the numbers of the store tool's front page.
type Count struct {
	NewOrder      int64 `xml:"NewOrder"`     // 新規注文, not seen yet
	NewReserve    int64 `xml:"NewReserve"`   // 新規予約
	WaitPayment   int64 `xml:"WaitPayment"`  // 入金待ち
	WaitShipping  int64 `xml:"WaitShipping"` // 出荷待ち
	Shipping      int64 `xml:"Shipping"`     // 出荷処理中
	Reserve       int64 `xml:"Reserve"`      // 予約中
	Holding       int64 `xml:"Holding"`      // 保留
	WaitDone      int64 `xml:"WaitDone"`     // 完了待ち
	Suspect       int64 `xml:"Suspect"`      // いたずら
	SettleError   int64 `xml:"SettleError"`  // 決済エラー
	Refund        int64 `xml:"Refund"`       // 返金
	AutoDone      int64 `xml:"AutoDone"`     // 自動完了
	AutoWorking   int64 `xml:"AutoWorking"`  // 自動処理中
	Release       int64 `xml:"Release"`      // 発売
	NoPayNumber   int64 `xml:"NoPayNumber"`  // 支払番号未発行
	StoreStatus1  int64 `xml:"StoreStatus1"` // ストアステータス
	StoreStatus2  int64 `xml:"StoreStatus2"`
	StoreStatus3  int64 `xml:"StoreStatus3"`
	StoreStatus4  int64 `xml:"StoreStatus4"`
	StoreStatus5  int64 `xml:"StoreStatus5"`
	StoreStatus6  int64 `xml:"StoreStatus6"`
	StoreStatus7  int64 `xml:"StoreStatus7"`
	StoreStatus8  int64 `xml:"StoreStatus8"`
	StoreStatus9  int64 `xml:"StoreStatus9"`
	StoreStatus10 int64 `xml:"StoreStatus10"`
}

// OrderCount (注文ステータス別件数参照) returns the number of orders in each state. Safe to repeat.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderCount.html
func (c *Client) OrderCount(ctx context.Context) (OrderCountResponse, error) {
	var r OrderCountResponse
	reply, err := c.call(ctx, transport.Call{Query: url.Values{"sellerId": {c.shop}}}, orderCount,
		"", &r)
	r.Reply = reply
	return r, err
}

// OrderChangeHistoryResponse is the answer to OrderChangeHistory.
type OrderChangeHistoryResponse struct {
	Available int64     `xml:"totalResultsAvailable,attr"`
	Returned  int64     `xml:"totalResultsReturned,attr"`
	First     int64     `xml:"firstResultPosition,attr"`
	Status    string    `xml:"Result>Status"`
	Histories []History `xml:"Result>History"` // oldest first
	Reply     Reply     `xml:"-"`
}

// History is one entry of an order's log. It holds differences only; the first entry holds every
// field. Personal data is blank.
type History struct {
	HistoryID    int64    `xml:"HistoryId"`
	UpdateTime   DateTime `xml:"UpdateTime"`
	UpdatePerson string   `xml:"UpdatePerson"` // a person, an account, "system" or "line_system"
	Changes      []Change `xml:"Change"`
}

// Change is one changed field of the order or of a line. The field names are internal ones of the
// mall and differ from orderInfo's.
type Change struct {
	Field string      `xml:"Field"`
	Value string      `xml:"Value"`
	Item  *LineChange `xml:"Item"` // nil: a field of the order
}

// LineChange is one changed field of a line.
type LineChange struct {
	LineID int64  `xml:"LineId"`
	Field  string `xml:"Field"`
	Value  string `xml:"Value"`
}

// OrderChangeHistory (注文操作履歴一覧) reads the log of an order. Safe to repeat.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderChangeHistory.html
func (c *Client) OrderChangeHistory(
	ctx context.Context, orderID string,
) (OrderChangeHistoryResponse, error) {
	if err := checkID(orderID); err != nil {
		return OrderChangeHistoryResponse{}, c.calls.Refuse(orderChangeHistory, orderID, err)
	}
	var r OrderChangeHistoryResponse
	query := url.Values{"orderId": {orderID}, "sellerId": {c.shop}}
	reply, err := c.call(ctx, transport.Call{Query: query}, orderChangeHistory, orderID, &r)
	r.Reply = reply
	return r, err
}
