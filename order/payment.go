package order

import (
	"fmt"
	"slices"
)

// PaymentMethod groups the malls' payment methods (決済方法); [Payment.Text] keeps the mall's own
// words. Empty means that the mall does not report it.
type PaymentMethod string

// The payment methods. Any that is not listed, such as one that a mall adds, is [OtherPayment].
const (
	Card             PaymentMethod = "card"              // クレジットカード
	CashOnDelivery   PaymentMethod = "cash_on_delivery"  // 代金引換
	ConvenienceStore PaymentMethod = "convenience_store" // コンビニ前払い
	BankTransfer     PaymentMethod = "bank_transfer"     // 銀行振込, 郵便振替, Pay-easy
	Deferred         PaymentMethod = "deferred"          // 後払い
	Wallet           PaymentMethod = "wallet"            // PayPay, au PAY, 楽天Edy and other balances
	CarrierBilling   PaymentMethod = "carrier_billing"   // 携帯キャリア決済
	Points           PaymentMethod = "points"            // paid in full with points
	Invoice          PaymentMethod = "invoice"           // 請求書払い
	OtherPayment     PaymentMethod = "other"
)

// Answer is yes, no or unknown. The zero Answer is unknown.
type Answer uint8

// The answers.
const (
	NotTold Answer = iota // unknown
	Yes
	No
)

var answerNames = [...]string{"unknown", "yes", "no"}

// String returns "unknown", "yes" or "no".
func (a Answer) String() string {
	if int(a) < len(answerNames) {
		return answerNames[a]
	}
	return fmt.Sprintf("Answer(%d)", uint8(a))
}

// MarshalText returns what String returns, or an error for a value outside the set.
func (a Answer) MarshalText() ([]byte, error) {
	if int(a) >= len(answerNames) {
		return nil, fmt.Errorf("order: no such answer: %d", uint8(a))
	}
	return []byte(answerNames[a]), nil
}

// UnmarshalText reads what MarshalText writes.
func (a *Answer) UnmarshalText(text []byte) error {
	i := slices.Index(answerNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("order: no such answer: %q", text)
	}
	*a = Answer(i)
	return nil
}

// YesNo returns the Answer for a bool that the mall has sent.
func YesNo(yes bool) Answer {
	if yes {
		return Yes
	}
	return No
}
