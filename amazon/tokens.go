package amazon

import (
	"context"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
)

// CreateRestrictedDataTokenRequest holds the parameters of CreateRestrictedDataToken.
type CreateRestrictedDataTokenRequest struct {
	// only to let another application use the token
	TargetApplication   string               `json:"targetApplication,omitempty"`
	RestrictedResources []RestrictedResource `json:"restrictedResources"` // at most 50
}

// RestrictedResource is one operation that the token gives access to.
type RestrictedResource struct {
	Method string `json:"method"` // GET, PUT, POST, DELETE
	// a path, or the operation's template, which covers every order; without a slash at the end
	Path string `json:"path"`
	// buyerInfo, shippingAddress, buyerTaxInformation; only for getOrders, getOrder and
	// getOrderItems of v0
	DataElements []string `json:"dataElements,omitempty"`
}

// CreateRestrictedDataTokenResponse is a Restricted Data Token (RDT).
type CreateRestrictedDataTokenResponse struct {
	RestrictedDataToken credential.Secret `json:"restrictedDataToken"`
	ExpiresIn           int64             `json:"expiresIn"` // seconds, 3600
	// without its Body, which holds the token
	Reply Reply `json:"-"`
}

// CreateRestrictedDataToken makes a token for personal data in Orders v0 and report documents;
// Orders v2026-01-01 needs none. A missing role for a data element is [order.ErrForbidden]. One
// call a second, burst 10. Safe to repeat.
func (c *Client) CreateRestrictedDataToken(
	ctx context.Context, req CreateRestrictedDataTokenRequest,
) (CreateRestrictedDataTokenResponse, error) {
	var out CreateRestrictedDataTokenResponse
	var report check.Report
	f := report.Fields()
	f.Batch("restrictedResources", len(req.RestrictedResources), 50)
	for i, r := range req.RestrictedResources {
		one := f.Item("restrictedResources", i)
		one.Required("method", r.Method)
		if !strings.HasPrefix(r.Path, "/") || strings.HasSuffix(r.Path, "/") {
			one.Add("path", "must begin with a slash and not end with one")
		}
	}
	if err := report.Err(); err != nil {
		return out, c.calls.Refuse("createRestrictedDataToken", "", err)
	}
	var plain struct {
		Token     string `json:"restrictedDataToken"`
		ExpiresIn int64  `json:"expiresIn"`
	}
	reply, err := c.do(ctx, "createRestrictedDataToken", input{body: req}, &plain)
	reply.Body = nil
	out = CreateRestrictedDataTokenResponse{credential.NewSecret(plain.Token), plain.ExpiresIn,
		reply}
	return out, err
}

// restricted is a Restricted Data Token that is reused until it expires.
type restricted struct {
	token credential.Secret
	ends  time.Time
}

// restrictedToken returns a token for one resource: a cached one if it has five minutes left.
func (c *Client) restrictedToken(
	ctx context.Context, r RestrictedResource,
) (credential.Secret, error) {
	key := r.Method + " " + r.Path + " " + strings.Join(r.DataElements, ",")
	now := time.Now()
	c.mu.Lock()
	kept, ok := c.restricted[key]
	c.mu.Unlock()
	if ok && now.Before(kept.ends) {
		return kept.token, nil
	}
	got, err := c.CreateRestrictedDataToken(ctx,
		CreateRestrictedDataTokenRequest{RestrictedResources: []RestrictedResource{r}})
	if err != nil {
		return credential.Secret{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, old := range c.restricted {
		if !now.Before(old.ends) {
			delete(c.restricted, k)
		}
	}
	c.restricted[key] = restricted{got.RestrictedDataToken,
		now.Add(time.Duration(got.ExpiresIn)*time.Second - 5*time.Minute)}
	return got.RestrictedDataToken, nil
}
