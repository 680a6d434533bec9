package yahoo

// Pay is the payment part of an order, with the billing address.
type Pay struct {
	PayStatus    PayStatus    `xml:"PayStatus" wire:"required"`
	SettleStatus SettleStatus `xml:"SettleStatus"`
	PayType      PayType      `xml:"PayType"`
	PayKind      PayKind      `xml:"PayKind"`
	PayMethod    PayMethod    `xml:"PayMethod" wire:"required"`
	// its wording changes: branch on PayMethod
	PayMethodName        string   `xml:"PayMethodName"`
	SellerHandlingCharge *int64   `xml:"SellerHandlingCharge"` // always empty now
	PayActionTime        DateTime `xml:"PayActionTime"`        // payment update shown to the buyer
	PayDate              Date     `xml:"PayDate"`              // 入金日
	PayNotes             string   `xml:"PayNotes"`
	SettleID             string   `xml:"SettleId"` // 決済ID
	CardBrand            string   `xml:"CardBrand"`
	// encrypted, like the four below; only stores with their own card contract
	CardNumber       string          `xml:"CardNumber"`
	CardExpireYear   string          `xml:"CardExpireYear"`
	CardExpireMonth  string          `xml:"CardExpireMonth"`
	CardHolderName   string          `xml:"CardHolderName"`
	CardBirthDay     string          `xml:"CardBirthDay"`
	CardNumberLast4  string          `xml:"CardNumberLast4"`
	CardPayType      CardPayType     `xml:"CardPayType"`
	CardPayCount     *int64          `xml:"CardPayCount"` // 分割回数
	UseYahooCard     *bool           `xml:"UseYahooCard"`
	UseWallet        *bool           `xml:"UseWallet"`
	NeedBillSlip     *bool           `xml:"NeedBillSlip"`     // 請求書
	NeedDetailedSlip *bool           `xml:"NeedDetailedSlip"` // 明細書
	NeedReceipt      *bool           `xml:"NeedReceipt"`      // 領収書
	AgeConfirmField  string          `xml:"AgeConfirmField"`  // 年齢確認
	AgeConfirmValue  *int64          `xml:"AgeConfirmValue"`
	AgeConfirmCheck  *bool           `xml:"AgeConfirmCheck"`
	BillAddressFrom  BillAddressFrom `xml:"BillAddressFrom"`
	// 名; on social gifts all Bill fields hold fixed texts
	BillFirstName      string   `xml:"BillFirstName"`
	BillFirstNameKana  string   `xml:"BillFirstNameKana"`
	BillLastName       string   `xml:"BillLastName"` // 姓
	BillLastNameKana   string   `xml:"BillLastNameKana"`
	BillZipCode        string   `xml:"BillZipCode"`    // with or without a hyphen
	BillPrefecture     string   `xml:"BillPrefecture"` // その他: overseas
	BillPrefectureKana string   `xml:"BillPrefectureKana"`
	BillCity           string   `xml:"BillCity"`
	BillCityKana       string   `xml:"BillCityKana"`
	BillAddress1       string   `xml:"BillAddress1"`
	BillAddress1Kana   string   `xml:"BillAddress1Kana"`
	BillAddress2       string   `xml:"BillAddress2"`
	BillAddress2Kana   string   `xml:"BillAddress2Kana"`
	BillPhoneNumber    string   `xml:"BillPhoneNumber"`
	BillEmgPhoneNumber string   `xml:"BillEmgPhoneNumber"`
	BillMailAddress    string   `xml:"BillMailAddress"`
	BillSection1Field  string   `xml:"BillSection1Field"` // label of a company or department field
	BillSection1Value  string   `xml:"BillSection1Value"`
	BillSection2Field  string   `xml:"BillSection2Field"`
	BillSection2Value  string   `xml:"BillSection2Value"`
	PayNo              string   `xml:"PayNo"` // 支払番号
	PayNoIssueDate     DateTime `xml:"PayNoIssueDate"`
	ConfirmNumber      string   `xml:"ConfirmNumber"` // 確認番号
	PaymentTerm        DateTime `xml:"PaymentTerm"`   // 支払期限
	IsApplePay         *bool    `xml:"IsApplePay"`
	// 支払方法変更期限, after an authorisation error
	PayMethodChangeDeadline   DateTime  `xml:"PayMethodChangeDeadline"`
	PayMethodChangeDoneDate   DateTime  `xml:"PayMethodChangeDoneDate"`
	IsPayMethodChangePossible *bool     `xml:"IsPayMethodChangePossible"`
	LineGiftPayMethodName     string    `xml:"LineGiftPayMethodName"`
	CombinedPayType           PayType   `xml:"CombinedPayType"` // 併用支払い; empty: none
	CombinedPayKind           PayKind   `xml:"CombinedPayKind"`
	CombinedPayMethod         PayMethod `xml:"CombinedPayMethod"`
	CombinedPayMethodName     string    `xml:"CombinedPayMethodName"`

	// Fields of older documents and samples; they must not be requested.
	BankName          string       `xml:"BankName"`
	BankBranchName    string       `xml:"BankBranchName"`
	BankAccountNumber string       `xml:"BankAccountNumber"`
	BankAccountName   string       `xml:"BankAccountName"`
	RefundStatus      RefundStatus `xml:"RefundStatus"`
}
