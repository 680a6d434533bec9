package aupay

import "slices"

// OrderInfo is one order as searchTradeInfoListProc and searchTradeInfoProc write it. Elements may be missing or empty alike; an
// amount that is missing or empty is nil. Amounts are whole yen; that they include tax is inferred by every source.
type OrderInfo struct {
	OrderDate                     DateTime    `xml:"orderDate"` // order time, no seconds
	OrderID                       string      `xml:"orderId"`   // order number
	SellMethodSegment             SellMethod  `xml:"sellMethodSegment"`
	ReleaseDate                   Date        `xml:"releaseDate"` // 発売(入荷)予定日, of preorders
	SiteAndDevice                 string      `xml:"siteAndDevice"`
	CrossBorderECTradeKbn         string      `xml:"crossBorderEcTradeKbn"`     // R = purchase agency (Ruten), else normal
	MailAddress                   string      `xml:"mailAddress"`               // masked relay address of the buyer
	RawMailAddress                string      `xml:"rawMailAddress" digest:"-"` // only with getRawMailAddress=1
	OrdererName                   string      `xml:"ordererName"`
	OrdererKana                   string      `xml:"ordererKana"`
	OrdererZipCode                string      `xml:"ordererZipCode"` // with hyphen
	OrdererAddress                string      `xml:"ordererAddress"` // one line, parts separated by blanks, prefecture first
	OrdererPhoneNumber1           string      `xml:"ordererPhoneNumber1"`
	OrdererPhoneNumber2           string      `xml:"ordererPhoneNumber2"`
	Nickname                      string      `xml:"nickname"`
	SenderName                    string      `xml:"senderName"` // the recipient (送付先), not the shipper
	SenderKana                    string      `xml:"senderKana"`
	SenderZipCode                 string      `xml:"senderZipCode"`
	SenderAddress                 string      `xml:"senderAddress"`
	SenderPhoneNumber1            string      `xml:"senderPhoneNumber1"`
	SenderPhoneNumber2            string      `xml:"senderPhoneNumber2"`
	SenderShopCD                  string      `xml:"senderShopCd"`   // 送付先店舗コード; store pick-up is inferred
	OrderOption                   string      `xml:"orderOption"`    // 取引オプション: the shop's own order form, name=value text
	SettlementName                string      `xml:"settlementName"` // text, not a code
	SecureSegment                 string      `xml:"secureSegment"`  // 3Dセキュア利用区分
	UserComment                   string      `xml:"userComment"`    // buyer's comment
	TradeRemarks                  string      `xml:"tradeRemarks"`   // 特記事項
	Memo                          string      `xml:"memo"`           // the shop's memo
	OrderStatus                   OrderStatus `xml:"orderStatus"`
	ContactStatus                 YesNo       `xml:"contactStatus"` // order mail sent
	ContactDate                   DateTime    `xml:"contactDate"`
	AuthorizationStatus           YesNo       `xml:"authorizationStatus"` // 与信
	AuthorizationDate             DateTime    `xml:"authorizationDate"`
	PaymentStatus                 YesNo       `xml:"paymentStatus"` // 入金; turns Y after shipping for card and au PAY
	PaymentDate                   DateTime    `xml:"paymentDate"`
	ShipStatus                    YesNo       `xml:"shipStatus"`
	ShipDate                      DateTime    `xml:"shipDate"` // when the ship flag was set; not shippingDate
	PrintStatus                   YesNo       `xml:"printStatus"`
	PrintDate                     DateTime    `xml:"printDate"`
	CancelStatus                  string      `xml:"cancelStatus"` // N normal, C cancelled
	CancelReason                  string      `xml:"cancelReason"` // list not known
	CancelComment                 string      `xml:"cancelComment"`
	CancelDate                    DateTime    `xml:"cancelDate"`
	Details                       []Detail    `xml:"detail"`         // 明細, at least one
	TotalSalePrice                *int64      `xml:"totalSalePrice"` // 販売総額
	TotalSalePriceNormalTax       *int64      `xml:"totalSalePriceNormalTax"`
	TotalSalePriceReducedTax      *int64      `xml:"totalSalePriceReducedTax"`
	TotalSalePriceNoTax           *int64      `xml:"totalSalePriceNoTax"`
	TotalSaleUnit                 int64       `xml:"totalSaleUnit"`       // pieces
	PostagePrice                  *int64      `xml:"postagePrice"`        // 送料
	PostagePriceTaxRate           string      `xml:"postagePriceTaxRate"` // decimal text, 0.1
	ChargePrice                   *int64      `xml:"chargePrice"`         // 手数料, cash on delivery and so on
	ChargePriceTaxRate            string      `xml:"chargePriceTaxRate"`
	TotalItemOptionPrice          *int64      `xml:"totalItemOptionPrice"` // オプション手数料
	TotalItemOptionPriceTaxRate   string      `xml:"totalItemOptionPriceTaxRate"`
	TotalGiftWrappingPrice        *int64      `xml:"totalGiftWrappingPrice"` // ギフト手数料
	TotalGiftWrappingPriceTaxRate string      `xml:"totalGiftWrappingPriceTaxRate"`
	TotalPrice                    *int64      `xml:"totalPrice"` // 請求金額小計, before coupon and points
	TotalPriceNormalTax           *int64      `xml:"totalPriceNormalTax"`
	TotalPriceReducedTax          *int64      `xml:"totalPriceReducedTax"`
	TotalPriceNoTax               *int64      `xml:"totalPriceNoTax"`
	PremiumMember                 string      `xml:"premiumMember"`
	PremiumType                   string      `xml:"premiumType"` // auスマートパスプレミアム特典
	PremiumIssuePrice             *int64      `xml:"premiumIssuePrice"`
	PremiumMallPrice              *int64      `xml:"premiumMallPrice"` // postage paid by the mall
	PremiumShopPrice              *int64      `xml:"premiumShopPrice"` // postage paid by the shop
	PontapassCampaignApplyFlg     string      `xml:"pontapassCampaignApplyFlg"`
	CouponTotalPrice              *int64      `xml:"couponTotalPrice"`
	CouponTotalPriceNormalTax     *int64      `xml:"couponTotalPriceNormalTax"`
	CouponTotalPriceReducedTax    *int64      `xml:"couponTotalPriceReducedTax"`
	CouponTotalPriceNoTax         *int64      `xml:"couponTotalPriceNoTax"`
	UsePoint                      *int64      `xml:"usePoint"` // 利用ポイント
	UsePointNormalTax             *int64      `xml:"usePointNormalTax"`
	UsePointReducedTax            *int64      `xml:"usePointReducedTax"`
	UsePointNoTax                 *int64      `xml:"usePointNoTax"`
	UsePointCancel                string      `xml:"usePointCancel"`  // Y = do not subtract
	UseAuPointPrice               *int64      `xml:"useAuPointPrice"` // yen value of au/Ponta points
	UseAuPointPriceNormalTax      *int64      `xml:"useAuPointPriceNormalTax"`
	UseAuPointPriceReducedTax     *int64      `xml:"useAuPointPriceReducedTax"`
	UseAuPointPriceNoTax          *int64      `xml:"useAuPointPriceNoTax"`
	UseAuPoint                    *int64      `xml:"useAuPoint"`       // number of points
	UseAuPointCancel              string      `xml:"useAuPointCancel"` // Y = do not subtract
	RequestPrice                  *int64      `xml:"requestPrice"`     // 請求金額, what the buyer pays
	RequestPriceNormalTax         *int64      `xml:"requestPriceNormalTax"`
	RequestTaxPriceNormalTax      *int64      `xml:"requestTaxPriceNormalTax"` // tax in it
	RequestPriceReducedTax        *int64      `xml:"requestPriceReducedTax"`
	RequestTaxPriceReducedTax     *int64      `xml:"requestTaxPriceReducedTax"`
	RequestPriceNoTax             *int64      `xml:"requestPriceNoTax"`
	RequestTaxPriceNoTax          *int64      `xml:"requestTaxPriceNoTax"`
	PointFixedDate                Date        `xml:"pointFixedDate"`
	PointFixedStatus              string      `xml:"pointFixedStatus"`     // values not known
	SettleStatus                  string      `xml:"settleStatus"`         // two letters, meanings not known
	AuthoriTimelimitDate          Date        `xml:"authoriTimelimitDate"` // オーソリ期日
	PGResult                      string      `xml:"pgResult"`             // 0 success, 1 failure, else error
	PGResponseCode                string      `xml:"pgResponseCode"`
	PGResponseDetail              string      `xml:"pgResponseDetail"`
	PGOrderID                     string      `xml:"pgOrderId"`
	PGRequestPrice                *int64      `xml:"pgRequestPrice"`
	PGRequestPriceNormalTax       *int64      `xml:"pgRequestPriceNormalTax"`
	PGRequestPriceReducedTax      *int64      `xml:"pgRequestPriceReducedTax"`
	PGRequestPriceNoTax           *int64      `xml:"pgRequestPriceNoTax"`
	CouponType                    string      `xml:"couponType"` // D, M paid by the mall; U paid by the shop
	CouponKey                     string      `xml:"couponKey"`
	CardJadgement                 string      `xml:"cardJadgement"` // spelled so
	DeliveryName                  string      `xml:"deliveryName"`  // delivery method, named by the shop
	DeliveryMethodID              string      `xml:"deliveryMethodId"`
	DeliveryID                    string      `xml:"deliveryId"` // old id
	ElecReceiptIssueStatus        string      `xml:"elecReceiptIssueStatus"`
	ElecReceiptIssueTimes         int64       `xml:"elecReceiptIssueTimes"`
	DeliveryRequestDay            Date        `xml:"deliveryRequestDay"`  // お届け希望日
	DeliveryRequestTime           string      `xml:"deliveryRequestTime"` // お届け希望時間帯, free text
	ShippingDate                  Date        `xml:"shippingDate"`        // 発送日 as the shop entered it
	ShippingCarrier               Carrier     `xml:"shippingCarrier"`
	ShippingNumber                string      `xml:"shippingNumber"` // one tracking number
	YamatoLnkMgtNo                string      `xml:"yamatoLnkMgtNo"` // B2クラウド連携管理番号
	EposTokenID                   string      `xml:"eposTokenId"`
	AffID                         string      `xml:"affId"`

	// Other spellings of elements above, by one source each. The typed calls move them; see Unify.
	OtherCardJadgement string `xml:"cardjadgement"`
	OtherSenderShopCD  string `xml:"senderShopCD"`
	OtherNickname      string `xml:"nickName"`
}

// Unify moves what came under another spelling of an element to the field that all sources know, so that one field has to be
// looked at. The typed calls and Orders do it; call it after decoding a stored reply.
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

// spellings are those whose other name was used; mostly there are none.
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

// unified is w, or a copy of it where Unify would change something.
func (w *OrderInfo) unified() *OrderInfo {
	if len(w.spellings()) == 0 {
		return w
	}
	c := *w
	c.Details = slices.Clone(w.Details)
	c.Unify()
	return &c
}
