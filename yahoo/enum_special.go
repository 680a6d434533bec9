package yahoo

// YahooAuctionCategoryType is the category of an auction (オークションカテゴリ種別).
type YahooAuctionCategoryType string

// The values of [YahooAuctionCategoryType].
const (
	AuctionCategoryNormal     YahooAuctionCategoryType = "0"
	AuctionCategoryCar        YahooAuctionCategoryType = "1"
	AuctionCategoryMotorcycle YahooAuctionCategoryType = "2"
)

var yahooAuctionCategoryTypeNames = []valueName[YahooAuctionCategoryType]{
	{AuctionCategoryNormal, "通常"},
	{AuctionCategoryCar, "自動車"},
	{AuctionCategoryMotorcycle, "バイク"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v YahooAuctionCategoryType) Name() string { return nameOf(yahooAuctionCategoryTypeNames, v) }

// Known reports whether the value is documented.
func (v YahooAuctionCategoryType) Known() bool { return knownIn(yahooAuctionCategoryTypeNames, v) }

// YahooAuctionBidType says how an auction item was sold (オークション落札種別).
type YahooAuctionBidType string

// The values of [YahooAuctionBidType].
const (
	AuctionFixedPrice YahooAuctionBidType = "0"
	AuctionBuyNow     YahooAuctionBidType = "1"
	AuctionBid        YahooAuctionBidType = "2"
)

var yahooAuctionBidTypeNames = []valueName[YahooAuctionBidType]{
	{AuctionFixedPrice, "定額"},
	{AuctionBuyNow, "即決落札"},
	{AuctionBid, "オークション落札"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v YahooAuctionBidType) Name() string { return nameOf(yahooAuctionBidTypeNames, v) }

// Known reports whether the value is documented.
func (v YahooAuctionBidType) Known() bool { return knownIn(yahooAuctionBidTypeNames, v) }

// YahooAuctionBundleType says whether auctions were bundled into one order (まとめて取引種別).
type YahooAuctionBundleType string

// The values of [YahooAuctionBundleType].
const (
	AuctionSingle  YahooAuctionBundleType = "0"
	AuctionBundled YahooAuctionBundleType = "1"
)

var yahooAuctionBundleTypeNames = []valueName[YahooAuctionBundleType]{
	{AuctionSingle, "通常"},
	{AuctionBundled, "まとめて取引"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v YahooAuctionBundleType) Name() string { return nameOf(yahooAuctionBundleTypeNames, v) }

// Known reports whether the value is documented.
func (v YahooAuctionBundleType) Known() bool { return knownIn(yahooAuctionBundleTypeNames, v) }

// OverlapOrderResult is the result of the check for duplicate orders (重複注文判定結果).
type OverlapOrderResult string

// The values of [OverlapOrderResult].
const (
	OverlapNotJudged OverlapOrderResult = "0"
	OverlapUndecided OverlapOrderResult = "1"
	OverlapNo        OverlapOrderResult = "2"
	OverlapAgreed    OverlapOrderResult = "3"
)

var overlapOrderResultNames = []valueName[OverlapOrderResult]{
	{OverlapNotJudged, "未判定"},
	{OverlapUndecided, "判定不可"},
	{OverlapNo, "重複なし"},
	{OverlapAgreed, "重複あり(購入者同意済み)"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v OverlapOrderResult) Name() string { return nameOf(overlapOrderResultNames, v) }

// Known reports whether the value is documented.
func (v OverlapOrderResult) Known() bool { return knownIn(overlapOrderResultNames, v) }

// InsuranceStatus is the insurance status (保険ステータス). 1 to 5 occur in older orders only.
type InsuranceStatus string

// The values of [InsuranceStatus].
const (
	InsuranceNone       InsuranceStatus = "0"
	InsuranceInProgress InsuranceStatus = "1"
	InsuranceAccepted   InsuranceStatus = "2"
	InsuranceFailed     InsuranceStatus = "3"
	InsuranceStarted    InsuranceStatus = "4"
	InsuranceCancelled  InsuranceStatus = "5"
	InsuranceOrder      InsuranceStatus = "6"
)

var insuranceStatusNames = []valueName[InsuranceStatus]{
	{InsuranceNone, "なし"},
	{InsuranceInProgress, "申込中"},
	{InsuranceAccepted, "申込成功"},
	{InsuranceFailed, "申込失敗"},
	{InsuranceStarted, "開始"},
	{InsuranceCancelled, "キャンセル"},
	{InsuranceOrder, "保険注文"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v InsuranceStatus) Name() string { return nameOf(insuranceStatusNames, v) }

// Known reports whether the value is documented.
func (v InsuranceStatus) Known() bool { return knownIn(insuranceStatusNames, v) }

// AffiliateType is the affiliate programme (アフィリエイト種別). Empty for old orders.
type AffiliateType string

// The values of [AffiliateType].
const (
	AffiliateNone AffiliateType = "0"
	AffiliateVC   AffiliateType = "1"
	AffiliateSHP  AffiliateType = "2"
)

var affiliateTypeNames = []valueName[AffiliateType]{
	{AffiliateNone, "なし"},
	{AffiliateVC, "VC"},
	{AffiliateSHP, "SHP"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v AffiliateType) Name() string { return nameOf(affiliateTypeNames, v) }

// Known reports whether the value is documented.
func (v AffiliateType) Known() bool { return knownIn(affiliateTypeNames, v) }

// OptionPartnerType is the kind of option partner (オプションパートナー種別).
type OptionPartnerType string

// The values of [OptionPartnerType].
const (
	OptionPartnerNone    OptionPartnerType = "0"
	OptionPartnerGoods   OptionPartnerType = "1"
	OptionPartnerService OptionPartnerType = "2"
)

var optionPartnerTypeNames = []valueName[OptionPartnerType]{
	{OptionPartnerNone, "通常"},
	{OptionPartnerGoods, "物品"},
	{OptionPartnerService, "サービス"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v OptionPartnerType) Name() string { return nameOf(optionPartnerTypeNames, v) }

// Known reports whether the value is documented.
func (v OptionPartnerType) Known() bool { return knownIn(optionPartnerTypeNames, v) }
