package amazon

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// ReportType names a report. Any other type works as well.
type ReportType string

// The order reports.
const (
	// ActionableOrders is the report of unshipped orders (未出荷注文レポート) of the shop's own shipping, with buyer and recipient. It
	// needs the delivery role and a Restricted Data Token, which this package gets by itself.
	ActionableOrders ReportType = "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"
	// OrdersShipping is the report of orders of the shop's own shipping, up to 60 days; restricted as well.
	OrdersShipping ReportType = "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"
	// AllOrdersByUpdate and AllOrdersByDate list all orders without buyers. A document of 2022 limits them to North America and
	// Europe; whether Japan has them is not confirmed.
	AllOrdersByUpdate ReportType = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"
	AllOrdersByDate   ReportType = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
	// PendingOrders is the report of pending orders, in Japan only.
	PendingOrders ReportType = "GET_FLAT_FILE_PENDING_ORDERS_DATA"
)

// restricted tells whether a report's document needs a Restricted Data Token.
func (t ReportType) restricted() bool { return t == ActionableOrders || t == OrdersShipping }

// ProcessingStatus is how far a report is.
type ProcessingStatus string

// The processing statuses.
const (
	ReportInQueue    ProcessingStatus = "IN_QUEUE"
	ReportInProgress ProcessingStatus = "IN_PROGRESS"
	ReportDone       ProcessingStatus = "DONE"
	ReportCancelled  ProcessingStatus = "CANCELLED" // without a request: there was nothing to report
	ReportFatal      ProcessingStatus = "FATAL"
)

// CreateReportRequest asks for a report.
type CreateReportRequest struct {
	ReportType     ReportType        `json:"reportType"`
	MarketplaceIDs []string          `json:"marketplaceIds"` // at most 25
	DataStartTime  DateTime          `json:"dataStartTime,omitempty"`
	DataEndTime    DateTime          `json:"dataEndTime,omitempty"`
	ReportOptions  map[string]string `json:"reportOptions,omitempty"`
}

// CreateReportResponse names the report.
type CreateReportResponse struct {
	ReportID string `json:"reportId"`
	Reply    Reply  `json:"-"`
}

// CreateReport asks for a report: one call a minute, burst 15, never sent twice. The answer is 202 with the report's id, which GetReport
// knows.
func (c *Client) CreateReport(ctx context.Context, req CreateReportRequest) (CreateReportResponse, error) {
	var out CreateReportResponse
	var report check.Report
	f := report.Fields()
	f.Required("reportType", string(req.ReportType))
	f.Batch("marketplaceIds", len(req.MarketplaceIDs), 25)
	if err := report.Err(); err != nil {
		return out, c.calls.Refuse("createReport", "", err)
	}
	reply, err := c.do(ctx, "createReport", input{body: req}, &out)
	out.Reply = reply
	return out, err
}

// Report is a report and how far it is.
type Report struct {
	ReportID            string           `json:"reportId"`
	ReportType          ReportType       `json:"reportType"`
	MarketplaceIDs      []string         `json:"marketplaceIds,omitempty"`
	DataStartTime       DateTime         `json:"dataStartTime,omitempty"`
	DataEndTime         DateTime         `json:"dataEndTime,omitempty"`
	ReportScheduleID    string           `json:"reportScheduleId,omitempty"`
	CreatedTime         DateTime         `json:"createdTime"`
	ProcessingStatus    ProcessingStatus `json:"processingStatus"`
	ProcessingStartTime DateTime         `json:"processingStartTime,omitempty"`
	ProcessingEndTime   DateTime         `json:"processingEndTime,omitempty"`
	ReportDocumentID    string           `json:"reportDocumentId,omitempty"`
}

// GetReportResponse is one report.
type GetReportResponse struct {
	Report
	Reply Reply `json:"-"`
}

// GetReport reads how far a report is: one call every 0.5 s, burst 15, safe to repeat.
func (c *Client) GetReport(ctx context.Context, reportID string) (GetReportResponse, error) {
	var out GetReportResponse
	if reportID == "" {
		return out, c.calls.Refuse("getReport", "", errNoReport)
	}
	reply, err := c.do(ctx, "getReport", input{vars: map[string]string{"reportId": reportID}, id: reportID}, &out)
	out.Reply = reply
	return out, err
}

var errNoReport = errors.New("reportId is empty")

// GetReportsRequest asks for a page of reports. NextToken must stand alone.
type GetReportsRequest struct {
	ReportTypes        []ReportType // at most 10; needed without NextToken
	ProcessingStatuses []ProcessingStatus
	MarketplaceIDs     []string // at most 10
	PageSize           int64    // 1 to 100; 0 is 10
	CreatedSince       time.Time
	CreatedUntil       time.Time
	NextToken          string
}

// GetReportsResponse is a page of reports.
type GetReportsResponse struct {
	Reports   []Report `json:"reports"`
	NextToken string   `json:"nextToken,omitempty"`
	Reply     Reply    `json:"-"`
}

// GetReports lists reports of the last 90 days: one call every 45 s, burst 10, safe to repeat.
func (c *Client) GetReports(ctx context.Context, req GetReportsRequest) (GetReportsResponse, error) {
	var out GetReportsResponse
	var report check.Report
	f := report.Fields()
	q := url.Values{}
	if req.NextToken != "" {
		q.Set("nextToken", req.NextToken)
	} else {
		f.Batch("reportTypes", len(req.ReportTypes), 10)
		if n := len(req.MarketplaceIDs); n > 10 {
			f.Add("marketplaceIds", "%d elements, at most 10 in one call", n)
		}
		setList(q, "reportTypes", req.ReportTypes)
		setList(q, "processingStatuses", req.ProcessingStatuses)
		setList(q, "marketplaceIds", req.MarketplaceIDs)
		setTime(q, "createdSince", req.CreatedSince)
		setTime(q, "createdUntil", req.CreatedUntil)
		if req.PageSize != 0 {
			f.Range("pageSize", req.PageSize, 1, 100)
			q.Set("pageSize", strconv.FormatInt(req.PageSize, 10))
		}
	}
	if err := report.Err(); err != nil {
		return out, c.calls.Refuse("getReports", "", err)
	}
	reply, err := c.do(ctx, "getReports", input{query: q}, &out)
	out.Reply = reply
	return out, err
}

// CancelReport takes a report out of the queue; never sent twice. The answer is 200 with nothing in it; GetReport shows it as cancelled.
func (c *Client) CancelReport(ctx context.Context, reportID string) (NoContent, error) {
	if reportID == "" {
		return NoContent{}, c.calls.Refuse("cancelReport", "", errNoReport)
	}
	reply, err := c.do(ctx, "cancelReport", input{vars: map[string]string{"reportId": reportID}}, nil)
	return NoContent{reply}, err
}

// How often WaitReport asks: often at first, since small reports are ready in seconds.
const (
	reportPause    = 5 * time.Second
	reportPauseMax = time.Minute
)

// WaitReport asks until a report is done, as long as ctx lets it. A report that was cancelled or failed is order.ErrConflict; one
// that Amazon cancelled by itself had nothing to report, which is the empty Report and no error. One in a state that is not known is
// order.ErrUndecodable with the Report as it is.
func (c *Client) WaitReport(ctx context.Context, reportID string) (Report, error) {
	for pause := reportPause; ; pause = min(pause*2, reportPauseMax) {
		got, err := c.GetReport(ctx, reportID)
		if err != nil {
			return Report{}, err
		}
		switch got.ProcessingStatus {
		case ReportDone:
			return got.Report, nil
		case ReportCancelled:
			return Report{}, nil
		case ReportInQueue, ReportInProgress:
		case ReportFatal:
			return got.Report, &order.Error{
				Class: order.ErrConflict, Mall: order.Amazon, Shop: c.cfg.Shop, Operation: "getReport", Code: string(ReportFatal),
				RequestID: got.Reply.RequestID, Message: "Amazon could not make the report", Hint: "check its type, marketplaces and period, and ask again",
			}
		default: // asking on might never end
			return got.Report, &order.Error{Class: order.ErrUndecodable, Mall: order.Amazon, Shop: c.cfg.Shop, Operation: "getReport",
				HTTPStatus: got.Reply.Status, RequestID: got.Reply.RequestID,
				Err:  fmt.Errorf("processingStatus %.40q is none that is known", got.ProcessingStatus),
				Hint: "whether the report is still being made is not known: look at it with GetReport"}
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return got.Report, &order.Error{Class: order.ErrLocalLimit, Mall: order.Amazon, Shop: c.cfg.Shop, Operation: "getReport",
				Err: ctx.Err(), Hint: "the report is not ready; ask again with WaitReport"}
		}
	}
}
