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

// SearchOrderRequest holds the parameters of SearchOrder. Apart from the three required fields, a
// zero field is not sent, and Rakuten's default applies.
type SearchOrderRequest struct {
	OrderProgressList []OrderProgress `json:"orderProgressList,omitempty"`
	// [-1] is without sub-status, and needs OrderProgressList
	SubStatusIDList []int64  `json:"subStatusIdList,omitempty"`
	DateType        DateType `json:"dateType"` // required
	// required; within the last 730 days
	StartDatetime DateTime `json:"startDatetime"`
	// required; within 63 days of the start
	EndDatetime      DateTime         `json:"endDatetime"`
	OrderTypeList    []OrderType      `json:"orderTypeList,omitempty"`
	SettlementMethod SettlementMethod `json:"settlementMethod,omitempty"`
	DeliveryName     string           `json:"deliveryName,omitempty"`
	// 1: only without 発送日
	ShippingDateBlankFlag Flag `json:"shippingDateBlankFlag,omitempty"`
	// 1: only without お荷物伝票番号
	ShippingNumberBlankFlag Flag              `json:"shippingNumberBlankFlag,omitempty"`
	SearchKeywordType       SearchKeywordType `json:"searchKeywordType,omitempty"`
	SearchKeyword           string            `json:"searchKeyword,omitempty"`
	// 0 PC and mobile, 1 PC, 2 mobile
	MailSendType       int64  `json:"mailSendType,omitempty"`
	OrdererMailAddress string `json:"ordererMailAddress,omitempty"`
	// 1 orderer, 2 recipient
	PhoneNumberType int64  `json:"phoneNumberType,omitempty"`
	PhoneNumber     string `json:"phoneNumber,omitempty"`
	ReserveNumber   string `json:"reserveNumber,omitempty"`
	// 0 all, 1 PC, 2 mobile, 3 smartphone, 4 tablet
	PurchaseSiteType int64 `json:"purchaseSiteType,omitempty"`
	// 1: only あす楽; likewise for the flags below
	AsurakuFlag   Flag `json:"asurakuFlag,omitempty"`
	CouponUseFlag Flag `json:"couponUseFlag,omitempty"`
	DrugFlag      Flag `json:"drugFlag,omitempty"`
	// matches nothing since 2020-06-30
	OverseasFlag        Flag `json:"overseasFlag,omitempty"`
	OneDayOperationFlag Flag `json:"oneDayOperationFlag,omitempty"`
	// nil: the first 30 numbers only
	PaginationRequestModel *PaginationRequest `json:"PaginationRequestModel,omitempty"`
}

// PaginationRequest selects a page.
type PaginationRequest struct {
	RequestRecordsAmount int64       `json:"requestRecordsAmount"` // 1 to 1000
	RequestPage          int64       `json:"requestPage"`          // from 1
	SortModelList        []SortModel `json:"SortModelList,omitempty"`
}

// SortModel is the sort order of a search.
type SortModel struct {
	SortColumn    int64 `json:"sortColumn"`    // 1: 注文日時, the only one
	SortDirection int64 `json:"sortDirection"` // 1 ascending, 2 descending
}

// OldestFirst returns the sort order by 注文日時, ascending.
func OldestFirst() []SortModel { return []SortModel{{SortColumn: 1, SortDirection: 1}} }

// SearchKeywordType (検索キーワード種別) is what a keyword is searched in: 1 商品名, 2 商品番号, 3 ひとことメモ, 4 注文者氏名,
// 5 注文者氏名フリガナ, 6 送付先氏名, 7 SKU管理番号, 8 システム連携用SKU番号, 9 SKU情報.
type SearchKeywordType int64

// keywordLimits are the most characters of a keyword, by its type.
var keywordLimits = map[SearchKeywordType]int{1: 1024, 2: 127, 3: 1000, 4: 254, 5: 254, 6: 254,
	7: 40, 8: 96, 9: 400}

// SearchOrderResponse is the answer to SearchOrder: a page of order numbers.
type SearchOrderResponse struct {
	MessageModelList []MessageModel `json:"MessageModelList"`
	// empty when nothing was found
	OrderNumberList         []string            `json:"orderNumberList"`
	PaginationResponseModel *PaginationResponse `json:"PaginationResponseModel"`
	Reply                   Reply               `json:"-"`
}

// PaginationResponse describes the page. All fields are nil when nothing was found.
type PaginationResponse struct {
	// hits; those from 15,001 on cannot be read
	TotalRecordsAmount *int64 `json:"totalRecordsAmount"`
	TotalPages         *int64 `json:"totalPages"`
	RequestPage        *int64 `json:"requestPage"`
}

// SearchOrder (受注検索) returns the numbers of the orders that match.
//
// A search covers at most 63 days within the last 730, and returns at most 1,000 numbers a page and
// 15,000 in all. The rest cannot be read: narrow the window, as Orders does by itself. Safe to
// repeat. Page: …/rakutenpayorderapi/searchorder
func (c *Client) SearchOrder(
	ctx context.Context, in SearchOrderRequest,
) (SearchOrderResponse, error) {
	call := transport.Call{Operation: c.calls.Row("searchOrder")}
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

// counted compares a page with its own count; asked says which page it is and how long. Without
// hits all counts are null and the list is empty. A page after the last one may be empty too, since
// orders may have left the result meanwhile.
func (r *SearchOrderResponse) counted(asked *PaginationRequest) error {
	p, rows := r.PaginationResponseModel, int64(len(r.OrderNumberList))
	total := int64(0)
	if p != nil && p.TotalRecordsAmount != nil {
		total = *p.TotalRecordsAmount
	}
	behind := p != nil && p.TotalPages != nil && p.RequestPage != nil &&
		*p.RequestPage > *p.TotalPages
	said := slices.ContainsFunc(r.MessageModelList,
		func(m MessageModel) bool { return m.MessageCode == nothingFound })
	switch {
	case rows > total, rows == 0 && total > 0 && !behind, rows > 0 && said:
		return errUncounted
	case slices.Contains(r.OrderNumberList, ""):
		return errors.New("a row of the list has no order number")
	case total < searchTotal && rows < asked.rows(total): // how more are counted is unknown
		return errUncounted
	}
	return nil
}

// rows returns how many numbers the requested page must have when there are total in all.
func (p *PaginationRequest) rows(total int64) int64 {
	if p == nil {
		return min(total, searchDefault)
	}
	if p.RequestPage-1 > total/p.RequestRecordsAmount {
		return 0
	}
	return min(total-(p.RequestPage-1)*p.RequestRecordsAmount, p.RequestRecordsAmount)
}

// check refuses what Rakuten would refuse. Values of open enumerations are left to Rakuten.
func (in *SearchOrderRequest) check() error {
	var report check.Report
	f := report.Fields()
	if in.DateType == 0 {
		f.Add("dateType", "is required")
	}
	from := instant(f, "startDatetime", in.StartDatetime)
	to := instant(f, "endDatetime", in.EndDatetime)
	if !from.IsZero() && !to.IsZero() {
		f.Period("startDatetime", from, "endDatetime", to, searchWindow)
	}
	if !from.IsZero() && time.Since(from) > searchPast {
		f.Add("startDatetime", "is more than 730 days ago")
	}
	if slices.Contains(in.SubStatusIDList, noSubStatus) && len(in.OrderProgressList) == 0 {
		f.Add("orderProgressList",
			"is required when subStatusIdList asks for orders without sub-status (-1)")
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

// instant checks that an instant has the one form that Rakuten accepts; see NewDateTime.
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
