package aupay

import "slices"

// OrderInfo is one order as searchTradeInfoListProc and searchTradeInfoProc send it. A missing and
// an empty element mean the same; such an amount is nil. Amounts are whole yen; that they include
// tax is inferred.
type OrderInfo struct {
	// order time, no seconds
	OrderDate         DateTime   `xml:"orderDate" wire:"required"`
	OrderID           string     `xml:"orderId" wire:"required"` // order number
	SellMethodSegment SellMethod `xml:"sellMethodSegment" wire:"required"`
	ReleaseDate       Date       `xml:"releaseDate"` // 発売(入荷)予定日, of preorders
	SiteAndDevice     string     `xml:"siteAndDevice"`
	// R = purchase agency (Ruten), else normal
	CrossBorderECTradeKbn string `xml:"crossBorderEcTradeKbn"`
	// masked relay address of the buyer
	MailAddress string `xml:"mailAddress" wire:"present"`
	// only with getRawMailAddress=1
	RawMailAddress string `xml:"rawMailAddress" digest:"-"`
	OrdererName    string `xml:"ordererName" wire:"required"`
	OrdererKana    string `xml:"ordererKana" wire:"present"`
	OrdererZipCode string `xml:"ordererZipCode" wire:"required"` // with hyphen
	// one line, parts separated by blanks, prefecture first
	OrdererAddress      string `xml:"ordererAddress" wire:"required"`
	OrdererPhoneNumber1 string `xml:"ordererPhoneNumber1" wire:"present"`
	OrdererPhoneNumber2 string `xml:"ordererPhoneNumber2"`
	Nickname            string `xml:"nickname"`
	// the recipient (送付先), not the shipper
	SenderName         string `xml:"senderName" wire:"required"`
	SenderKana         string `xml:"senderKana" wire:"present"`
	SenderZipCode      string `xml:"senderZipCode" wire:"required"`
	SenderAddress      string `xml:"senderAddress" wire:"required"`
	SenderPhoneNumber1 string `xml:"senderPhoneNumber1" wire:"present"`
	SenderPhoneNumber2 string `xml:"senderPhoneNumber2"`
	// 送付先店舗コード; store pick-up is inferred
	SenderShopCD string `xml:"senderShopCd"`
	// 取引オプション: the shop's own order form, name=value text
	OrderOption         string      `xml:"orderOption"`
	SettlementName      string      `xml:"settlementName" wire:"required"` // text, not a code
	SecureSegment       string      `xml:"secureSegment"`                  // 3Dセキュア利用区分
	UserComment         string      `xml:"userComment"`                    // buyer's comment
	TradeRemarks        string      `xml:"tradeRemarks"`                   // 特記事項
	Memo                string      `xml:"memo"`                           // the shop's memo
	OrderStatus         OrderStatus `xml:"orderStatus" wire:"required"`
	ContactStatus       YesNo       `xml:"contactStatus"` // order mail sent
	ContactDate         DateTime    `xml:"contactDate"`
	AuthorizationStatus YesNo       `xml:"authorizationStatus" wire:"required"` // 与信
	AuthorizationDate   DateTime    `xml:"authorizationDate"`
	// 入金; turns Y after shipping for card and au PAY
	PaymentStatus YesNo    `xml:"paymentStatus" wire:"required"`
	PaymentDate   DateTime `xml:"paymentDate"`
	ShipStatus    YesNo    `xml:"shipStatus" wire:"required"`
	// when the ship flag was set; not shippingDate
	ShipDate                 DateTime     `xml:"shipDate"`
	PrintStatus              YesNo        `xml:"printStatus"`
	PrintDate                DateTime     `xml:"printDate"`
	CancelStatus             CancelStatus `xml:"cancelStatus" wire:"required"`
	CancelReason             string       `xml:"cancelReason"` // list not public
	CancelComment            string       `xml:"cancelComment"`
	CancelDate               DateTime     `xml:"cancelDate"`
	Details                  []Detail     `xml:"detail" wire:"required"`         // 明細, at least one
	TotalSalePrice           *int64       `xml:"totalSalePrice" wire:"required"` // 販売総額
	TotalSalePriceNormalTax  *int64       `xml:"totalSalePriceNormalTax"`
	TotalSalePriceReducedTax *int64       `xml:"totalSalePriceReducedTax"`
	TotalSalePriceNoTax      *int64       `xml:"totalSalePriceNoTax"`
	TotalSaleUnit            int64        `xml:"totalSaleUnit" wire:"required"` // pieces
	PostagePrice             *int64       `xml:"postagePrice" wire:"present"`   // 送料
	PostagePriceTaxRate      string       `xml:"postagePriceTaxRate"`           // decimal text, 0.1
	// 手数料, cash on delivery and so on
	ChargePrice                   *int64 `xml:"chargePrice" wire:"present"`
	ChargePriceTaxRate            string `xml:"chargePriceTaxRate"`
	TotalItemOptionPrice          *int64 `xml:"totalItemOptionPrice"` // オプション手数料
	TotalItemOptionPriceTaxRate   string `xml:"totalItemOptionPriceTaxRate"`
	TotalGiftWrappingPrice        *int64 `xml:"totalGiftWrappingPrice"` // ギフト手数料
	TotalGiftWrappingPriceTaxRate string `xml:"totalGiftWrappingPriceTaxRate"`
	// 請求金額小計, before coupon and points
	TotalPrice                 *int64 `xml:"totalPrice" wire:"present"`
	TotalPriceNormalTax        *int64 `xml:"totalPriceNormalTax"`
	TotalPriceReducedTax       *int64 `xml:"totalPriceReducedTax"`
	TotalPriceNoTax            *int64 `xml:"totalPriceNoTax"`
	PremiumMember              string `xml:"premiumMember"`
	PremiumType                string `xml:"premiumType"` // auスマートパスプレミアム特典
	PremiumIssuePrice          *int64 `xml:"premiumIssuePrice"`
	PremiumMallPrice           *int64 `xml:"premiumMallPrice"` // postage paid by the mall
	PremiumShopPrice           *int64 `xml:"premiumShopPrice"` // postage paid by the shop
	PontapassCampaignApplyFlg  string `xml:"pontapassCampaignApplyFlg"`
	CouponTotalPrice           *int64 `xml:"couponTotalPrice"`
	CouponTotalPriceNormalTax  *int64 `xml:"couponTotalPriceNormalTax"`
	CouponTotalPriceReducedTax *int64 `xml:"couponTotalPriceReducedTax"`
	CouponTotalPriceNoTax      *int64 `xml:"couponTotalPriceNoTax"`
	UsePoint                   *int64 `xml:"usePoint"` // 利用ポイント
	UsePointNormalTax          *int64 `xml:"usePointNormalTax"`
	UsePointReducedTax         *int64 `xml:"usePointReducedTax"`
	UsePointNoTax              *int64 `xml:"usePointNoTax"`
	UsePointCancel             string `xml:"usePointCancel"` // Y = do not subtract
	// yen value of au/Ponta points
	UseAuPointPrice           *int64 `xml:"useAuPointPrice"`
	UseAuPointPriceNormalTax  *int64 `xml:"useAuPointPriceNormalTax"`
	UseAuPointPriceReducedTax *int64 `xml:"useAuPointPriceReducedTax"`
	UseAuPointPriceNoTax      *int64 `xml:"useAuPointPriceNoTax"`
	UseAuPoint                *int64 `xml:"useAuPoint"`       // number of points
	UseAuPointCancel          string `xml:"useAuPointCancel"` // Y = do not subtract
	// 請求金額, what the buyer pays
	RequestPrice              *int64 `xml:"requestPrice" wire:"present"`
	RequestPriceNormalTax     *int64 `xml:"requestPriceNormalTax"`
	RequestTaxPriceNormalTax  *int64 `xml:"requestTaxPriceNormalTax"` // tax in it
	RequestPriceReducedTax    *int64 `xml:"requestPriceReducedTax"`
	RequestTaxPriceReducedTax *int64 `xml:"requestTaxPriceReducedTax"`
	RequestPriceNoTax         *int64 `xml:"requestPriceNoTax"`
	RequestTaxPriceNoTax      *int64 `xml:"requestTaxPriceNoTax"`
	PointFixedDate            Date   `xml:"pointFixedDate"`
	PointFixedStatus          string `xml:"pointFixedStatus"` // values not public
	// two letters; meanings not public
	SettleStatus         string `xml:"settleStatus"`
	AuthoriTimelimitDate Date   `xml:"authoriTimelimitDate"` // オーソリ期日
	// 0 success, 1 failure, else error
	PGResult                 string     `xml:"pgResult"`
	PGResponseCode           string     `xml:"pgResponseCode"`
	PGResponseDetail         string     `xml:"pgResponseDetail"`
	PGOrderID                string     `xml:"pgOrderId"`
	PGRequestPrice           *int64     `xml:"pgRequestPrice"`
	PGRequestPriceNormalTax  *int64     `xml:"pgRequestPriceNormalTax"`
	PGRequestPriceReducedTax *int64     `xml:"pgRequestPriceReducedTax"`
	PGRequestPriceNoTax      *int64     `xml:"pgRequestPriceNoTax"`
	CouponType               CouponType `xml:"couponType"`
	CouponKey                string     `xml:"couponKey"`
	CardJadgement            string     `xml:"cardJadgement"` // the mall's spelling
	// delivery method, named by the shop
	DeliveryName           string `xml:"deliveryName"`
	DeliveryMethodID       string `xml:"deliveryMethodId"`
	DeliveryID             string `xml:"deliveryId"` // old id
	ElecReceiptIssueStatus string `xml:"elecReceiptIssueStatus"`
	ElecReceiptIssueTimes  int64  `xml:"elecReceiptIssueTimes"`
	DeliveryRequestDay     Date   `xml:"deliveryRequestDay"`  // お届け希望日
	DeliveryRequestTime    string `xml:"deliveryRequestTime"` // お届け希望時間帯, free text
	// 発送日 as the shop entered it
	ShippingDate    Date    `xml:"shippingDate"`
	ShippingCarrier Carrier `xml:"shippingCarrier"`
	ShippingNumber  string  `xml:"shippingNumber"` // one tracking number
	YamatoLnkMgtNo  string  `xml:"yamatoLnkMgtNo"` // B2クラウド連携管理番号
	EposTokenID     string  `xml:"eposTokenId"`
	AffID           string  `xml:"affId"`

	// Other spellings of elements above, by one source each. The typed calls merge them; see Unify.
	OtherCardJadgement string `xml:"cardjadgement"`
	OtherSenderShopCD  string `xml:"senderShopCD"`
	OtherNickname      string `xml:"nickName"`
}

// Unify moves elements that came under another spelling to their usual fields, so that only those
// need reading. The typed calls and Orders do it; call it after decoding a stored reply.
func (w *OrderInfo) Unify() {
	for _, s := range w.spellings() {
		if *s.known == "" {
			*s.known = *s.other
		}
		*s.other = ""
	}
}

// spelling is an element with two names.
type spelling struct{ known, other *string }

// spellings returns the elements that came under their other name; mostly there are none.
func (w *OrderInfo) spellings() []spelling {
	var used []spelling
	pair := func(known, other *string) {
		if *other != "" {
			used = append(used, spelling{known, other})
		}
	}
	pair(&w.CardJadgement, &w.OtherCardJadgement)
	pair(&w.SenderShopCD, &w.OtherSenderShopCD)
	pair(&w.Nickname, &w.OtherNickname)
	for i := range w.Details {
		pair(&w.Details[i].Lotnumber, &w.Details[i].OtherLotnumber)
	}
	return used
}

// unified returns w, or a copy of it where Unify would change something.
func (w *OrderInfo) unified() *OrderInfo {
	if len(w.spellings()) == 0 {
		return w
	}
	c := *w
	c.Details = slices.Clone(w.Details)
	c.Unify()
	return &c
}
