package order

// Mall (モール) names the marketplace of an order. The constants are the malls of this SDK; any other
// non-empty text is a mall that the program adds. It is shown to people and stored with orders, so
// choose a readable text and never change it.
type Mall string

// The malls of this SDK.
const (
	Rakuten Mall = "rakuten" // 楽天市場
	Yahoo   Mall = "yahoo"   // Yahoo!ショッピング
	Amazon  Mall = "amazon"  // Amazon.co.jp
	AuPay   Mall = "aupay"   // au PAY マーケット
)

// Name returns the name that shoppers and shop staff use (楽天市場), or the value itself where it is
// unknown.
func (m Mall) Name() string { return m.In(Japanese) }

// Ref identifies one order in one state.
type Ref struct {
	Mall     Mall   `json:"mall"`
	Shop     string `json:"shop"`
	ID       string `json:"id"`
	Revision string `json:"revision,omitempty"` // opaque; empty where no particular state is meant
}
