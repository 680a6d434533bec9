package aupay

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Limits of a search. Nobody is known to ask for more; the mall's own limits are in its sheets.
const (
	maxPage = 1000 // orders a page; the mall's default is 10
	maxDays = 31   // days a call; longer ranges have worked, these are known to
)

// DateType says which date a search is about.
type DateType string

// The date types. Order date is confirmed; the others stand in one source.
const (
	ByOrderDate    DateType = "0" // 注文日, the default
	ByShippingDate DateType = "1" // 発送日
	ByPaymentDate  DateType = "2" // 入金日
	ByReleaseDate  DateType = "3" // 発売(入荷)予定日
	ByShipDeadline DateType = "4" // 発送期限日
)

// SearchRequest is a search for orders. StartDate and EndDate are required, both days are included, at most 31 days. Other fields that
// are empty do not filter; texts match in part where the field says so. The mall counts characters of its own accord.
type SearchRequest struct {
	StartDate, EndDate order.Date
	DateType           DateType      // empty is ByOrderDate
	Statuses           []OrderStatus // at most two; orders of either
	TotalCount         int           // rows a page, 1 to 1000; 0 is 1000
	StartCount         int           // first row, from 1; 0 is 1

	OrdererName, OrdererKana, MailAddress, OrdererPhoneNumber1 string // match in part
	NickName                                                   string // exact
	SenderName, SenderKana, SenderPhoneNumber1                 string // the recipient; match in part
	LotNumber, ItemCode                                        string // exact
	ItemManagementID, ItemName                                 string // match in part
	SellMethodSegment                                          SellMethod
	SettlementID                                               string // code of a settlement method; the list is not public
	DeliveryMethodID, DeliveryID                               string // exact

	// Settlement states, two letters each; their meanings are not public.
	CardStatus, CVSStatus, ATMStatus, NetBankingStatus, CarrierStatus, AuPaymentStatus, YuttariPostpayStatus string
	CVSExpire                                                                                                string

	// Flags of one letter, as the mall's sheet lists them.
	SecureSegment, HasOrderMemo, DeliveryDayRequest, Device, HasUserComment, HasRequestGiftNoshi string
	HasUsePoint, HasCoupon, GiftPointStatus, IsWowmaMember, PremiumType, IsReducedTax            string

	RawMailAddress bool // ask for the buyer's unmasked address
}

// query writes the request as the mall spells it.
func (r SearchRequest) query(shop string) (url.Values, error) {
	var report check.Report
	f := report.Fields()
	f.Required("StartDate", r.StartDate.String())
	f.Required("EndDate", r.EndDate.String())
	if r.StartDate.Valid() && r.EndDate.Valid() {
		if r.EndDate.Compare(r.StartDate) < 0 {
			f.Add("EndDate", "is before StartDate")
		} else if r.EndDate.Compare(r.StartDate.AddDays(maxDays-1)) > 0 {
			f.Add("EndDate", "more than %d days from StartDate", maxDays)
		}
	}
	if len(r.Statuses) > 2 {
		f.Add("Statuses", "%d statuses, at most 2 a call", len(r.Statuses))
	}
	if r.TotalCount < 0 || r.TotalCount > maxPage {
		f.Add("TotalCount", "%d, want 1 to %d", r.TotalCount, maxPage)
	}
	if r.StartCount < 0 {
		f.Add("StartCount", "is negative")
	}
	if err := report.Err(); err != nil {
		return nil, err
	}
	q := url.Values{
		"shopId": {shop}, "startDate": {compact(r.StartDate)}, "endDate": {compact(r.EndDate)},
		"totalCount": {strconv.Itoa(orDefault(r.TotalCount, maxPage))}, "startCount": {strconv.Itoa(orDefault(r.StartCount, 1))},
	}
	for i, status := range r.Statuses {
		q.Set([]string{"orderStatus", "orderStatus2"}[i], string(status))
	}
	for name, value := range map[string]string{
		"dateType": string(r.DateType), "ordererName": r.OrdererName, "ordererKana": r.OrdererKana, "mailAddress": r.MailAddress,
		"ordererPhoneNumber1": r.OrdererPhoneNumber1, "nickName": r.NickName, "senderName": r.SenderName, "senderKana": r.SenderKana,
		"senderPhoneNumber1": r.SenderPhoneNumber1, "lotNumber": r.LotNumber, "itemCode": r.ItemCode,
		"itemManagementId": r.ItemManagementID, "itemName": r.ItemName, "sellMethodSegment": string(r.SellMethodSegment),
		"settlementId": r.SettlementID, "deliveryMethodId": r.DeliveryMethodID, "deliveryId": r.DeliveryID, "cardStatus": r.CardStatus,
		"cvsStatus": r.CVSStatus, "atmStatus": r.ATMStatus, "netBankingStatus": r.NetBankingStatus,
		"carrerStatus":    r.CarrierStatus, // spelled so by the mall
		"auPaymentStatus": r.AuPaymentStatus, "yuttariPostpayStatus": r.YuttariPostpayStatus, "cvsExpire": r.CVSExpire,
		"secureSegment": r.SecureSegment, "hasOrderMemo": r.HasOrderMemo,
		"deliveryDayRequest": r.DeliveryDayRequest, // the reply's element is deliveryRequestDay
		"device":             r.Device, "hasUserComment": r.HasUserComment, "hasRequestGiftNoshi": r.HasRequestGiftNoshi,
		"hasUsePoint": r.HasUsePoint, "hasCoupon": r.HasCoupon, "giftPointStatus": r.GiftPointStatus, "isWowmaMember": r.IsWowmaMember,
		"premiumType": r.PremiumType, "isReducedTax": r.IsReducedTax,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if r.RawMailAddress {
		q.Set("getRawMailAddress", "1")
	}
	return q, nil
}

// compact writes a day as yyyyMMdd, the spelling that most clients use.
func compact(d order.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year, int(d.Month), d.Day) }

func orDefault(n, fallback int) int {
	if n == 0 {
		return fallback
	}
	return n
}

// SearchResponse is a page of orders.
type SearchResponse struct {
	Result Result `xml:"result"`
	// ResultCount is the number of orders in this reply by some sources, and of all hits by others: never page by it.
	ResultCount int64       `xml:"resultCount"`
	Orders      []OrderInfo `xml:"orderInfo"`
	Reply       Reply       `xml:"-"`
}

// SearchTradeInfoList (searchTradeInfoListProc, 受注情報取得API（一括）) reads whole orders. It is a read: repeating it is harmless. The order
// of rows is not documented, and new orders can shift pages between two calls: Client.Orders takes care of both.
func (c *Client) SearchTradeInfoList(ctx context.Context, r SearchRequest) (SearchResponse, error) {
	var answer SearchResponse
	reply, err := c.get(ctx, opList, r.query, &answer)
	answer.Reply = reply
	return answer, err
}

// NumbersResponse is a page of order numbers.
type NumbersResponse struct {
	Result      Result `xml:"result"`
	ResultCount int64  `xml:"resultCount"` // see SearchResponse
	// Rows hold the numbers: by one source one row with all numbers, by another one row each. Numbers reads both.
	Rows []struct {
		OrderIDs []string `xml:"orderId"`
	} `xml:"orderInfo"`
	Reply Reply `xml:"-"`
}

// Numbers are the order numbers of the page, wherever they stand.
func (r NumbersResponse) Numbers() []string {
	var all []string
	for _, row := range r.Rows {
		all = append(all, row.OrderIDs...)
	}
	return all
}

// SearchTradeNoList (searchTradeNoListProc, 受注番号取得API) reads order numbers only, by the same search. It is a read: repeating it is
// harmless.
func (c *Client) SearchTradeNoList(ctx context.Context, r SearchRequest) (NumbersResponse, error) {
	var answer NumbersResponse
	reply, err := c.get(ctx, opNumbers, r.query, &answer)
	answer.Reply = reply
	return answer, err
}

// get makes one typed GET.
func (c *Client) get(ctx context.Context, name string, query func(shop string) (url.Values, error), answer any) (Reply, error) {
	q, err := query(c.cfg.Shop)
	if err != nil {
		return Reply{}, c.refuse(name, "", err)
	}
	row, _ := c.calls.Operation(name)
	r, err := c.calls.Do(ctx, transport.Call{Operation: row, Query: q, ContentType: formType, Order: q.Get("orderId")})
	if err != nil {
		return newReply(r), err
	}
	return c.decode(name, r, answer)
}

// refuse makes the error of a request that was not sent.
func (c *Client) refuse(operation, orderID string, err error) error {
	return &order.Error{
		Class: order.ErrInvalid, Mall: order.AuPay, Shop: c.cfg.Shop, Operation: operation, Order: orderID, Err: err, Hint: "nothing was sent",
	}
}
