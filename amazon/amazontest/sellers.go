package amazontest

import "github.com/jpmall/jpmall/internal/fake"

func (m *Mall) participating() []any {
	return []any{object{
		"marketplace": object{
			"id": m.options.Marketplace, "name": "Amazon.co.jp", "countryCode": "JP",
			"defaultCurrencyCode": "JPY",
			"defaultLanguageCode": "ja_JP", "domainName": "www.amazon.co.jp",
		},
		"participation": object{"isParticipating": true, "hasSuspendedListings": false},
		"storeName":     "見本商店",
	}}
}

func (m *Mall) participations(*call) fake.Reply { return payload(m.participating()) }

func (m *Mall) account(*call) fake.Reply {
	return payload(object{
		"marketplaceParticipationList": m.participating(), "businessType": "SOLE_PROPRIETORSHIP",
		"sellingPlan": "PROFESSIONAL",
		"primaryContact": object{"name": "Mihon Taro", "nonLatinName": "見本 太郎",
			"address": object{"addressLine1": "見本町1-2-3", "countryCode": "JP"}},
	})
}
