package yahoo

// Ship is the delivery part of an order, which has one destination.
type Ship struct {
	ShipStatus ShipStatus `xml:"ShipStatus" wire:"required"`
	// postageN: the position in the store's delivery settings
	ShipMethod      string `xml:"ShipMethod"`
	ShipMethodName  string `xml:"ShipMethodName"`  // the store's name for it
	ShipRequestDate Date   `xml:"ShipRequestDate"` // お届け希望日; empty: none
	ShipRequestTime string `xml:"ShipRequestTime"` // お届け希望時間, as the store words it
	// Yamato fulfilment only: 101 to 105
	ShipRequestTimeZoneCode      string          `xml:"ShipRequestTimeZoneCode"`
	ShipNotes                    string          `xml:"ShipNotes"`
	ShipCompanyCode              ShipCompanyCode `xml:"ShipCompanyCode"` // 配送会社
	ReceiveShopCode              string          `xml:"ReceiveShopCode"`
	ShipInvoiceNumber1           string          `xml:"ShipInvoiceNumber1"` // お荷物伝票番号
	ShipInvoiceNumber2           string          `xml:"ShipInvoiceNumber2"`
	ShipInvoiceNumberEmptyReason EmptyReason     `xml:"ShipInvoiceNumberEmptyReason"`
	ShipURL                      string          `xml:"ShipUrl"` // tracking page
	ArriveType                   ArriveType      `xml:"ArriveType"`
	ShipDate                     Date            `xml:"ShipDate"`     // 出荷日
	ArrivalDate                  Date            `xml:"ArrivalDate"`  // 着荷日
	NeedGiftWrap                 *bool           `xml:"NeedGiftWrap"` // ギフト包装
	GiftWrapCode                 string          `xml:"GiftWrapCode"`
	GiftWrapType                 string          `xml:"GiftWrapType"`
	GiftWrapMessage              string          `xml:"GiftWrapMessage"`
	NeedGiftWrapPaper            *bool           `xml:"NeedGiftWrapPaper"` // のし
	GiftWrapPaperType            string          `xml:"GiftWrapPaperType"`
	GiftWrapName                 string          `xml:"GiftWrapName"` // 名入れ
	Option1Field                 string          `xml:"Option1Field"` // カート内オプション
	Option1Type                  OptionType      `xml:"Option1Type"`
	Option1Value                 string          `xml:"Option1Value"`
	Option2Field                 string          `xml:"Option2Field"`
	Option2Type                  OptionType      `xml:"Option2Type"`
	Option2Value                 string          `xml:"Option2Value"`
	ShipFirstName                string          `xml:"ShipFirstName"` // 名
	ShipFirstNameKana            string          `xml:"ShipFirstNameKana"`
	ShipLastName                 string          `xml:"ShipLastName"` // 姓
	ShipLastNameKana             string          `xml:"ShipLastNameKana"`
	ShipZipCode                  string          `xml:"ShipZipCode"`
	ShipPrefecture               string          `xml:"ShipPrefecture"`
	ShipPrefectureKana           string          `xml:"ShipPrefectureKana"`
	ShipCity                     string          `xml:"ShipCity"`
	ShipCityKana                 string          `xml:"ShipCityKana"`
	ShipAddress1                 string          `xml:"ShipAddress1"`
	ShipAddress1Kana             string          `xml:"ShipAddress1Kana"`
	ShipAddress2                 string          `xml:"ShipAddress2"`
	ShipAddress2Kana             string          `xml:"ShipAddress2Kana"`
	ShipPhoneNumber              string          `xml:"ShipPhoneNumber"`
	ShipEmgPhoneNumber           string          `xml:"ShipEmgPhoneNumber"`
	ShipSection1Field            string          `xml:"ShipSection1Field"`
	ShipSection1Value            string          `xml:"ShipSection1Value"`
	ShipSection2Field            string          `xml:"ShipSection2Field"`
	ShipSection2Value            string          `xml:"ShipSection2Value"`
	// 拠点受取
	ReceiveSatelliteType         ReceiveSatelliteType         `xml:"ReceiveSatelliteType"`
	ReceiveSatelliteSettleMethod ReceiveSatelliteSettleMethod `xml:"ReceiveSatelliteSettleMethod"`
	ReceiveSatelliteMethod       ReceiveSatelliteMethod       `xml:"ReceiveSatelliteMethod"`
	ReceiveSatelliteCompanyName  string                       `xml:"ReceiveSatelliteCompanyName"`
	// Yamato: a branch has 6 digits, an agency 12
	ReceiveSatelliteShopCode string `xml:"ReceiveSatelliteShopCode"`
	ReceiveSatelliteShopName string `xml:"ReceiveSatelliteShopName"`
	// Yamato: 6 branch, 7 locker or convenience store
	ReceiveSatelliteShipKind            string             `xml:"ReceiveSatelliteShipKind"`
	ReceiveSatelliteYahooCode           string             `xml:"ReceiveSatelliteYahooCode"`
	ReceiveSatelliteCertificationNumber string             `xml:"ReceiveSatelliteCertificationNumber"`
	CollectionDate                      Date               `xml:"CollectionDate"` // 集荷日, Yamato
	CashOnDeliveryTax                   *int64             `xml:"CashOnDeliveryTax"`
	NumberUnitsShipped                  *int64             `xml:"NumberUnitsShipped"` // 個口数
	ShipInstructType                    ShipInstructType   `xml:"ShipInstructType"`
	ShipInstructStatus                  ShipInstructStatus `xml:"ShipInstructStatus"`
	ReceiveShopType                     ReceiveShopType    `xml:"ReceiveShopType"` // 店頭受取
	ReceiveShopName                     string             `xml:"ReceiveShopName"`
	ExcellentDelivery                   ExcellentDelivery  `xml:"ExcellentDelivery"`
	IsEazy                              *bool              `xml:"IsEazy"` // 置き配
	EazyDeliveryCode                    EazyDeliveryCode   `xml:"EazyDeliveryCode"`
	EazyDeliveryName                    string             `xml:"EazyDeliveryName"`
	// 置き配 offered by the mall
	IsMallContactlessDelivery     *bool             `xml:"IsMallContactlessDelivery"`
	MallContactlessDeliveryStatus ContactlessStatus `xml:"MallContactlessDeliveryStatus"`
	IsSubscription                *bool             `xml:"IsSubscription"` // 定期購入
	// may be missing for minutes on the first order
	SubscriptionID            string                `xml:"SubscriptionId"`
	SubscriptionContinueCount *int64                `xml:"SubscriptionContinueCount"`
	SubscriptionCycleType     SubscriptionCycleType `xml:"SubscriptionCycleType"`
	SubscriptionCycleDate     *int64                `xml:"SubscriptionCycleDate"`
	IsLineGiftShippable       *bool                 `xml:"IsLineGiftShippable"`
	ShippingDeadline          DateTime              `xml:"ShippingDeadline"` // LINEギフトの出荷期限
	// JSON; empty for orders since 2023-03-29
	UseGiftCardData string `xml:"UseGiftCardData"`
	DeliveryStatus  string `xml:"DeliveryStatus"` // the carrier's own status
	// last data of the carrier, like the two below
	YamatoInputDate      DateTime `xml:"YamatoInputDate"`
	SagawaInputDate      DateTime `xml:"SagawaInputDate"`
	JapanPostInputDate   DateTime `xml:"JapanPostInputDate"`
	FirstArrivalDateTime DateTime `xml:"FirstArrivalDateTime"` // first delivery attempt
	DeliveryDate         Date     `xml:"DeliveryDate"`         // on the carrier's label
	// on the carrier's label; 1416: from 14 to 16
	DeliveryTimeZone            string   `xml:"DeliveryTimeZone"`
	ShipCompanyMethodCode       string   `xml:"ShipCompanyMethodCode"`
	ShipCompanyReceivedDatetime DateTime `xml:"ShipCompanyReceivedDatetime"`
	// 00 handed over, 01 left
	ShipContactlessDeliveryCode string                 `xml:"ShipContactlessDeliveryCode"`
	RemoteAreaShippingType      RemoteAreaShippingType `xml:"RemoteAreaShippingType"` // 離島

	// Fields of older documents; they must not be requested.
	IsCashOnDelivery *bool `xml:"IsCashOnDelivery"`
}
