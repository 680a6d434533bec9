package order

import (
	"cmp"
)

// In returns the status in the words of shop staff (発送待ち) or in English (ready to ship).
func (s Status) In(lang Lang) string { return words(statusWords, s, s.String(), lang) }

// In returns the flag in words, or the value itself where it is unknown.
func (f Flag) In(lang Lang) string { return words(flagWords, f, string(f), lang) }

// In returns the reason in words (欠品), or the value itself where it is unknown.
func (r CancelReason) In(lang Lang) string { return words(cancelReasonWords, r, string(r), lang) }

// In returns the reason in words (メーカー直送), or the value itself where it is unknown.
func (n NoNumber) In(lang Lang) string { return words(noNumberWords, n, string(n), lang) }

// In returns the payment method in words, or the value itself where it is unknown.
func (m PaymentMethod) In(lang Lang) string { return words(paymentWords, m, string(m), lang) }

// In returns the kind in words, or the value itself where it is unknown.
func (k ComponentKind) In(lang Lang) string { return words(componentWords, k, string(k), lang) }

// In returns who pays in words, or the value itself where it is unknown.
func (b Bearer) In(lang Lang) string { return words(bearerWords, b, string(b), lang) }

// In returns the verdict in words.
func (v Verdict) In(lang Lang) string { return words(verdictWords, v, string(v), lang) }

// In returns the outcome in words.
func (o Outcome) In(lang Lang) string { return words(outcomeWords, o, o.String(), lang) }

// In returns the outcome in words. For a dry run that is Done it is "would be done" (実行できます).
func (r Result) In(lang Lang) string {
	if r.DryRun && r.Outcome == Done {
		return Text{JA: "実行できます", EN: "would be done"}.In(lang)
	}
	return r.Outcome.In(lang)
}

// In returns the ability in words (発送報告), or the value itself where it is unknown.
func (a Ability) In(lang Lang) string { return words(abilityWords, a, string(a), lang) }

// In returns the answer in words (はい, いいえ, 不明).
func (a Answer) In(lang Lang) string { return words(answerWords, a, a.String(), lang) }

// In returns the class in words.
func (c Class) In(lang Lang) string { return words(classWords, c, c.Error(), lang) }

// In returns the mall's name (楽天市場, Rakuten Ichiba), or the value itself where it is unknown.
func (m Mall) In(lang Lang) string { return words(mallWords, m, string(m), lang) }

// In returns the amount as people write it: 1,507円 or JPY 1,507. An undetermined amount is 未確定 or
// "undetermined".
func (m Money) In(lang Lang) string {
	switch {
	case !m.Known():
		return Text{JA: "未確定", EN: m.String()}.In(lang)
	case m.currency == "JPY":
		amount := grouped(m.Amount())
		return Text{JA: amount + "円", EN: "JPY " + amount}.In(lang)
	}
	return m.currency + " " + grouped(m.Amount())
}

// In returns the rate as printed on receipts: 10%, 8%（軽減税率）, 非課税, or 税率不明 when unknown.
func (r TaxRate) In(lang Lang) string {
	switch r {
	case TaxRate{}:
		return Text{JA: "税率不明", EN: "unknown rate"}.In(lang)
	case ReducedRate:
		return Text{JA: "8%（軽減税率）", EN: "8% (reduced)"}.In(lang)
	case ZeroRate:
		return Text{JA: "非課税", EN: "0% (not taxed)"}.In(lang)
	}
	return r.String()
}

// In returns the slot in words. For a label that could not be read it says so and adds the label.
func (d Delivery) In(lang Lang) string {
	if d.Unresolved() {
		return Text{JA: "判読できません：", EN: "not readable: "}.In(lang) + d.Label
	}
	return d.Slot.In(lang)
}

// grouped puts commas between the thousands of a decimal.
func grouped(amount string) string {
	end := len(amount)
	for i, c := range amount {
		if c == '.' {
			end = i
		}
	}
	for i := end - 3; i > 0 && amount[i-1] != '-'; i -= 3 {
		amount = amount[:i] + "," + amount[i:]
	}
	return amount
}

func words[K comparable](table map[K]Text, key K, own string, lang Lang) string {
	return cmp.Or(table[key].In(lang), own)
}

var statusWords = map[Status]Text{
	Unknown:          {JA: "不明", EN: "unknown"},
	Reserved:         {JA: "予約", EN: "reserved"},
	AwaitingPayment:  {JA: "入金待ち", EN: "awaiting payment"},
	New:              {JA: "新規", EN: "new"},
	OnHold:           {JA: "保留", EN: "on hold"},
	ReadyToShip:      {JA: "発送待ち", EN: "ready to ship"},
	PartiallyShipped: {JA: "一部発送済み", EN: "partially shipped"},
	Shipped:          {JA: "発送済み", EN: "shipped"},
	Completed:        {JA: "完了", EN: "completed"},
	CancelRequested:  {JA: "キャンセル受付中", EN: "cancel requested"},
	Cancelled:        {JA: "キャンセル", EN: "cancelled"},
}

var flagWords = map[Flag]Text{
	NeedsConfirmation: {JA: "注文確認待ち", EN: "needs confirmation"},
	BuyerMayCancel:    {JA: "購入者がキャンセル・変更可能", EN: "buyer may cancel"},
	NoPersonalData:    {JA: "個人情報なし", EN: "no personal data"},
	RegulatedItem:     {JA: "要確認商品（医薬品など）", EN: "regulated item"},
	UnderReview:       {JA: "審査中", EN: "under review"},
	Preorder:          {JA: "予約商品", EN: "pre-order"},
	Subscription:      {JA: "定期購入・頒布会", EN: "subscription"},
	GiftWish:          {JA: "ギフト希望", EN: "gift"},
	SocialGift:        {JA: "ソーシャルギフト", EN: "social gift"},
	AddressPending:    {JA: "お届け先住所の登録待ち", EN: "address pending"},
	SeveralRecipients: {JA: "複数送付先", EN: "several recipients"},
	RemoteIsland:      {JA: "離島", EN: "remote island"},
	BuyerCaution:      {JA: "注意喚起あり", EN: "caution"},
	DropOff:           {JA: "置き配", EN: "drop-off"},
	FastDelivery:      {JA: "お急ぎ便", EN: "fast delivery"},
	StorePickup:       {JA: "コンビニ・店頭受取", EN: "store pickup"},
	FulfilledByMall:   {JA: "モール倉庫から出荷", EN: "fulfilled by the mall"},
	ShippedByMall:     {JA: "モールが送り状を発行", EN: "shipped by the mall"},
	Business:          {JA: "法人のお客様", EN: "business buyer"},
	ChangedByBuyer:    {JA: "購入者による変更あり", EN: "changed by the buyer"},
	SplitOrder:        {JA: "分割された受注", EN: "split"},
	Replacement:       {JA: "交換", EN: "replacement"},
	ItemCancelled:     {JA: "一部明細キャンセル", EN: "item cancelled"},
	PaymentUnusual:    {JA: "決済の確認が必要", EN: "payment unusual"},
	ProxyPurchase:     {JA: "越境EC・購入代行", EN: "proxy purchase"},

	// of one mall, by its own package
	"amazon_prime":        {JA: "マケプレプライム", EN: "seller-fulfilled Prime"},
	"amazon_premium":      {JA: "マケプレプレミアム配送", EN: "premium shipping"},
	"amazon_easy_ship":    {JA: "Easy Ship（Amazonが送り状を発行）", EN: "Easy Ship"},
	"amazon_ship_plus":    {JA: "FBM Ship+（Amazonが発送を報告）", EN: "FBM Ship+"},
	"amazon_transparency": {JA: "透明性コードが必要", EN: "transparency codes needed"},
	"test_order":          {JA: "テスト注文", EN: "test order"},
}

var cancelReasonWords = map[CancelReason]Text{
	BuyerRequest:   {JA: "お客様都合", EN: "the buyer asked for it"},
	Returned:       {JA: "受取後の返品", EN: "returned"},
	Unpaid:         {JA: "未入金", EN: "not paid"},
	Undeliverable:  {JA: "長期不在・住所不明", EN: "undeliverable"},
	RefusedByBuyer: {JA: "受取拒否", EN: "refused by the buyer"},
	OutOfStock:     {JA: "欠品", EN: "out of stock"},
	Delayed:        {JA: "発送遅延", EN: "delayed"},
	OtherReason:    {JA: "その他", EN: "other"},
}

var noNumberWords = map[NoNumber]Text{
	MakerShips:        {JA: "メーカー直送", EN: "shipped by the maker"},
	NothingToShip:     {JA: "配送物なし", EN: "nothing to ship"},
	PickedUp:          {JA: "店頭受取", EN: "picked up at the shop"},
	CarrierContacts:   {JA: "配送会社から連絡", EN: "the carrier contacts the buyer"},
	MethodHasNoNumber: {JA: "伝票番号のない配送方法", EN: "the method has no tracking number"},
}

var paymentWords = map[PaymentMethod]Text{
	Card:             {JA: "クレジットカード", EN: "credit card"},
	CashOnDelivery:   {JA: "代金引換", EN: "cash on delivery"},
	ConvenienceStore: {JA: "コンビニ前払い", EN: "convenience store"},
	BankTransfer:     {JA: "銀行振込", EN: "bank transfer"},
	Deferred:         {JA: "後払い", EN: "deferred payment"},
	Wallet:           {JA: "電子マネー・残高払い", EN: "wallet"},
	CarrierBilling:   {JA: "携帯キャリア決済", EN: "carrier billing"},
	Points:           {JA: "全額ポイント払い", EN: "points"},
	Invoice:          {JA: "請求書払い", EN: "invoice"},
	OtherPayment:     {JA: "その他", EN: "other"},
}

var componentWords = map[ComponentKind]Text{
	Goods:       {JA: "商品代金", EN: "goods"},
	Option:      {JA: "オプション手数料", EN: "option"},
	Wrapping:    {JA: "ラッピング料", EN: "wrapping"},
	Shipping:    {JA: "送料", EN: "shipping"},
	CashFee:     {JA: "代引手数料", EN: "cash-on-delivery fee"},
	PaymentFee:  {JA: "決済手数料", EN: "payment fee"},
	Coupon:      {JA: "クーポン", EN: "coupon"},
	Discount:    {JA: "値引き", EN: "discount"},
	PointsUsed:  {JA: "ポイント利用", EN: "points"},
	GiftCard:    {JA: "ギフトカード", EN: "gift card"},
	ExcludedTax: {JA: "消費税（外税）", EN: "tax"},
	OtherAmount: {JA: "その他", EN: "other"},
}

var bearerWords = map[Bearer]Text{
	PaidByShop:  {JA: "店舗負担", EN: "shop"},
	PaidByMall:  {JA: "モール負担", EN: "mall"},
	PaidByMaker: {JA: "メーカー負担", EN: "maker"},
	PaidByBuyer: {JA: "購入者負担", EN: "buyer"},
}

var verdictWords = map[Verdict]Text{
	AddsUp:       {JA: "一致", EN: "adds up"},
	Differs:      {JA: "不一致", EN: "differs"},
	CannotBeTold: {JA: "判定できません", EN: "cannot be told"},
}

var outcomeWords = map[Outcome]Text{
	Unsettled: {JA: "結果不明", EN: "unsettled"},
	Done:      {JA: "完了", EN: "done"},
	Refused:   {JA: "拒否", EN: "refused"},
	NotSent:   {JA: "未送信", EN: "not sent"},
}

var abilityWords = map[Ability]Text{
	CanRead:           {JA: "受注の読み取り", EN: "read orders"},
	CanReadUpdated:    {JA: "更新日時での検索", EN: "search by last change"},
	CanFollow:         {JA: "変更の追跡", EN: "follow changes"},
	CanConfirm:        {JA: "注文確認", EN: "confirm"},
	CanShip:           {JA: "発送報告", EN: "report shipping"},
	CanCancel:         {JA: "キャンセル", EN: "cancel"},
	CanAnnotate:       {JA: "メモの更新", EN: "write the memo"},
	CanChangeDelivery: {JA: "お届け日時の変更", EN: "change delivery date and slot"},
	CanPayment:        {JA: "決済", EN: "payment"},
	CanStock:          {JA: "在庫", EN: "stock"},
	CanExpiry:         {JA: "キーの期限の照会", EN: "query when a key expires"},
	CanPush:           {JA: "プッシュ通知", EN: "push notifications"},
	CanSandbox:        {JA: "テスト環境", EN: "sandbox"},
}

var answerWords = map[Answer]Text{
	NotTold: {JA: "不明", EN: "unknown"},
	Yes:     {JA: "はい", EN: "yes"},
	No:      {JA: "いいえ", EN: "no"},
}

var classWords = map[Class]Text{
	ErrUnauthorized:      {JA: "認証エラー", EN: "unauthorized"},
	ErrCredentialExpired: {JA: "認証情報の期限切れ", EN: "credential expired"},
	ErrForbidden:         {JA: "権限なし", EN: "forbidden"},
	ErrNotFound:          {JA: "該当なし", EN: "not found"},
	ErrInvalid:           {JA: "入力エラー", EN: "invalid"},
	ErrConflict:          {JA: "ステータス不一致", EN: "conflict"},
	ErrRateLimited:       {JA: "アクセス制限", EN: "rate limited"},
	ErrMaintenance:       {JA: "メンテナンス中", EN: "maintenance"},
	ErrTemporary:         {JA: "一時的な障害", EN: "temporary"},
	ErrUndecodable:       {JA: "応答を解読できません", EN: "undecodable"},
	ErrLocalLimit:        {JA: "SDK側の上限", EN: "local limit"},
}

var mallWords = map[Mall]Text{
	Rakuten: {JA: "楽天市場", EN: "Rakuten Ichiba"},
	Yahoo:   {JA: "Yahoo!ショッピング", EN: "Yahoo! Shopping"},
	Amazon:  {JA: "Amazon.co.jp", EN: "Amazon.co.jp"},
	AuPay:   {JA: "au PAY マーケット", EN: "au PAY Market"},
}
