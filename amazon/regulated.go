package amazon

import (
	"context"
	"errors"
	"math"

	"github.com/jpmall/jpmall/internal/check"
)

// GetOrderRegulatedInfoResponse is the answer to GetOrderRegulatedInfo.
type GetOrderRegulatedInfoResponse struct {
	Payload OrderRegulatedInfo `json:"payload,omitzero"`
	Errors  []ErrorDetail      `json:"errors,omitempty"`
	Reply   Reply              `json:"-"`
}

// OrderRegulatedInfo is what the seller must check of a regulated order (規制商品).
type OrderRegulatedInfo struct {
	AmazonOrderID                    string                           `json:"AmazonOrderId"`
	RegulatedInformation             RegulatedInformation             `json:"RegulatedInformation"`
	RequiresDosageLabel              bool                             `json:"RequiresDosageLabel"`
	RegulatedOrderVerificationStatus RegulatedOrderVerificationStatus `json:"RegulatedOrderVerificationStatus"`
}

// RegulatedInformation is what the buyer entered.
type RegulatedInformation struct {
	Fields []RegulatedInformationField `json:"Fields"`
}

// RegulatedInformationField is one answer of the buyer.
type RegulatedInformationField struct {
	FieldID    string `json:"FieldId"`
	FieldLabel string `json:"FieldLabel"`
	FieldType  string `json:"FieldType"`  // Text, FileAttachment
	FieldValue string `json:"FieldValue"` // a download URL for FileAttachment
}

// VerificationStatus is the state of the verification of a regulated order.
type VerificationStatus string

// The values of [VerificationStatus]. Amazon may send others.
const (
	VerificationPending   VerificationStatus = "Pending"
	VerificationApproved  VerificationStatus = "Approved"
	VerificationRejected  VerificationStatus = "Rejected"
	VerificationExpired   VerificationStatus = "Expired"
	VerificationCancelled VerificationStatus = "Cancelled"
)

// Known reports whether the value is documented.
func (v VerificationStatus) Known() bool {
	switch v {
	case VerificationPending, VerificationApproved, VerificationRejected, VerificationExpired,
		VerificationCancelled:
		return true
	}
	return false
}

// RegulatedOrderVerificationStatus is the state of the verification, with the allowed answers.
type RegulatedOrderVerificationStatus struct {
	Status VerificationStatus `json:"Status"`
	// the seller must verify the order
	RequiresMerchantAction   bool                      `json:"RequiresMerchantAction"`
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

// ValidVerificationDetail lists the statuses that a detail may be sent with.
type ValidVerificationDetail struct {
	VerificationDetailType    string               `json:"VerificationDetailType"`
	ValidVerificationStatuses []VerificationStatus `json:"ValidVerificationStatuses"`
}

// ValidInterimStatusCode is a code for [InterimStatusDetail].
type ValidInterimStatusCode struct {
	StatusCode        string `json:"StatusCode"`
	StatusDescription string `json:"StatusDescription"`
}

// GetOrderRegulatedInfo reads the regulated information of an order. It includes health data: do
// not log it. One call every 2 s, burst 30. Safe to repeat.
func (c *Client) GetOrderRegulatedInfo(
	ctx context.Context, orderID string,
) (GetOrderRegulatedInfoResponse, error) {
	var out GetOrderRegulatedInfoResponse
	if orderID == "" {
		return out, c.calls.Refuse("getOrderRegulatedInfo", "", errors.New("orderId is empty"))
	}
	reply, err := c.do(ctx, "getOrderRegulatedInfo", forOrder(orderID, nil), &out)
	out.Reply = reply
	return out, err
}

// UpdateVerificationStatusRequest holds the parameters of UpdateVerificationStatus.
type UpdateVerificationStatusRequest struct {
	OrderID                          string                              `json:"-"`
	RegulatedOrderVerificationStatus UpdateVerificationStatusRequestBody `json:"regulatedOrderVerificationStatus"`
}

// UpdateVerificationStatusRequestBody is the seller's decision: Approved, Rejected with a reason,
// or Pending with an interim status.
type UpdateVerificationStatusRequestBody struct {
	Status              VerificationStatus   `json:"status,omitempty"`
	ExternalReviewerID  string               `json:"externalReviewerId"`
	RejectionReasonID   string               `json:"rejectionReasonId,omitempty"`
	VerificationDetails *VerificationDetails `json:"verificationDetails,omitempty"`
}

// VerificationDetails are the details of a decision.
type VerificationDetails struct {
	PrescriptionDetail *PrescriptionDetail `json:"prescriptionDetail,omitempty"`
	// only with Rejected
	ApprovedAlternativeDetails []ApprovedAttribute `json:"approvedAlternativeDetails,omitempty"`
	// only with Pending
	InterimStatusDetail *InterimStatusDetail `json:"interimStatusDetail,omitempty"`
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

// InterimStatusDetail is the state of a pending verification.
type InterimStatusDetail struct {
	StatusCode     string   `json:"statusCode"`
	StatusDateTime DateTime `json:"statusDateTime"`
}

// UpdateVerificationStatus sends the seller's decision on a regulated order. The answer is 204
// without content; GetOrderRegulatedInfo shows the new status. One call every 2 s, burst 30. Not
// safe to repeat: sent once.
func (c *Client) UpdateVerificationStatus(
	ctx context.Context, req UpdateVerificationStatusRequest,
) (NoContent, error) {
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

// checkDetails checks the details of a decision against its status and the model's limits.
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
