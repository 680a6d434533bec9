package amazon

import "context"

// GetMarketplaceParticipationsResponse lists where the seller sells.
type GetMarketplaceParticipationsResponse struct {
	Payload []MarketplaceParticipation `json:"payload"`
	Errors  []ErrorDetail              `json:"errors,omitempty"`
	Reply   Reply                      `json:"-"`
}

// MarketplaceParticipation is one marketplace and whether the seller takes part in it.
type MarketplaceParticipation struct {
	Marketplace   SellerMarketplace `json:"marketplace"`
	Participation Participation     `json:"participation"`
	StoreName     string            `json:"storeName"`
}

// SellerMarketplace is a marketplace as the Sellers API describes it.
type SellerMarketplace struct {
	ID                  string `json:"id"`
	Name                string `json:"name"`
	CountryCode         string `json:"countryCode"`
	DefaultCurrencyCode string `json:"defaultCurrencyCode"`
	DefaultLanguageCode string `json:"defaultLanguageCode"`
	DomainName          string `json:"domainName"`
}

// Participation says how a seller takes part in a marketplace.
type Participation struct {
	IsParticipating      bool `json:"isParticipating"`
	HasSuspendedListings bool `json:"hasSuspendedListings"`
}

// GetMarketplaceParticipations lists the marketplaces of the seller: one call a minute, burst 15, safe to repeat.
func (c *Client) GetMarketplaceParticipations(ctx context.Context) (GetMarketplaceParticipationsResponse, error) {
	var out GetMarketplaceParticipationsResponse
	reply, err := c.do(ctx, "getMarketplaceParticipations", input{}, &out)
	out.Reply = reply
	return out, err
}
