package rakuten_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/rakuten"
)

// named is what all enumerations can do.
type named interface {
	Name() string
	Known() bool
}

// TestEnums holds the enumerations against the codes of the API's pages.
func TestEnums(t *testing.T) {
	for _, e := range []struct {
		of    func(int64) named
		names map[int64]string
	}{
		{func(n int64) named { return rakuten.OrderProgress(n) }, map[int64]string{100: "注文確認待ち", 200: "楽天処理中", 300: "発送待ち", 400: "変更確定待ち",
			500: "発送済", 600: "支払手続き中", 700: "支払手続き済", 800: "キャンセル確定待ち", 900: "キャンセル確定"}},
		{func(n int64) named { return rakuten.OrderType(n) }, map[int64]string{1: "通常購入", 4: "定期購入", 5: "頒布会", 6: "予約商品"}},
		{func(n int64) named { return rakuten.SettlementMethod(n) }, map[int64]string{1: "クレジットカード", 2: "代金引換", 3: "後払い",
			4: "ショッピングクレジット／ローン", 5: "オートローン", 6: "リース", 7: "請求書払い", 8: "ポイント", 9: "銀行振込", 12: "Apple Pay",
			13: "セブンイレブン（前払）", 14: "ファミリーマート、ローソン等（前払）", 16: "Alipay", 17: "PayPal", 21: "後払い決済（楽天市場の共通決済）",
			27: "Alipay（支付宝）"}},
		{func(n int64) named { return rakuten.DeliveryClass(n) }, map[int64]string{0: "選択なし", 1: "普通", 2: "冷蔵", 3: "冷凍", 4: "その他1", 5: "その他2", 6: "その他3",
			7: "その他4", 8: "その他5"}},
		{func(n int64) named { return rakuten.DateType(n) }, map[int64]string{1: "注文日", 2: "注文確認日", 3: "注文確定日", 4: "発送日", 5: "発送完了報告日", 6: "決済確定日"}},
		{func(n int64) named { return rakuten.ChangeReasonDetail(n) }, map[int64]string{1: "キャンセル", 2: "受取後の返品", 3: "長期不在による受取拒否", 4: "未入金",
			5: "代引決済の受取拒否", 6: "その他（お客様都合）", 8: "欠品", 10: "その他（店舗都合）", 13: "発送遅延", 14: "顧客・配送対応注意表示", 15: "返品（破損・品間違い）",
			16: "受取情報入力期限切れ"}},
		{func(n int64) named { return rakuten.PaymentStatus(n) }, map[int64]string{30000: "決済なし", 30100: "決済手続き待ち",
			30110: "決済手続き待ち（前処理待ち）", 30200: "決済手続き依頼", 30300: "決済手続き完了", 30400: "決済手続きNG", 30500: "決済依頼", 30600: "決済確定",
			30610: "決済確定（取消NG）", 30700: "決済NG", 30710: "決済NG（店舗引渡）", 31100: "決済手続き取消中", 31110: "決済手続き取消中（取消待ち）",
			31120: "決済手続き取消中（取消待ち、前処理待ち）", 31200: "決済手続き取消完了", 31300: "決済手続き取消NG", 31400: "決済取消中",
			31410: "決済取消中（取消待ち）", 31420: "決済取消中（取消待ち、前処理待ち）", 31500: "決済取消完了", 31800: "決済取消完了（チャージバック）"}},
		{func(n int64) named { return rakuten.Device(n) }, map[int64]string{0: "PC", 1: "モバイル(docomo)", 2: "モバイル(KDDI)",
			3: "モバイル(Softbank)", 5: "モバイル(WILLCOM)", 11: "スマートフォン（iPhone系）", 12: "スマートフォン（Android系）",
			19: "スマートフォン（その他）",
			21: "タブレット（iPad系）", 22: "タブレット（Android系）", 29: "タブレット（その他）", 99: "その他 不明な場合も含む"}},
		{func(n int64) named { return rakuten.EmailCarrierCode(n) }, map[int64]string{0: "PC", 1: "DoCoMo", 2: "au", 3: "SoftBank", 5: "WILLCOM", 99: "その他"}},
		{func(n int64) named { return rakuten.CautionDisplayType(n) }, map[int64]string{0: "なし", 1: "注意喚起", 2: "キャンセル確定"}},
		{func(n int64) named { return rakuten.CautionDisplayDetail(n) }, map[int64]string{101: "前払い未払い", 102: "受取拒否", 103: "長期不在", 104: "開梱後の返品",
			105: "高いサービスレベルの要望"}},
		{func(n int64) named { return rakuten.ChangeType(n) }, map[int64]string{0: "キャンセル申請", 1: "キャンセル確定", 2: "キャンセル完了", 3: "キャンセル取消",
			4: "変更申請", 5: "変更確定", 6: "変更完了", 7: "変更取消", 8: "注文確認", 9: "再決済手続き"}},
		{func(n int64) named { return rakuten.ChangeTypeDetail(n) }, map[int64]string{0: "減額", 1: "増額", 2: "その他", 10: "支払方法変更", 11: "支払方法変更・減額", 12: "支払方法変更・増額"}},
		{func(n int64) named { return rakuten.ChangeReason(n) }, map[int64]string{0: "店舗都合", 1: "お客様都合"}},
		{func(n int64) named { return rakuten.DueDateType(n) }, map[int64]string{0: "支払い期限日", 1: "支払い方法変更期限日", 2: "返金手続き期限日"}},
		{func(n int64) named { return rakuten.CardPayType(n) }, map[int64]string{0: "一括払い", 1: "リボ払い", 2: "分割払い", 3: "その他払い", 4: "ボーナス一括払い"}},
		{func(n int64) named { return rakuten.WrappingTitle(n) }, map[int64]string{1: "包装紙", 2: "リボン"}},
		{func(n int64) named { return rakuten.CouponCapitalCode(n) }, map[int64]string{1: "ショップ", 2: "メーカー", 3: "サービス"}},
		{func(n int64) named { return rakuten.InventoryType(n) }, map[int64]string{0: "在庫設定なし", 1: "通常在庫", 2: "項目選択肢別在庫"}},
		{func(n int64) named { return rakuten.RestoreInventory(n) }, map[int64]string{0: "商品の設定に従う", 1: "在庫連動する", 2: "在庫連動しない"}},
		{func(n int64) named { return rakuten.PointType(n) }, map[int64]string{0: "変倍なし", 1: "店舗別変倍", 2: "商品別変倍", -99: "エラー"}},
		{func(n int64) named { return rakuten.CvsCode(n) }, map[int64]string{1: "ファミリーマート", 20: "ミニストップ", 40: "サークルK", 41: "サンクス",
			50: "ローソン", 60: "郵便局", 70: "スリーエフ", 71: "エブリワン", 72: "ココストア", 74: "セーブオン", 80: "デイリーヤマザキ",
			81: "ヤマザキデイリーストア",
			82: "ニューヤマザキデイリーストア", 85: "ニューデイズ", 90: "ポプラ", 91: "くらしハウス", 92: "スリーエイト", 93: "生活彩家"}},
	} {
		for code, name := range e.names {
			require.Equal(t, name, e.of(code).Name(), "%T %d", e.of(code), code)
			require.True(t, e.of(code).Known())
		}
		require.Equal(t, "987654", e.of(987654).Name(), "%T: an unknown code keeps its number", e.of(0))
		require.False(t, e.of(987654).Known())
	}
}
