package amazon

import (
	"context"
	"errors"
	"regexp"

	"github.com/jpmall/jpmall/internal/check"
)

// Destination is a queue or event bus that receives notifications (通知). Destinations belong to the
// application, so their operations are grantless and need [Config.Keys].
type Destination struct {
	Name          string              `json:"name"`
	DestinationID string              `json:"destinationId"`
	Resource      DestinationResource `json:"resource"`
}

// DestinationResource is what a destination delivers to. Exactly one field is set.
type DestinationResource struct {
	SQS         *SQSResource         `json:"sqs,omitempty"`
	EventBridge *EventBridgeResource `json:"eventBridge,omitempty"`
}

// SQSResource is an Amazon SQS queue, whose policy must allow SP-API to send.
type SQSResource struct {
	ARN string `json:"arn"`
}

// EventBridgeResource is an Amazon EventBridge partner event source.
type EventBridgeResource struct {
	Name      string `json:"name,omitempty"` // set by Amazon
	Region    string `json:"region"`
	AccountID string `json:"accountId"`
}

// CreateDestinationRequest holds the parameters of CreateDestination.
type CreateDestinationRequest struct {
	ResourceSpecification DestinationResource `json:"resourceSpecification"`
	Name                  string              `json:"name"` // at most 256 characters
}

// DestinationResponse is the answer to CreateDestination and GetDestination.
type DestinationResponse struct {
	Payload Destination   `json:"payload,omitzero"`
	Errors  []ErrorDetail `json:"errors,omitempty"`
	Reply   Reply         `json:"-"`
}

// GetDestinationsResponse is the answer to GetDestinations.
type GetDestinationsResponse struct {
	Payload []Destination `json:"payload,omitempty"`
	Errors  []ErrorDetail `json:"errors,omitempty"`
	Reply   Reply         `json:"-"`
}

var queueARN = regexp.MustCompile(`^arn:aws:sqs:\S+:\S+:\S+$`)

// CreateDestination registers a destination. The answer has its id, by which GetDestination finds
// it. One call a second, burst 5. Not safe to repeat: sent once.
func (c *Client) CreateDestination(
	ctx context.Context, req CreateDestinationRequest,
) (DestinationResponse, error) {
	var out DestinationResponse
	var report check.Report
	f := report.Fields()
	f.Required("name", req.Name)
	f.Chars("name", req.Name, 256)
	r := req.ResourceSpecification
	if (r.SQS == nil) == (r.EventBridge == nil) {
		f.Add("resourceSpecification", "exactly one of sqs and eventBridge is needed")
	}
	if r.SQS != nil && !queueARN.MatchString(r.SQS.ARN) {
		f.In("resourceSpecification").Add("sqs.arn", "is no ARN of an SQS queue")
	}
	if r.EventBridge != nil {
		f.In("resourceSpecification").In("eventBridge").Required("region", r.EventBridge.Region)
		f.In("resourceSpecification").In("eventBridge").Required("accountId",
			r.EventBridge.AccountID)
	}
	if err := report.Err(); err != nil {
		return out, c.calls.Refuse("createDestination", "", err)
	}
	reply, err := c.do(ctx, "createDestination", input{body: req}, &out)
	out.Reply = reply
	return out, err
}

// GetDestinations lists all destinations of the application. One call a second, burst 5. Safe to
// repeat.
func (c *Client) GetDestinations(ctx context.Context) (GetDestinationsResponse, error) {
	var out GetDestinationsResponse
	reply, err := c.do(ctx, "getDestinations", input{}, &out)
	out.Reply = reply
	return out, err
}

// GetDestination reads one destination. One call a second, burst 5. Safe to repeat.
func (c *Client) GetDestination(
	ctx context.Context, destinationID string,
) (DestinationResponse, error) {
	var out DestinationResponse
	if destinationID == "" {
		return out, c.calls.Refuse("getDestination", "", errors.New("destinationId is empty"))
	}
	reply, err := c.do(ctx, "getDestination",
		input{vars: map[string]string{"destinationId": destinationID}, id: destinationID}, &out)
	out.Reply = reply
	return out, err
}

// DeleteDestination removes a destination. The answer is 200 with an empty object; GetDestinations
// no longer lists it. One call a second, burst 5. Not safe to repeat: sent once.
func (c *Client) DeleteDestination(ctx context.Context, destinationID string) (NoContent, error) {
	if destinationID == "" {
		return NoContent{}, c.calls.Refuse("deleteDestination", "",
			errors.New("destinationId is empty"))
	}
	reply, err := c.do(ctx, "deleteDestination",
		input{vars: map[string]string{"destinationId": destinationID}}, nil)
	return NoContent{reply}, err
}
