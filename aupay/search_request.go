package aupay

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// Limits of a search, as public clients use it; the mall's own limits are not public.
const (
	maxPage     = 1000 // orders a page; the mall's default is 10
	maxDays     = 31   // days a call; longer ones have been seen too
	maxStatuses = 2    // orderStatus and orderStatus2; there is no third
	statusBytes = 32   // of a status text
)

// DateType is the date that a search filters by.
type DateType string

// The date types. [ByOrderDate] is confirmed; each of the others appears in one source only.
const (
	ByOrderDate    DateType = "0" // 注文日, the default
	ByShippingDate DateType = "1" // 発送日
	ByPaymentDate  DateType = "2" // 入金日
	ByReleaseDate  DateType = "3" // 発売(入荷)予定日
	ByShipDeadline DateType = "4" // 発送期限日
)

// SearchRequest holds the parameters of SearchTradeInfoList and SearchTradeNoList. StartDate and
// EndDate are required. Both days are included (JST; inferred), at most 31 of them a call. Empty
// fields do not filter. The mall's byte limits for texts are mostly not public; those that are
// known are checked.
type SearchRequest struct {
	StartDate, EndDate order.Date
	DateType           DateType      // empty is ByOrderDate
	Statuses           []OrderStatus // at most two; orders of either
	TotalCount         int           // rows a page, 1 to 1000; 0 is 1000
	StartCount         int           // first row, from 1; 0 is 1

	OrdererName, OrdererKana, MailAddress, OrdererPhoneNumber1 string // match in part
	NickName                                                   string // exact
	// the recipient (送付先); match in part
	SenderName, SenderKana, SenderPhoneNumber1 string
	LotNumber, ItemCode                        string // exact
	ItemManagementID, ItemName                 string // match in part
	SellMethodSegment                          SellMethod
	// code of a payment method; the list is not public
	SettlementID                 string
	DeliveryMethodID, DeliveryID string // exact

	// Payment states, two letters each; their meanings are not public.
	CardStatus, CVSStatus, ATMStatus, NetBankingStatus, CarrierStatus, AuPaymentStatus,
	YuttariPostpayStatus string
	// a number; its unit is not public
	CVSExpire string

	// Flags of one letter; their values are not public.
	SecureSegment, HasOrderMemo, DeliveryDayRequest, Device, HasUserComment,
	HasRequestGiftNoshi string
	HasUsePoint, HasCoupon, GiftPointStatus, IsWowmaMember, PremiumType,
	IsReducedTax string

	RawMailAddress bool // return the buyer's unmasked address, too
}

// query checks the request and returns it with the mall's names.
func (r SearchRequest) query(shop string) (url.Values, error) {
	var report check.Report
	f := report.Fields()
	r.checkDays(f)
	if r.EndDate.Compare(r.StartDate.AddDays(maxDays-1)) > 0 {
		f.Add("EndDate", "more than %d days from StartDate", maxDays)
	}
	if len(r.Statuses) > maxStatuses {
		f.Add("Statuses", "%d statuses, at most %d a call", len(r.Statuses), maxStatuses)
	}
	f.Range("TotalCount", int64(r.TotalCount), 0, maxPage)
	if r.StartCount < 0 {
		f.Add("StartCount", "is negative")
	}
	r.checkFilters(f)
	q := url.Values{
		"shopId": {shop}, "startDate": {compact(r.StartDate)}, "endDate": {compact(r.EndDate)},
		"totalCount": {strconv.Itoa(orDefault(r.TotalCount, maxPage))},
		"startCount": {strconv.Itoa(orDefault(r.StartCount, 1))},
	}
	for i, status := range r.Statuses {
		q.Set([]string{"orderStatus", "orderStatus2"}[min(i, 1)], string(status))
	}
	for _, p := range r.filters() {
		if p.value != "" {
			q.Set(p.name, p.value)
		}
	}
	if r.RawMailAddress {
		q.Set("getRawMailAddress", "1")
	}
	return q, report.Err()
}

func (r SearchRequest) checkDays(f check.Fields) {
	for _, day := range []struct {
		name string
		date order.Date
	}{{"StartDate", r.StartDate}, {"EndDate", r.EndDate}} {
		switch {
		case day.date.IsZero():
			f.Add(day.name, "is required")
		case !day.date.Valid():
			f.Add(day.name, "is no day of the calendar")
		}
	}
	if r.EndDate.Compare(r.StartDate) < 0 && !r.EndDate.IsZero() {
		f.Add("EndDate", "is before StartDate")
	}
}

func (r SearchRequest) checkFilters(f check.Fields) {
	for i, status := range r.Statuses {
		checkStatus(f.Item("Statuses", i), "", status)
	}
	for _, p := range r.filters() {
		f.Characters(p.name, p.value, check.Control)
		if p.bytes > 0 {
			f.Bytes(p.name, p.value, p.bytes)
		}
	}
}

// checkWhole refuses what OrdersBy cannot read. OrdersBy divides days and pages itself.
func (r SearchRequest) checkWhole() error {
	var report check.Report
	f := report.Fields()
	r.checkDays(f)
	if r.TotalCount != 0 || r.StartCount != 0 {
		f.Add("TotalCount", "must be zero, and StartCount too: all pages are read")
	}
	r.checkFilters(f)
	return report.Err()
}

// filter is a parameter that narrows a search; bytes is its limit, 0 where none is known.
type filter struct {
	name, value string
	bytes       int
}

func (r SearchRequest) filters() []filter {
	return []filter{
		{"dateType", string(r.DateType), 1},
		{"ordererName", r.OrdererName, 0}, {"ordererKana", r.OrdererKana, 0},
		{"mailAddress", r.MailAddress, 0},
		{"ordererPhoneNumber1", r.OrdererPhoneNumber1, 0},
		{"nickName", r.NickName, 0}, // the reply's element is nickname
		{"senderName", r.SenderName, 0}, {"senderKana", r.SenderKana, 0},
		{"senderPhoneNumber1", r.SenderPhoneNumber1, 0},
		{"lotNumber", r.LotNumber, 18}, // the reply's element is lotnumber
		{"itemCode", r.ItemCode, 0}, {"itemManagementId", r.ItemManagementID, 0},
		{"itemName", r.ItemName, 0},
		{"sellMethodSegment", string(r.SellMethodSegment), 1}, {"settlementId", r.SettlementID, 0},
		{"deliveryMethodId", r.DeliveryMethodID, 0}, {"deliveryId", r.DeliveryID, 0},
		{"cardStatus", r.CardStatus, 2}, {"cvsStatus", r.CVSStatus, 2},
		{"atmStatus", r.ATMStatus, 2},
		{"netBankingStatus", r.NetBankingStatus, 2},
		{"carrerStatus", r.CarrierStatus, 2}, // spelled so by the mall
		{"auPaymentStatus", r.AuPaymentStatus, 2},
		{"yuttariPostpayStatus", r.YuttariPostpayStatus, 0}, {"cvsExpire", r.CVSExpire, 0},
		{"secureSegment", r.SecureSegment, 1}, {"hasOrderMemo", r.HasOrderMemo, 1},
		// the reply's element is deliveryRequestDay
		{"deliveryDayRequest", r.DeliveryDayRequest, 1},
		{"device", r.Device, 1}, {"hasUserComment", r.HasUserComment, 1},
		{"hasRequestGiftNoshi", r.HasRequestGiftNoshi, 1},
		{"hasUsePoint", r.HasUsePoint, 1}, {"hasCoupon", r.HasCoupon, 1},
		{"giftPointStatus", r.GiftPointStatus, 1},
		{"isWowmaMember", r.IsWowmaMember, 1}, {"premiumType", r.PremiumType, 1},
		{"isReducedTax", r.IsReducedTax, 1},
	}
}

// checkStatus refuses a text that cannot be an orderStatus.
func checkStatus(f check.Fields, field string, status OrderStatus) {
	f.Required(field, string(status))
	f.Bytes(field, string(status), statusBytes)
	f.Characters(field, string(status), unsafeText)
}

// unsafeText are the characters that are refused in texts: XML cannot carry control characters, and
// the mall may lose what Shift_JIS does not have.
const unsafeText = check.Control | check.Foreign

// digits reports whether a text is a number as the mall writes its ids.
func digits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// compact writes a day as yyyyMMdd, the spelling that most clients use.
func compact(d order.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

func orDefault(n, fallback int) int {
	if n == 0 {
		return fallback
	}
	return n
}
