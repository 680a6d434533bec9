package amazon

import (
	"context"
	"errors"
	"math"

	"github.com/jpmall/jpmall/internal/check"
)

// GetOrderRegulatedInfoResponse is what a regulated order (規制商品) has to be checked for.
type GetOrderRegulatedInfoResponse struct {
	Payload OrderRegulatedInfo `json:"payload,omitzero"`
	Errors  []ErrorDetail      `json:"errors,omitempty"`
	Reply   Reply              `json:"-"`
}

// OrderRegulatedInfo is the regulated information of an order.
type OrderRegulatedInfo struct {
	AmazonOrderID                    string                           `json:"AmazonOrderId"`
	RegulatedInformation             RegulatedInformation             `json:"RegulatedInformation"`
	RequiresDosageLabel              bool                             `json:"RequiresDosageLabel"`
	RegulatedOrderVerificationStatus RegulatedOrderVerificationStatus `json:"RegulatedOrderVerificationStatus"`
}

// RegulatedInformation is what the buyer filled in.
type RegulatedInformation struct {
	Fields []RegulatedInformationField `json:"Fields"`
}

// RegulatedInformationField is one answer of the buyer. For FileAttachment the value is a download URL.
type RegulatedInformationField struct {
	FieldID    string `json:"FieldId"`
	FieldLabel string `json:"FieldLabel"`
	FieldType  string `json:"FieldType"` // Text, FileAttachment
	FieldValue string `json:"FieldValue"`
}

// VerificationStatus is how far the check of a regulated order is.
type VerificationStatus string

// The verification statuses.
const (
	VerificationPending   VerificationStatus = "Pending"
	VerificationApproved  VerificationStatus = "Approved"
	VerificationRejected  VerificationStatus = "Rejected"
	VerificationExpired   VerificationStatus = "Expired"
	VerificationCancelled VerificationStatus = "Cancelled"
)

// RegulatedOrderVerificationStatus is the state of the check, and what may be answered.
type RegulatedOrderVerificationStatus struct {
	Status                   VerificationStatus        `json:"Status"`
	RequiresMerchantAction   bool                      `json:"RequiresMerchantAction"` // the seller has to check
	ValidRejectionReasons    []RejectionReason         `json:"ValidRejectionReasons"`
	RejectionReason          *RejectionReason          `json:"RejectionReason,omitempty"`
	ReviewDate               DateTime                  `json:"ReviewDate,omitempty"`
	ExternalReviewerID       string                    `json:"ExternalReviewerId,omitempty"`
	ValidVerificationDetails []ValidVerificationDetail `json:"ValidVerificationDetails,omitempty"`
	ValidInterimStatusCodes  []ValidInterimStatusCode  `json:"ValidInterimStatusCodes,omitempty"`
}

// RejectionReason is a reason to reject.
type RejectionReason struct {
	RejectionReasonID          string `json:"RejectionReasonId"`
	RejectionReasonDescription string `json:"RejectionReasonDescription"`
}

// ValidVerificationDetail says which details go with which status.
type ValidVerificationDetail struct {
	VerificationDetailType    string               `json:"VerificationDetailType"`
	ValidVerificationStatuses []VerificationStatus `json:"ValidVerificationStatuses"`
}

// ValidInterimStatusCode is a code for InterimStatusDetail.
type ValidInterimStatusCode struct {
	StatusCode        string `json:"StatusCode"`
	StatusDescription string `json:"StatusDescription"`
}

// GetOrderRegulatedInfo reads the regulated information of an order: one call every 2 s, burst 30, safe to repeat. It holds data
// about health; do not log it.
func (c *Client) GetOrderRegulatedInfo(ctx context.Context, orderID string) (GetOrderRegulatedInfoResponse, error) {
	var out GetOrderRegulatedInfoResponse
	if orderID == "" {
		return out, c.calls.Refuse("getOrderRegulatedInfo", "", errors.New("orderId is empty"))
	}
	reply, err := c.do(ctx, "getOrderRegulatedInfo", forOrder(orderID, nil), &out)
	out.Reply = reply
	return out, err
}

// UpdateVerificationStatusRequest is the seller's answer to a regulated order.
type UpdateVerificationStatusRequest struct {
	OrderID                          string                              `json:"-"`
	RegulatedOrderVerificationStatus UpdateVerificationStatusRequestBody `json:"regulatedOrderVerificationStatus"`
}

// UpdateVerificationStatusRequestBody is the answer: Approved, Rejected with a reason, or Pending with an interim status.
type UpdateVerificationStatusRequestBody struct {
	Status              VerificationStatus   `json:"status,omitempty"`
	ExternalReviewerID  string               `json:"externalReviewerId"`
	RejectionReasonID   string               `json:"rejectionReasonId,omitempty"`
	VerificationDetails *VerificationDetails `json:"verificationDetails,omitempty"`
}

// VerificationDetails go with an answer.
type VerificationDetails struct {
	PrescriptionDetail         *PrescriptionDetail  `json:"prescriptionDetail,omitempty"`
	ApprovedAlternativeDetails []ApprovedAttribute  `json:"approvedAlternativeDetails,omitempty"` // only with Rejected
	InterimStatusDetail        *InterimStatusDetail `json:"interimStatusDetail,omitempty"`        // only with Pending
}

// PrescriptionDetail is a prescription.
type PrescriptionDetail struct {
	PrescriptionID         string   `json:"prescriptionId"`
	ExpirationDate         DateTime `json:"expirationDate"`
	WrittenQuantity        int64    `json:"writtenQuantity"`
	TotalRefillsAuthorized int64    `json:"totalRefillsAuthorized"`
	RefillsRemaining       int64    `json:"refillsRemaining"`
	ClinicID               string   `json:"clinicId"`
	UsageInstructions      string   `json:"usageInstructions"`
}

// ApprovedAttribute is a change that would make the order acceptable.
type ApprovedAttribute struct {
	AttributeName string `json:"attributeName"`
	OriginalValue string `json:"originalValue"`
	ApprovedValue string `json:"approvedValue"`
}

// InterimStatusDetail is how far a check is that is not over.
type InterimStatusDetail struct {
	StatusCode     string   `json:"statusCode"`
	StatusDateTime DateTime `json:"statusDateTime"`
}

// UpdateVerificationStatus answers a regulated order: one call every 2 s, burst 30, never sent twice. The answer is 204 and nothing
// else; GetOrderRegulatedInfo shows the new status.
func (c *Client) UpdateVerificationStatus(ctx context.Context, req UpdateVerificationStatusRequest) (NoContent, error) {
	var report check.Report
	f := report.Fields()
	f.Required("orderId", req.OrderID)
	body := f.In("regulatedOrderVerificationStatus")
	body.Required("externalReviewerId", req.RegulatedOrderVerificationStatus.ExternalReviewerID)
	if req.RegulatedOrderVerificationStatus.Status == VerificationRejected {
		body.Required("rejectionReasonId", req.RegulatedOrderVerificationStatus.RejectionReasonID)
	}
	checkDetails(body, req.RegulatedOrderVerificationStatus)
	if err := report.Err(); err != nil {
		return NoContent{}, c.calls.Refuse("updateVerificationStatus", req.OrderID, err)
	}
	reply, err := c.do(ctx, "updateVerificationStatus", forOrder(req.OrderID, req), nil)
	return NoContent{reply}, err
}

// checkDetails holds the details of an answer against its status and the model's bounds.
func checkDetails(f check.Fields, b UpdateVerificationStatusRequestBody) {
	d := b.VerificationDetails
	if d == nil {
		return
	}
	at := f.In("verificationDetails")
	if len(d.ApprovedAlternativeDetails) > 0 && b.Status != VerificationRejected {
		at.Add("approvedAlternativeDetails", "belongs to Rejected only")
	}
	if d.InterimStatusDetail != nil && b.Status != VerificationPending {
		at.Add("interimStatusDetail", "belongs to Pending only")
	}
	if p := d.PrescriptionDetail; p != nil {
		at = at.In("prescriptionDetail")
		at.Range("writtenQuantity", p.WrittenQuantity, 1, math.MaxInt64)
		at.Range("totalRefillsAuthorized", p.TotalRefillsAuthorized, 0, math.MaxInt64)
		at.Range("refillsRemaining", p.RefillsRemaining, 0, math.MaxInt64)
	}
}
