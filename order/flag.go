package order

import "slices"

// Flag marks an order with something that must be known to handle it. A mall may set flags other
// than these.
type Flag string

// The flags that the malls of this SDK set.
const (
	// 注文確認待ち: nothing goes on until the shop confirms it
	NeedsConfirmation Flag = "needs_confirmation"
	// the buyer can still cancel or change it: do not ship yet
	BuyerMayCancel Flag = "buyer_may_cancel"
	// the mall withheld name and address (missing role, or too old)
	NoPersonalData Flag = "no_personal_data"
	RegulatedItem  Flag = "regulated_item" // 医薬品 and other goods that need a check
	UnderReview    Flag = "under_review"   // 審査中: the mall is checking payment or fraud
	Preorder       Flag = "preorder"       // 予約商品
	Subscription   Flag = "subscription"   // 定期購入, 頒布会
	GiftWish       Flag = "gift"           // wrapping, のし or a message is wanted
	SocialGift     Flag = "social_gift"    // the recipient enters the address
	// the address is a placeholder until the recipient has entered it: do not ship
	AddressPending    Flag = "address_pending"
	SeveralRecipients Flag = "several_recipients" // 複数送付先
	RemoteIsland      Flag = "remote_island"      // 離島
	BuyerCaution      Flag = "buyer_caution"      // 注意喚起: the mall warns about this buyer or order
	DropOff           Flag = "drop_off"           // 置き配
	FastDelivery      Flag = "fast_delivery"      // promised by the mall: あす楽, 最強翌日配送, 優良配送, お急ぎ便
	StorePickup       Flag = "store_pickup"       // コンビニ受取, 店頭受取
	FulfilledByMall   Flag = "fulfilled_by_mall"  // the mall's warehouse ships it
	// the shop packs it; the mall makes the label and reports shipping
	ShippedByMall  Flag = "shipped_by_mall"
	Business       Flag = "business"         // a business buyer
	ChangedByBuyer Flag = "changed_by_buyer" // the buyer changed it after placing it
	SplitOrder     Flag = "split"            // 分割された注文
	Replacement    Flag = "replacement"      // 交換: replaces another order
	ItemCancelled  Flag = "item_cancelled"   // some lines are cancelled
	PaymentUnusual Flag = "payment_unusual"  // オーソリエラー, 期限切れ: see the mall's screen
	ProxyPurchase  Flag = "proxy_purchase"   // 越境EC, 購入代行
)

// Flags is a set of flags, in the order in which they were set.
type Flags []Flag

// Has reports whether f is in the set.
func (fs Flags) Has(f Flag) bool { return slices.Contains(fs, f) }

// Set adds f if on is true and f is not in the set yet.
func (fs *Flags) Set(f Flag, on bool) {
	if on && !fs.Has(f) {
		*fs = append(*fs, f)
	}
}
