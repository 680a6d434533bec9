package amazon

import "context"

// GetMarketplaceParticipationsResponse is the answer to GetMarketplaceParticipations.
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

// Participation is the seller's state in a marketplace.
type Participation struct {
	IsParticipating      bool `json:"isParticipating"`
	HasSuspendedListings bool `json:"hasSuspendedListings"`
}

// GetMarketplaceParticipations lists the marketplaces of the seller. One call every 62.5 s, burst
// 15. Safe to repeat.
func (c *Client) GetMarketplaceParticipations(
	ctx context.Context,
) (GetMarketplaceParticipationsResponse, error) {
	var out GetMarketplaceParticipationsResponse
	reply, err := c.do(ctx, "getMarketplaceParticipations", input{}, &out)
	out.Reply = reply
	return out, err
}

// GetAccountResponse is the answer to GetAccount.
type GetAccountResponse struct {
	Payload Account       `json:"payload,omitzero"`
	Errors  []ErrorDetail `json:"errors,omitempty"`
	Reply   Reply         `json:"-"`
}

// Account is the seller's account.
type Account struct {
	MarketplaceParticipationList []MarketplaceParticipation `json:"marketplaceParticipationList"`
	// SOLE_PROPRIETORSHIP, PRIVATE_LIMITED, INDIVIDUAL, …
	BusinessType string `json:"businessType"`
	// PROFESSIONAL (大口), INDIVIDUAL (小口)
	SellingPlan    string           `json:"sellingPlan"`
	Business       *AccountBusiness `json:"business,omitempty"`
	PrimaryContact *AccountContact  `json:"primaryContact,omitempty"`
}

// AccountBusiness is the seller's company.
type AccountBusiness struct {
	Name                           string         `json:"name"`
	RegisteredBusinessAddress      AccountAddress `json:"registeredBusinessAddress"`
	CompanyRegistrationNumber      string         `json:"companyRegistrationNumber,omitempty"`
	CompanyTaxIdentificationNumber string         `json:"companyTaxIdentificationNumber,omitempty"`
	NonLatinName                   string         `json:"nonLatinName,omitempty"`
}

// AccountContact is the seller's contact person.
type AccountContact struct {
	Name         string         `json:"name"`
	Address      AccountAddress `json:"address"`
	NonLatinName string         `json:"nonLatinName,omitempty"`
}

// AccountAddress is an address of the seller.
type AccountAddress struct {
	AddressLine1        string `json:"addressLine1"`
	AddressLine2        string `json:"addressLine2,omitempty"`
	CountryCode         string `json:"countryCode"`
	StateOrProvinceCode string `json:"stateOrProvinceCode,omitempty"`
	City                string `json:"city,omitempty"`
	PostalCode          string `json:"postalCode,omitempty"`
}

// GetAccount reads the seller's account. One call every 62.5 s, burst 15. Safe to repeat.
func (c *Client) GetAccount(ctx context.Context) (GetAccountResponse, error) {
	var out GetAccountResponse
	reply, err := c.do(ctx, "getAccount", input{}, &out)
	out.Reply = reply
	return out, err
}
