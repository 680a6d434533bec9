package amazon

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// ReportDocument says where a report's file is.
type ReportDocument struct {
	ReportDocumentID string `json:"reportDocumentId"`
	// valid for five minutes; whoever has it can read the file
	URL                  string `json:"url"`
	CompressionAlgorithm string `json:"compressionAlgorithm,omitempty"` // GZIP or empty
}

// Format prints everything but the URL, whose signature is a key to the file.
func (d ReportDocument) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "report document %s %s", d.ReportDocumentID, d.CompressionAlgorithm)
}

// LogValue returns what Format prints.
func (d ReportDocument) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(d)) }

// GetReportDocumentResponse is the answer to GetReportDocument.
type GetReportDocumentResponse struct {
	ReportDocument
	Reply Reply `json:"-"`
}

// GetReportDocument returns the address of a report's file. For a report with personal data
// ([ActionableOrders], [OrdersShipping]) it first gets a Restricted Data Token for this document
// alone. One call a minute, burst 15. Safe to repeat.
func (c *Client) GetReportDocument(
	ctx context.Context, reportDocumentID string, t ReportType,
) (GetReportDocumentResponse, error) {
	var out GetReportDocumentResponse
	if reportDocumentID == "" {
		return out, c.calls.Refuse("getReportDocument", "", errors.New("reportDocumentId is empty"))
	}
	in := input{vars: map[string]string{"reportDocumentId": reportDocumentID}, id: reportDocumentID}
	if t.restricted() {
		var err error
		in.token, err = c.restrictedToken(ctx,
			RestrictedResource{Method: get, Path: reports + "documents/" + reportDocumentID})
		if err != nil {
			return out, err
		}
	}
	reply, err := c.do(ctx, "getReportDocument", in, &out)
	out.Reply = reply
	return out, err
}

// OpenReport downloads a report's file and returns its rows as they arrive. It holds one line in
// memory, whatever the size of the file. Close the reader. The file is requested once, and without
// any key. If the download breaks off, open it again. A Timeout of [Config.HTTPClient] limits the
// whole download.
func (c *Client) OpenReport(
	ctx context.Context, reportDocumentID string, t ReportType,
) (*ReportReader, error) {
	doc, err := c.GetReportDocument(ctx, reportDocumentID, t)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, get, doc.URL, nil)
	if err != nil || !strings.HasPrefix(doc.URL, "http") {
		return nil, c.document(order.ErrUndecodable, 0,
			errors.New("the document's address is no URL"))
	}
	resp, err := c.files.Do(req)
	if err != nil {
		return nil, c.document(order.ErrTemporary, 0, transport.Cause(ctx, err))
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		class := transport.ClassOf(resp.StatusCode)
		if resp.StatusCode == http.StatusForbidden { // the address has expired
			class = order.ErrTemporary
		}
		return nil, c.document(class, resp.StatusCode,
			errors.New("the document could not be downloaded"))
	}
	var body io.Reader = resp.Body
	switch doc.CompressionAlgorithm {
	case "":
	case "GZIP":
		unzipped, err := gzip.NewReader(resp.Body)
		if err != nil {
			resp.Body.Close()
			return nil, c.document(order.ErrUndecodable, resp.StatusCode,
				errors.New("the document is not compressed as it should be"))
		}
		body = unzipped
	default:
		resp.Body.Close()
		return nil, c.document(order.ErrUndecodable, resp.StatusCode,
			fmt.Errorf("the document is compressed with %q", doc.CompressionAlgorithm))
	}
	r, err := newReportReader(body, resp.Header.Get("Content-Type"), func(err error) error {
		return c.document(order.ErrTemporary, resp.StatusCode, transport.Cause(ctx, err))
	})
	if err != nil {
		resp.Body.Close()
		if !errors.As(err, new(*order.Error)) {
			err = c.document(order.ErrUndecodable, resp.StatusCode, err)
		}
		return nil, err
	}
	r.close = resp.Body.Close
	return r, nil
}

func (c *Client) document(class order.Class, status int, err error) error {
	return &order.Error{Class: class, Mall: order.Amazon, Shop: c.cfg.Shop,
		Operation: "getReportDocument", HTTPStatus: status, Err: err}
}

// ReadReport creates a report, waits until it is ready and opens it. Empty MarketplaceIDs are
// [Config.Marketplaces]. A report with nothing to report has no rows.
func (c *Client) ReadReport(ctx context.Context, req CreateReportRequest) (*ReportReader, error) {
	if len(req.MarketplaceIDs) == 0 {
		req.MarketplaceIDs = c.cfg.Marketplaces
	}
	made, err := c.CreateReport(ctx, req)
	if err != nil {
		return nil, err
	}
	report, err := c.WaitReport(ctx, made.ReportID)
	if err != nil {
		return nil, err
	}
	if report.ReportDocumentID == "" {
		return &ReportReader{}, nil
	}
	return c.OpenReport(ctx, report.ReportDocumentID, req.ReportType)
}
