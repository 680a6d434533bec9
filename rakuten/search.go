package rakuten

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
)

// Limits of searchOrder.
const (
	searchWindow  = 63 * 24 * time.Hour  // longest from start to end
	searchRecords = 1000                 // most numbers a page
	searchDefault = 30                   // numbers without a PaginationRequest
	searchTotal   = 15_000               // most numbers one search exposes
	searchPast    = 730 * 24 * time.Hour // how far back
	noSubStatus   = -1                   // in subStatusIdList: orders without one
)

// SearchOrderRequest is a search for order numbers. Zero fields are not sent, save the three required ones; Rakuten's defaults
// hold for them.
type SearchOrderRequest struct {
	OrderProgressList       []OrderProgress    `json:"orderProgressList,omitempty"`
	SubStatusIDList         []int64            `json:"subStatusIdList,omitempty"` // [-1]: without sub-status; then orderProgressList is needed
	DateType                DateType           `json:"dateType"`                  // required
	StartDatetime           DateTime           `json:"startDatetime"`             // required; within the last 730 days
	EndDatetime             DateTime           `json:"endDatetime"`               // required; within 63 days of the start
	OrderTypeList           []OrderType        `json:"orderTypeList,omitempty"`
	SettlementMethod        SettlementMethod   `json:"settlementMethod,omitempty"`
	DeliveryName            string             `json:"deliveryName,omitempty"`
	ShippingDateBlankFlag   Flag               `json:"shippingDateBlankFlag,omitempty"`   // 1: only without 発送日
	ShippingNumberBlankFlag Flag               `json:"shippingNumberBlankFlag,omitempty"` // 1: only without お荷物伝票番号
	SearchKeywordType       SearchKeywordType  `json:"searchKeywordType,omitempty"`
	SearchKeyword           string             `json:"searchKeyword,omitempty"`
	MailSendType            int64              `json:"mailSendType,omitempty"` // 0 PC and mobile, 1 PC, 2 mobile
	OrdererMailAddress      string             `json:"ordererMailAddress,omitempty"`
	PhoneNumberType         int64              `json:"phoneNumberType,omitempty"` // 1 orderer, 2 recipient
	PhoneNumber             string             `json:"phoneNumber,omitempty"`
	ReserveNumber           string             `json:"reserveNumber,omitempty"`
	PurchaseSiteType        int64              `json:"purchaseSiteType,omitempty"` // 0 all, 1 PC, 2 mobile, 3 smartphone, 4 tablet
	AsurakuFlag             Flag               `json:"asurakuFlag,omitempty"`      // 1: only あす楽; so with the flags below
	CouponUseFlag           Flag               `json:"couponUseFlag,omitempty"`
	DrugFlag                Flag               `json:"drugFlag,omitempty"`
	OverseasFlag            Flag               `json:"overseasFlag,omitempty"` // matches nothing since 2020-06-30
	OneDayOperationFlag     Flag               `json:"oneDayOperationFlag,omitempty"`
	PaginationRequestModel  *PaginationRequest `json:"PaginationRequestModel,omitempty"` // nil: the first 30 numbers only
}

// PaginationRequest asks for a page.
type PaginationRequest struct {
	RequestRecordsAmount int64       `json:"requestRecordsAmount"` // 1 to 1000
	RequestPage          int64       `json:"requestPage"`          // from 1
	SortModelList        []SortModel `json:"SortModelList,omitempty"`
}

// SortModel sorts a search.
type SortModel struct {
	SortColumn    int64 `json:"sortColumn"`    // 1: 注文日時, the only one
	SortDirection int64 `json:"sortDirection"` // 1 ascending, 2 descending
}

// OldestFirst sorts by 注文日時, ascending.
func OldestFirst() []SortModel { return []SortModel{{SortColumn: 1, SortDirection: 1}} }

// SearchKeywordType (検索キーワード種別) is what a search keyword is looked for in.
type SearchKeywordType int64

// keywordLimits are the most characters of a keyword, by its type: 商品名, 商品番号, ひとことメモ, 注文者氏名 and フリガナ, 送付先氏名, SKU管理番号,
// システム連携用SKU番号, SKU情報.
var keywordLimits = map[SearchKeywordType]int{1: 1024, 2: 127, 3: 1000, 4: 254, 5: 254, 6: 254, 7: 40, 8: 96, 9: 400}

// SearchOrderResponse is a page of order numbers.
type SearchOrderResponse struct {
	MessageModelList        []MessageModel      `json:"MessageModelList"`
	OrderNumberList         []string            `json:"orderNumberList"` // empty when nothing was found
	PaginationResponseModel *PaginationResponse `json:"PaginationResponseModel"`
	Reply                   Reply               `json:"-"`
}

// PaginationResponse tells which page it is. All fields are nil when nothing was found.
type PaginationResponse struct {
	TotalRecordsAmount *int64 `json:"totalRecordsAmount"` // hits; from 15,001 on the rest cannot be read
	TotalPages         *int64 `json:"totalPages"`
	RequestPage        *int64 `json:"requestPage"`
}

// SearchOrder (受注検索) gives the numbers of the orders that match. At most 63 days at once, of the last 730; at most 1,000 numbers
// a page and 15,000 in all, from 15,001 on they cannot be read: narrow the window. Orders does all that by itself.
//
// Read: harmless to repeat. Page: …/rakutenpayorderapi/searchorder
func (c *Client) SearchOrder(ctx context.Context, in SearchOrderRequest) (SearchOrderResponse, error) {
	call := transport.Call{Operation: c.operation("searchOrder")}
	if err := in.check(); err != nil {
		return SearchOrderResponse{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	var out SearchOrderResponse
	call.Accept = func(*transport.Response) error { return out.counted(in.PaginationRequestModel) }
	reply, err := c.send(ctx, call, in, &out)
	out.Reply = reply
	if err != nil {
		return out, err
	}
	return out, c.failures(call, reply, out.MessageModelList)
}

// nothingFound is the code of a search without hits.
const nothingFound = codePrefix + "SEARCH_ORDER_INFO_102"

var errUncounted = errors.New("the page's numbers do not fit its count")

// counted compares a page, of which asked says which and how long, with its count. Without hits all counts are null, and the list is
// empty; a page behind the last one may be empty as well, since orders may have left the result. Between two pages the count may
// move; a page and its own count are of one answer.
func (r *SearchOrderResponse) counted(asked *PaginationRequest) error {
	p, rows := r.PaginationResponseModel, int64(len(r.OrderNumberList))
	total := int64(0)
	if p != nil && p.TotalRecordsAmount != nil {
		total = *p.TotalRecordsAmount
	}
	behind := p != nil && p.TotalPages != nil && p.RequestPage != nil && *p.RequestPage > *p.TotalPages
	said := slices.ContainsFunc(r.MessageModelList, func(m MessageModel) bool { return m.MessageCode == nothingFound })
	switch {
	case rows > total, rows == 0 && total > 0 && !behind, rows > 0 && said:
		return errUncounted
	case slices.Contains(r.OrderNumberList, ""):
		return errors.New("a row of the list has no order number")
	case total < searchTotal && rows < asked.rows(total): // what is counted above, nobody has seen
		return errUncounted
	}
	return nil
}

// rows is how many numbers the page that was asked for must have when there are so many in all.
func (p *PaginationRequest) rows(total int64) int64 {
	if p == nil {
		return min(total, searchDefault)
	}
	if p.RequestPage-1 > total/p.RequestRecordsAmount {
		return 0
	}
	return min(total-(p.RequestPage-1)*p.RequestRecordsAmount, p.RequestRecordsAmount)
}

// check refuses what Rakuten would refuse. Values of open enumerations are Rakuten's to judge.
func (in *SearchOrderRequest) check() error {
	var report check.Report
	f := report.Fields()
	if in.DateType == 0 {
		f.Add("dateType", "is required")
	}
	from, to := instant(f, "startDatetime", in.StartDatetime), instant(f, "endDatetime", in.EndDatetime)
	if !from.IsZero() && !to.IsZero() {
		f.Period("startDatetime", from, "endDatetime", to, searchWindow)
	}
	if !from.IsZero() && time.Since(from) > searchPast {
		f.Add("startDatetime", "is more than 730 days ago")
	}
	if slices.Contains(in.SubStatusIDList, noSubStatus) && len(in.OrderProgressList) == 0 {
		f.Add("orderProgressList", "is required when subStatusIdList asks for orders without sub-status (-1)")
	}
	if most, ok := keywordLimits[in.SearchKeywordType]; ok {
		f.Chars("searchKeyword", in.SearchKeyword, most)
	} else if in.SearchKeyword != "" {
		f.Add("searchKeywordType", "is required with searchKeyword")
	}
	f.Bytes("searchKeyword", in.SearchKeyword, 4000)
	f.Bytes("deliveryName", in.DeliveryName, 192)
	f.Bytes("ordererMailAddress", in.OrdererMailAddress, 256)
	f.Bytes("phoneNumber", in.PhoneNumber, 36)
	f.Bytes("reserveNumber", in.ReserveNumber, 382)
	if p := in.PaginationRequestModel; p != nil {
		f := f.In("PaginationRequestModel")
		f.Range("requestRecordsAmount", p.RequestRecordsAmount, 1, searchRecords)
		f.Range("requestPage", p.RequestPage, 1, math.MaxInt64)
		for i, s := range p.SortModelList {
			f.Item("SortModelList", i).Range("sortColumn", s.SortColumn, 1, 1)
			f.Item("SortModelList", i).Range("sortDirection", s.SortDirection, 1, 2)
		}
	}
	return report.Err()
}

// instant checks that an instant has the one form that Rakuten takes; use NewDateTime.
func instant(f check.Fields, field string, value DateTime) time.Time {
	at, ok := value.Time()
	switch {
	case value == "":
		f.Add(field, "is required")
	case !ok || NewDateTime(at) != value:
		f.Add(field, "is not of the form 2006-01-02T15:04:05+0900, with exactly this offset")
	default:
		return at
	}
	return time.Time{}
}
