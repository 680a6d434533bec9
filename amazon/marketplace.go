package amazon

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Japan is the marketplace id of Amazon.co.jp, the default of [Config.Marketplaces].
const Japan = "A1VC38T7YXB528"

// Region is a part of the world with its own hosts. An authorisation, and so a refresh token, is
// valid in one region only.
type Region string

// The regions.
const (
	FarEast      Region = "fe"
	NorthAmerica Region = "na"
	Europe       Region = "eu"
)

// Marketplace is the Amazon store of one country.
type Marketplace struct {
	ID            string
	Country       string // ISO 3166-1 alpha-2
	Name          string
	Region        Region
	SellerCentral string // base URL of the consent page
}

// marketplaces is the table of section "Marketplace IDs" of Amazon's documentation, Japan first.
// https://developer-docs.amazon.com/sp-api/docs/marketplace-ids
var marketplaces = []Marketplace{
	{Japan, "JP", "Japan", FarEast, "https://sellercentral.amazon.co.jp"},
	{"A39IBJ37TRP1C6", "AU", "Australia", FarEast, "https://sellercentral.amazon.com.au"},
	{"A19VAU5U5O7RUS", "SG", "Singapore", FarEast, "https://sellercentral.amazon.sg"},
	{"ATVPDKIKX0DER", "US", "United States", NorthAmerica, "https://sellercentral.amazon.com"},
	{"A2EUQ1WTGCTBG2", "CA", "Canada", NorthAmerica, "https://sellercentral.amazon.ca"},
	{"A1AM78C64UM0Y8", "MX", "Mexico", NorthAmerica, "https://sellercentral.amazon.com.mx"},
	{"A2Q3Y263D00KWC", "BR", "Brazil", NorthAmerica, "https://sellercentral.amazon.com.br"},
	{"A28R8C7NBKEWEA", "IE", "Ireland", Europe, sellerCentralEurope},
	{"A1RKKUPIHCS9HS", "ES", "Spain", Europe, sellerCentralEurope},
	{"A1F83G8C2ARO7P", "GB", "United Kingdom", Europe, sellerCentralEurope},
	{"A13V1IB3VIYZZH", "FR", "France", Europe, sellerCentralEurope},
	{"AMEN7PMS3EDWL", "BE", "Belgium", Europe, sellerCentralEurope},
	{"A1805IZSGTT6HS", "NL", "Netherlands", Europe, sellerCentralEurope},
	{"A1PA6795UKMFR9", "DE", "Germany", Europe, sellerCentralEurope},
	{"APJ6JRA9NG5V4", "IT", "Italy", Europe, sellerCentralEurope},
	{"A2NODRKZP88ZB9", "SE", "Sweden", Europe, sellerCentralEurope},
	{"AE08WJ6YKNBMC", "ZA", "South Africa", Europe, "https://sellercentral.amazon.co.za"},
	{"A1C3SOZRARQ6R3", "PL", "Poland", Europe, sellerCentralEurope},
	{"ARBP9OOSHTCHU", "EG", "Egypt", Europe, "https://sellercentral.amazon.eg"},
	{"A33AVAJ2PDY3EV", "TR", "Turkey", Europe, "https://sellercentral.amazon.com.tr"},
	{"A17E79C6D8DWNP", "SA", "Saudi Arabia", Europe, "https://sellercentral.amazon.sa"},
	{"A2VIGQ35RCS4UG", "AE", "United Arab Emirates", Europe, "https://sellercentral.amazon.ae"},
	{"A21TJRUUN4KGV", "IN", "India", Europe, "https://sellercentral.amazon.in"},
}

const sellerCentralEurope = "https://sellercentral-europe.amazon.com"

// Marketplaces returns all marketplaces, Japan first.
func Marketplaces() []Marketplace { return slices.Clone(marketplaces) }

// MarketplaceByID returns the marketplace with the id; false when there is none.
func MarketplaceByID(id string) (Marketplace, bool) {
	i := slices.IndexFunc(marketplaces, func(m Marketplace) bool { return m.ID == id })
	if i < 0 {
		return Marketplace{}, false
	}
	return marketplaces[i], true
}

// MarketplaceByCountry returns the marketplace of a country code, in any case; UK is read as GB.
func MarketplaceByCountry(code string) (Marketplace, bool) {
	code = strings.ToUpper(code)
	if code == "UK" {
		code = "GB"
	}
	i := slices.IndexFunc(marketplaces, func(m Marketplace) bool { return m.Country == code })
	if i < 0 {
		return Marketplace{}, false
	}
	return marketplaces[i], true
}

// Endpoint is the base URL of a region, production or sandbox. The zero Endpoint is the production
// host of the region of [Config.Marketplaces].
type Endpoint string

// The endpoints. A sandbox host serves both sandboxes, and the operation decides which one answers:
// the static one returns canned cases (Orders, Tokens, Sellers, Reports), the dynamic one keeps
// state (for the few APIs that have it). A sandbox allows each operation 5 calls a second with a
// burst of 15. https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints
const (
	FarEastEndpoint      Endpoint = "https://sellingpartnerapi-fe.amazon.com"
	NorthAmericaEndpoint Endpoint = "https://sellingpartnerapi-na.amazon.com"
	EuropeEndpoint       Endpoint = "https://sellingpartnerapi-eu.amazon.com"
	FarEastSandbox       Endpoint = "https://sandbox.sellingpartnerapi-fe.amazon.com"
	NorthAmericaSandbox  Endpoint = "https://sandbox.sellingpartnerapi-na.amazon.com"
	EuropeSandbox        Endpoint = "https://sandbox.sellingpartnerapi-eu.amazon.com"
)

// Region returns the endpoint's region, or "" when the endpoint is none of the constants.
func (e Endpoint) Region() Region {
	switch e {
	case FarEastEndpoint, FarEastSandbox:
		return FarEast
	case NorthAmericaEndpoint, NorthAmericaSandbox:
		return NorthAmerica
	case EuropeEndpoint, EuropeSandbox:
		return Europe
	}
	return ""
}

// Sandbox reports whether the endpoint is a sandbox.
func (e Endpoint) Sandbox() bool { return strings.HasPrefix(string(e), "https://sandbox.") }

// endpointFor checks that all marketplaces are known, are in one region and match the endpoint, and
// fills in an empty endpoint.
func endpointFor(ids []string, e Endpoint) (Endpoint, error) {
	var region Region
	for i, id := range ids {
		m, ok := MarketplaceByID(id)
		switch {
		case !ok:
			return "",
				fmt.Errorf("amazon: Config.Marketplaces[%d] is no marketplace id; Japan is %s", i,
					Japan)
		case region == "":
			region = m.Region
		case region != m.Region:
			return "",
				errors.New(
					"amazon: Config.Marketplaces lie in several regions; an authorisation covers one, so make one client for each")
		}
	}
	if e == "" {
		switch region {
		case NorthAmerica:
			return NorthAmericaEndpoint, nil
		case Europe:
			return EuropeEndpoint, nil
		}
		return FarEastEndpoint, nil
	}
	switch e.Region() {
	case "":
		return "",
			errors.New(
				"amazon: Config.Endpoint is not one of this package's endpoints; a relay goes into Config.BaseURL")
	case region:
		return e, nil
	}
	return "",
		fmt.Errorf("amazon: Config.Endpoint is of region %q, Config.Marketplaces of region %q",
			e.Region(), region)
}
