package amazontest

import (
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// rate is a token bucket in Amazon's terms.
type rate struct {
	perSecond float64
	burst     int
}

// documentedRates are the default rates of Amazon's usage plans.
func documentedRates() map[string]rate {
	rates := map[string]rate{
		"searchOrders": {0.0056, 20}, "getOrder": {0.5, 30},
		"confirmShipment": {2, 10}, "updateShipmentStatus": {5, 15},
		"getOrderRegulatedInfo": {0.5, 30}, "updateVerificationStatus": {0.5, 30},
		"createRestrictedDataToken": {1, 10}, "getMarketplaceParticipations": {0.016, 15},
		"getAccount":                    {0.016, 15},
		"rotateApplicationClientSecret": {0.0167, 1},
		"createReport":                  {0.0167, 15}, "getReports": {0.0222, 10},
		"getReport": {2, 15}, "cancelReport": {0.0222, 10}, "getReportDocument": {0.0167, 15},
	}
	rates["v0.getOrders"] = rate{0.0167, 20}
	for _, name := range []string{"v0.getOrder", "v0.getOrderBuyerInfo", "v0.getOrderAddress",
		"v0.getOrderItems", "v0.getOrderItemsBuyerInfo"} {
		rates[name] = rate{0.5, 30}
	}
	for _, name := range []string{"createDestination", "getDestinations", "getDestination",
		"deleteDestination", "createSubscription",
		"getSubscription", "getSubscriptions", "getSubscriptionById", "deleteSubscriptionById",
		"sendTestNotification"} {
		rates[name] = rate{1, 5}
	}
	return rates
}

func limits(rates map[string]rate) map[string]fake.Rate {
	all := make(map[string]fake.Rate, len(rates))
	for name, r := range rates {
		all[name] = fake.Rate{Every: time.Duration(float64(time.Second) / r.perSecond),
			Burst: r.burst}
	}
	return all
}

// SetRate changes the rate of an operation, both what is enforced (with full buckets) and what
// x-amzn-RateLimit-Limit says. Amazon does so for sellers with many orders.
func (m *Mall) SetRate(operation string, perSecond float64, burst int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rates[operation] = rate{perSecond, burst}
	m.quotas.Set(limits(m.rates))
}

// EnforceQuotas turns quotas on, with full buckets, or off.
func (m *Mall) EnforceQuotas(on bool) { m.quotas.Lift(!on) }
