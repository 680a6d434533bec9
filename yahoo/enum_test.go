package yahoo_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/yahoo"
)

// named is what all enumerations can do.
type named interface {
	Name() string
	Known() bool
}

// TestTableOfEnums holds the enumerations against the codes of the pages of the APIs.
func TestTableOfEnums(t *testing.T) {
	for _, row := range []struct {
		value named
		code  string
		name  string
	}{
		{yahoo.OrderUnset, "0", "未入力"}, {yahoo.OrderReserved, "1", "予約中"}, {yahoo.OrderProcessing, "2", "処理中"},
		{yahoo.OrderHeld, "3", "保留"}, {yahoo.OrderCancelled, "4", "キャンセル"}, {yahoo.OrderCompleted, "5", "完了"},
		{yahoo.OrderAwaitingConsent, "8", "繰上げ同意待ち"},
		{yahoo.SuspectNo, "0", "なし"}, {yahoo.SuspectYes, "1", "いたずら"}, {yahoo.SuspectLifted, "2", "いたずら解除"},
		{yahoo.DevicePC, "1", "PC"}, {yahoo.DeviceFeaturePhone, "2", "ガラケー"}, {yahoo.DeviceSmartphone, "3", "スマートフォン"},
		{yahoo.DeviceTablet, "4", "タブレット"},
		{yahoo.SellerStore, "1", "セラー"}, {yahoo.SellerIndividual, "2", "セラー(個人)"},
		{yahoo.FraudLowRisk, "0", "低リスク"}, {yahoo.FraudHeld, "1", "審査保留"}, {yahoo.FraudHoldLifted, "2", "保留解除"},
		{yahoo.FraudConfirmed, "3", "不正確定"},
		{yahoo.SocialGiftNone, "0", "なし"}, {yahoo.SocialGiftByURL, "1", "ソーシャルギフト"}, {yahoo.SocialGiftToAddress, "2", "ギフト"},
		{yahoo.SocialGiftWishList, "3", "ほしいものリスト"}, {yahoo.SocialGiftSupportList, "4", "買って応援便リスト"},
		{yahoo.PriceRegular, "1", "通常価格"}, {yahoo.PriceSale, "2", "特価"}, {yahoo.PricePremium, "3", "プレミアム会員価格"},
		{yahoo.CancelBySystem, "0", "システムキャンセル"}, {yahoo.CancelBuyerCancelled, "100", "キャンセル"},
		{yahoo.CancelBuyerReturned, "110", "返品"}, {yahoo.CancelBuyerUnpaid, "120", "未入金"},
		{yahoo.CancelBuyerUnknownAddress, "130", "住所不明"}, {yahoo.CancelBuyerRefused, "140", "受取拒否"},
		{yahoo.CancelBuyerUnreachable, "150", "連絡不通"}, {yahoo.CancelBuyerDuplicate, "160", "重複注文"},
		{yahoo.CancelBuyerScreening, "170", "決済審査不可"}, {yahoo.CancelBuyerOther, "180", "その他"},
		{yahoo.CancelStorePayment, "200", "決済方法都合"}, {yahoo.CancelStoreOutOfStock, "210", "欠品"},
		{yahoo.CancelStoreDiscontinued, "220", "販売中止"}, {yahoo.CancelStoreOther, "230", "その他"},
		{yahoo.CancelSelfMistake, "300", "購入者: 注文間違い"}, {yahoo.CancelSelfPoints, "310", "購入者: ポイント使い忘れ"},
		{yahoo.CancelSelfCoupon, "320", "購入者: クーポン使い忘れ"}, {yahoo.CancelSelfCheaper, "330", "購入者: 他店より高い"},
		{yahoo.CancelSelfShippingCost, "340", "購入者: 送料"}, {yahoo.CancelSelfAddress, "350", "購入者: お届け先変更"},
		{yahoo.CancelSelfMethod, "360", "購入者: 配送方法変更"}, {yahoo.CancelSelfPayment, "370", "購入者: 支払方法変更"},
		{yahoo.CancelSelfCard, "380", "購入者: カード利用不可"}, {yahoo.CancelByService, "400", "サービス連動キャンセル"},
		{yahoo.PayAwaiting, "0", "入金待ち"}, {yahoo.PayPaid, "1", "入金済み"},
		{yahoo.SettleRequested, "1", "決済申込"}, {yahoo.SettleAwaiting, "2", "支払待ち"}, {yahoo.SettlePaid, "3", "支払完了"},
		{yahoo.SettleAwaitingMoney, "4", "入金待ち"}, {yahoo.SettleDone, "5", "決済完了"}, {yahoo.SettleCancelled, "6", "キャンセル"},
		{yahoo.SettleRefunded, "7", "返金"}, {yahoo.SettleExpired, "8", "有効期限切れ"}, {yahoo.SettleRequesting, "9", "決済申込中"},
		{yahoo.SettleAuthError, "10", "オーソリエラー"}, {yahoo.SettleSaleReversed, "11", "売上取消"},
		{yahoo.SettleSuicaAddressError, "12", "Suicaアドレスエラー"},
		{yahoo.PayAfter, "0", "後払い"}, {yahoo.PayBefore, "1", "前払い"},
		{yahoo.PayKindCard, "0", "クレジットカード"}, {yahoo.PayKindNetBank, "1", "ネットバンキング"}, {yahoo.PayKindCarrier, "2", "キャリア決済"},
		{yahoo.PayKindTransfer, "3", "銀行振込"}, {yahoo.PayKindCashOnDelivery, "4", "代金引換"},
		{yahoo.PayKindConvenience, "5", "コンビニ"}, {yahoo.PayKindEMoney, "6", "電子マネー"}, {yahoo.PayKindOther, "7", "その他"},
		{yahoo.CardOnce, "1", "一括払い"}, {yahoo.CardBonus, "2", "ボーナス一括払い"}, {yahoo.CardRevolving, "3", "リボ払い"},
		{yahoo.CardInstalments, "4", "分割払い"},
		{yahoo.RefundNotNeeded, "0", "不要"}, {yahoo.RefundNeeded, "1", "必要"}, {yahoo.RefundDone, "2", "返金済み"},
		{yahoo.BillFromHome, "P", "自宅"}, {yahoo.BillFromWork, "B", "勤務先"}, {yahoo.BillFromShip, "ship", "お届け先と同じ"},
		{yahoo.BillFromOther, "O", "その他"}, {yahoo.BillFromOther1, "O1", "その他1"}, {yahoo.BillFromOther2, "O2", "その他2"},
		{yahoo.BillFromOther3, "O3", "その他3"}, {yahoo.BillFromOther4, "O4", "その他4"}, {yahoo.BillFromWallet, "W", "ウォレット"},
		{yahoo.BillFromSoftBank, "SB", "ソフトバンク登録情報"},
		{yahoo.PayByCard, "payment_a1", "クレジットカード決済"}, {yahoo.PayBySeven, "payment_a6", "コンビニ決済(セブン-イレブン)"},
		{yahoo.PayByConvenience, "payment_a7", "コンビニ決済(その他)"}, {yahoo.PayBySuica, "payment_a8", "モバイルSuica決済"},
		{yahoo.PayByDPayment, "payment_a9", "d払い"}, {yahoo.PayByAuPay, "payment_a10", "au PAY(auかんたん決済)"},
		{yahoo.PayBySoftBank, "payment_a11", "ソフトバンクまとめて支払い"}, {yahoo.PayByPayEasy, "payment_a15", "ペイジー決済"},
		{yahoo.PayByYahooMoney, "payment_a16", "Yahoo!マネー/預金払い"}, {yahoo.PayByPayPay, "payment_a17", "PayPay残高等"},
		{yahoo.PayByYukkuri, "payment_a18", "ゆっくり払い"}, {yahoo.PayByPayPayCredit, "payment_a19", "PayPayクレジット"},
		{yahoo.PayByTransfer1, "payment_b1", "銀行振込1"}, {yahoo.PayByTransfer2, "payment_b2", "銀行振込2"},
		{yahoo.PayByTransfer3, "payment_b3", "銀行振込3"}, {yahoo.PayByTransfer4, "payment_b4", "銀行振込4"},
		{yahoo.PayByTransfer5, "payment_b5", "銀行振込5"}, {yahoo.PayByTransfer6, "payment_b6", "銀行振込6"},
		{yahoo.PayByYuchoBefore, "payment_c1", "ゆうちょ前払い"}, {yahoo.PayByYuchoAfter, "payment_c2", "ゆうちょ後払い"},
		{yahoo.PayByRegisteredMail, "payment_c3", "現金書留"}, {yahoo.PayOnDelivery, "payment_d1", "代金引換"},
		{yahoo.PayByStore1, "payment_e1", "ストア独自の支払い方法1"}, {yahoo.PayByStore2, "payment_e2", "ストア独自の支払い方法2"},
		{yahoo.PayByStore3, "payment_e3", "ストア独自の支払い方法3"}, {yahoo.PayByStore4, "payment_e4", "ストア独自の支払い方法4"},
		{yahoo.PayByStore5, "payment_e5", "ストア独自の支払い方法5"}, {yahoo.PayByStore6, "payment_e6", "ストア独自の支払い方法6"},
		{yahoo.PayByStore7, "payment_e7", "ストア独自の支払い方法7"}, {yahoo.PayByStore8, "payment_e8", "ストア独自の支払い方法8"},
		{yahoo.PayByStore9, "payment_e9", "ストア独自の支払い方法9"}, {yahoo.PayByStore10, "payment_e10", "ストア独自の支払い方法10"},
		{yahoo.PayByStore11, "payment_e11", "ストア独自の支払い方法11"}, {yahoo.PayByStore12, "payment_e12", "ストア独自の支払い方法12"},
		{yahoo.PayByStore13, "payment_e13", "ストア独自の支払い方法13"}, {yahoo.PayByStore14, "payment_e14", "ストア独自の支払い方法14"},
		{yahoo.PayByStore15, "payment_e15", "ストア独自の支払い方法15"}, {yahoo.PayFree, "payment_h1", "無料商品"},
		{yahoo.PayByPoints, "payment_z1", "全額ポイント"}, {yahoo.PayByLine, "payment_z3", "LINE外部決済"},
		{yahoo.PayByVoucher, "payment_z4", "商品券"},
		{yahoo.ShipNotPossible, "0", "出荷不可"}, {yahoo.ShipPossible, "1", "出荷可"}, {yahoo.ShipInProgress, "2", "出荷処理中"},
		{yahoo.ShipDone, "3", "出荷済み"}, {yahoo.ShipArrived, "4", "着荷済み"},
		{yahoo.ArriveNormal, "0", "通常"}, {yahoo.ArriveToday, "1", "きょうつく"}, {yahoo.ArriveTomorrow, "2", "あすつく"},
		{yahoo.ExcellentNo, "0", "対象外"}, {yahoo.ExcellentYes, "1", "優良配送"}, {yahoo.ExcellentNextDay, "2", "翌日優良配送"},
		{yahoo.SatelliteNone, "0", "自宅配送"}, {yahoo.SatelliteJapanPost, "1", "日本郵便の拠点受取"},
		{yahoo.SatelliteYamato, "3", "ヤマトの拠点受取"},
		{yahoo.SatelliteAtHome, "0", "自宅"}, {yahoo.SatelliteAtStore, "2", "コンビニ"}, {yahoo.SatelliteAtPostOffice, "4", "郵便局"},
		{yahoo.SatelliteLoppi, "0001", "Loppi"}, {yahoo.SatelliteFamiport, "0003", "Famiポート"},
		{yahoo.SatellitePostOffice, "1001", "郵便局"}, {yahoo.SatelliteHakopos, "1100", "はこぽす"},
		{yahoo.SatellitePUDO, "563", "PUDOステーション"},
		{yahoo.ReceiveShopNone, "0", "通常"}, {yahoo.ReceiveShopPickup, "1", "店頭受取"}, {yahoo.ReceiveShopStock, "2", "店頭在庫受取"},
		{yahoo.ReceiveShopShip, "3", "店頭在庫発送"},
		{yahoo.EmptyMakerDirect, "101", "メーカー直送"}, {yahoo.EmptyNothingToShip, "102", "配送不要"},
		{yahoo.EmptyStorePickup, "103", "店頭受取"}, {yahoo.EmptyCarrierContacts, "104", "配送業者から連絡"},
		{yahoo.EmptyNoNumber, "105", "伝票番号のない配送方法"},
		{yahoo.RemoteNone, "0", "なし"}, {yahoo.RemoteSet, "1", "設定あり"}, {yahoo.RemoteLater, "2", "後から計算"},
		{yahoo.CycleDays, "0", "日ごと"}, {yahoo.CycleMonths, "1", "月ごと"},
		{yahoo.OptionText10, "0", "テキスト(10文字)"}, {yahoo.OptionText50, "1", "テキスト(50文字)"},
		{yahoo.OptionText250, "2", "テキスト(250文字)"}, {yahoo.OptionPullDown, "3", "プルダウン"}, {yahoo.OptionRadio, "4", "ラジオボタン"},
		{yahoo.OptionCheckbox, "5", "チェックボックス"},
		{yahoo.AuctionCategoryNormal, "0", "通常"}, {yahoo.AuctionCategoryCar, "1", "自動車"},
		{yahoo.AuctionCategoryMotorcycle, "2", "バイク"},
		{yahoo.AuctionFixedPrice, "0", "定額"}, {yahoo.AuctionBuyNow, "1", "即決落札"}, {yahoo.AuctionBid, "2", "オークション落札"},
		{yahoo.AuctionSingle, "0", "通常"}, {yahoo.AuctionBundled, "1", "まとめて取引"},
		{yahoo.OverlapNotJudged, "0", "未判定"}, {yahoo.OverlapUndecided, "1", "判定不可"}, {yahoo.OverlapNo, "2", "重複なし"},
		{yahoo.OverlapAgreed, "3", "重複あり(購入者同意済み)"},
		{yahoo.InsuranceNone, "0", "なし"}, {yahoo.InsuranceInProgress, "1", "申込中"}, {yahoo.InsuranceAccepted, "2", "申込成功"},
		{yahoo.InsuranceFailed, "3", "申込失敗"}, {yahoo.InsuranceStarted, "4", "開始"}, {yahoo.InsuranceCancelled, "5", "キャンセル"},
		{yahoo.InsuranceOrder, "6", "保険注文"},
		{yahoo.AffiliateNone, "0", "なし"}, {yahoo.AffiliateVC, "1", "VC"}, {yahoo.AffiliateSHP, "2", "SHP"},
		{yahoo.OptionPartnerNone, "0", "通常"}, {yahoo.OptionPartnerGoods, "1", "物品"},
		{yahoo.OptionPartnerService, "2", "サービス"},
		{yahoo.InstructNone, "0", "なし"}, {yahoo.InstructDirect, "1", "直接"}, {yahoo.InstructViaShipper, "2", "荷主経由"},
		{yahoo.InstructPickAndDelivery, "101", "ピック&デリバリー"}, {yahoo.InstructFulfilment, "102", "フルフィルメント(API)"},
		{yahoo.InstructPickNotLinked, "103", "ピック&デリバリー(ストア未連携)"}, {yahoo.InstructMultiChannel, "104", "フルフィルメント(マルチチャネル)"},
		{yahoo.InstructStatusNone, "0", "なし"}, {yahoo.InstructBefore, "100", "受付前"}, {yahoo.InstructWaiting, "101", "受付待ち"},
		{yahoo.InstructCancelled, "102", "出荷キャンセル"}, {yahoo.InstructedShip, "103", "出荷指示済み"},
		{yahoo.InstructShipped, "104", "出荷済み"}, {yahoo.InstructArrived, "105", "着荷済み"},
		{yahoo.InstructUndeliverable, "106", "配達不能"},
		{yahoo.YamatoNone, "0", "なし"}, {yahoo.YamatoAccepted, "1", "受付"}, {yahoo.YamatoInProgress, "2", "連携中"},
		{yahoo.YamatoLinked, "3", "連携済み"}, {yahoo.YamatoCancelled, "4", "連携取消"},
		{yahoo.EazyByHand, "0", "手渡し"}, {yahoo.EazyFrontDoor, "1", "玄関前"}, {yahoo.EazyParcelBox, "2", "宅配ボックス"},
		{yahoo.EazyGasMeter, "3", "ガスメーターボックス"}, {yahoo.EazyShed, "4", "物置"}, {yahoo.EazyGarage, "5", "車庫"},
		{yahoo.EazyBicycle, "6", "自転車のかご"}, {yahoo.EazyReception, "7", "受付・管理人"},
		{yahoo.ContactlessMatched, "0101", "一致"}, {yahoo.ContactlessNoNumber, "0201", "伝票番号不一致"},
		{yahoo.ContactlessNoAddress, "0202", "伝票番号または郵便番号不一致"}, {yahoo.ContactlessInCalendar, "0203", "配送会社側で変更済み"},
		{yahoo.ContactlessByRecipient, "0204", "受取人が変更依頼"}, {yahoo.ContactlessDelayed, "0205", "遅延"},
		{yahoo.ContactlessDelivered, "0206", "配達済み"}, {yahoo.ContactlessError, "0299", "その他エラー"},
		{yahoo.TransportNone, "0", "なし"}, {yahoo.TransportPerishable, "1", "生もの"}, {yahoo.TransportFragile, "2", "ワレモノ"},
		{yahoo.TransportPrecision, "3", "精密機器"}, {yahoo.TransportOnTop, "4", "下積厳禁"},
		{yahoo.TransportThisSideUp, "5", "天地無用"},
	} {
		require.Equal(t, row.code, fmt.Sprint(row.value), row.name)
		require.Equal(t, row.name, row.value.Name(), "%T %s", row.value, row.code)
		require.True(t, row.value.Known())
	}
}
