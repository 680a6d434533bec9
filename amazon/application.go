package amazon

import "context"

// RotateApplicationClientSecret asks Amazon for a new LWA client secret: one call a minute, never sent twice. It needs Config.Keys. The
// answer is 204 and nothing else; the notification with the new secret is the proof.
//
// The new secret does not come in the answer: it goes as an APPLICATION_OAUTH_CLIENT_NEW_SECRET notification (ParseNotifications)
// to the SQS queue that was registered in the developer console beforehand; without a queue the call is refused. The old secret
// lives seven days more.
func (c *Client) RotateApplicationClientSecret(ctx context.Context) (NoContent, error) {
	reply, err := c.do(ctx, "rotateApplicationClientSecret", input{}, nil)
	return NoContent{reply}, err
}
