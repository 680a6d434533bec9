package order

// Mall (モール) names the marketplace an order comes from. The four constants are the malls of this SDK; any other non-empty
// text is legal and stands for a mall that somebody else plugged in.
type Mall string

// The malls of this SDK.
const (
	Rakuten Mall = "rakuten" // 楽天市場
	Yahoo   Mall = "yahoo"   // Yahoo!ショッピング
	Amazon  Mall = "amazon"  // Amazon.co.jp
	AuPay   Mall = "aupay"   // au PAY マーケット
)

// Name is the mall's name as shoppers and shop staff write it; an unknown mall gives its own text.
func (m Mall) Name() string {
	switch m {
	case Rakuten:
		return "楽天市場"
	case Yahoo:
		return "Yahoo!ショッピング"
	case Amazon:
		return "Amazon.co.jp"
	case AuPay:
		return "au PAY マーケット"
	}
	return string(m)
}

// Ref names one order in one state.
type Ref struct {
	Mall     Mall   `json:"mall"`
	Shop     string `json:"shop"`
	ID       string `json:"id"`
	Revision string `json:"revision,omitempty"` // opaque; empty where no state is meant
}
