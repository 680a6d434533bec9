package amazon

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/order"
)

// ReportType is the type of a report. Types other than the constants work too.
type ReportType string

// The order reports.
const (
	// ActionableOrders is the report of unshipped merchant-fulfilled orders (未出荷注文レポート), with buyer
	// and recipient. It needs the delivery role and a Restricted Data Token, which the client gets
	// by itself.
	ActionableOrders ReportType = "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"
	// OrdersShipping is the report of merchant-fulfilled orders of up to 60 days. It needs the same
	// role and token.
	OrdersShipping ReportType = "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"
	// AllOrdersByUpdate and AllOrdersByDate list all orders without buyers. A document of 2022
	// limits them to North America and Europe; whether Japan has them is not confirmed.
	AllOrdersByUpdate ReportType = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"
	AllOrdersByDate   ReportType = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
	// PendingOrders is the report of pending orders. Only Japan has it.
	PendingOrders ReportType = "GET_FLAT_FILE_PENDING_ORDERS_DATA"
)

// restricted reports whether a report's document needs a Restricted Data Token.
func (t ReportType) restricted() bool { return t == ActionableOrders || t == OrdersShipping }

// ProcessingStatus is the state of a report.
type ProcessingStatus string

// The values of [ProcessingStatus]. Amazon may send others.
const (
	ReportInQueue    ProcessingStatus = "IN_QUEUE"
	ReportInProgress ProcessingStatus = "IN_PROGRESS"
	ReportDone       ProcessingStatus = "DONE"
	// by request; or without one, when there was nothing to report
	ReportCancelled ProcessingStatus = "CANCELLED"
	ReportFatal     ProcessingStatus = "FATAL"
)

// Known reports whether the value is documented.
func (p ProcessingStatus) Known() bool {
	switch p {
	case ReportInQueue, ReportInProgress, ReportDone, ReportCancelled, ReportFatal:
		return true
	}
	return false
}

// CreateReportRequest holds the parameters of CreateReport.
type CreateReportRequest struct {
	ReportType     ReportType        `json:"reportType"`
	MarketplaceIDs []string          `json:"marketplaceIds"` // at most 25
	DataStartTime  DateTime          `json:"dataStartTime,omitempty"`
	DataEndTime    DateTime          `json:"dataEndTime,omitempty"`
	ReportOptions  map[string]string `json:"reportOptions,omitempty"`
}

// CreateReportResponse is the answer to CreateReport.
type CreateReportResponse struct {
	ReportID string `json:"reportId"`
	Reply    Reply  `json:"-"`
}

// CreateReport requests a report. The answer is 202 with the report's id, by which GetReport finds
// it. One call a minute, burst 15. Not safe to repeat: sent once.
func (c *Client) CreateReport(
	ctx context.Context, req CreateReportRequest,
) (CreateReportResponse, error) {
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

// Report is a report and its state.
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

// GetReportResponse is the answer to GetReport.
type GetReportResponse struct {
	Report
	Reply Reply `json:"-"`
}

// GetReport reads the state of a report. One call every 0.5 s, burst 15. Safe to repeat.
func (c *Client) GetReport(ctx context.Context, reportID string) (GetReportResponse, error) {
	var out GetReportResponse
	if reportID == "" {
		return out, c.calls.Refuse("getReport", "", errNoReport)
	}
	reply, err := c.do(ctx, "getReport",
		input{vars: map[string]string{"reportId": reportID}, id: reportID}, &out)
	out.Reply = reply
	return out, err
}

var errNoReport = errors.New("reportId is empty")

// GetReportsRequest holds the parameters of GetReports. With NextToken the other fields are not
// sent.
type GetReportsRequest struct {
	ReportTypes        []ReportType // at most 10; required without NextToken
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

// GetReports lists reports of the last 90 days. One call every 45 s, burst 10. Safe to repeat.
func (c *Client) GetReports(
	ctx context.Context, req GetReportsRequest,
) (GetReportsResponse, error) {
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

// CancelReport takes a report out of the queue. The answer is 200 without content; GetReport shows
// the report as cancelled. One call every 45 s, burst 10. Not safe to repeat: sent once.
func (c *Client) CancelReport(ctx context.Context, reportID string) (NoContent, error) {
	if reportID == "" {
		return NoContent{}, c.calls.Refuse("cancelReport", "", errNoReport)
	}
	reply, err := c.do(ctx, "cancelReport", input{vars: map[string]string{"reportId": reportID}},
		nil)
	return NoContent{reply}, err
}

// How often WaitReport calls GetReport: often at first, since small reports are ready in seconds.
const (
	reportPause    = 5 * time.Second
	reportPauseMax = time.Minute
)

// WaitReport calls GetReport until a report is done or ctx ends ([order.ErrLocalLimit]). A
// cancelled report is returned as the zero Report without an error, because Amazon cancels a report
// when there is nothing to report. A failed report is [order.ErrConflict]. One in an unknown state
// is [order.ErrUndecodable], with the Report as read.
func (c *Client) WaitReport(ctx context.Context, reportID string) (Report, error) {
	for wait := reportPause; ; wait = min(wait*2, reportPauseMax) {
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
				Class: order.ErrConflict, Mall: order.Amazon, Shop: c.cfg.Shop,
				Operation: "getReport", Code: string(ReportFatal),
				RequestID: got.Reply.RequestID, Message: "Amazon could not make the report",
				Hint: order.Text{EN: "check its type, marketplaces and period, and ask again",
					JA: "レポートの種類・マーケットプレイス・期間を確認して、もう一度依頼してください"},
			}
		default: // polling might never end
			return got.Report, &order.Error{Class: order.ErrUndecodable, Mall: order.Amazon,
				Shop: c.cfg.Shop, Operation: "getReport",
				HTTPStatus: got.Reply.Status, RequestID: got.Reply.RequestID,
				Err: fmt.Errorf("processingStatus %.40q is not known", got.ProcessingStatus),
				Hint: order.Text{
					EN: "it is unknown whether the report is still being created: check it with GetReport",
					JA: "レポートが作成中かどうか不明です。セラーセントラルのレポート画面で確認してください"}}
		}
		if err := pause.For(ctx, wait); err != nil {
			return got.Report, &order.Error{Class: order.ErrLocalLimit, Mall: order.Amazon,
				Shop: c.cfg.Shop, Operation: "getReport",
				Err: err, Hint: order.Text{
					EN: "the report is not ready; ask again with WaitReport",
					JA: "レポートはまだできていません。しばらくしてからもう一度確認してください"}}
		}
	}
}
