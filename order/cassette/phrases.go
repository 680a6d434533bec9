package cassette

// The words that stay in free text, separated by blanks. They are what package timeslot reads, and
// what names a method of payment or delivery, a field of an order form, an error.
const (
	slotWords = `
午前中 午前 午後中 午後 夜間 深夜 夕方 夕刻 夕食時 早朝 朝一 朝イチ モーニング お昼頃 お昼間 お昼 昼間 日中 ランチタイム ランチ ディナータイム ディナー 正午 今夜 朝 昼 夜 晩 夕
am pm am中 pm中 morning afternoon evening night noon lunch lunchtime daytime any anytime none before after until between from
無指定 未指定 指定なし 指定無し 指定しない 指定しません 希望なし 希望しない 希望はありません 不問 問わず 問わない 問いません 特になし 特に無し 特にありません 特に なし 無し ナシ しない しません
不要 不要です ありません ございません 終日可能 終日可 終日 一日中 何時でも いつでも どの時間帯でも どの時間でも 可能 結構です 結構 よい 良い 構いません かまいません 大丈夫です 大丈夫 おまかせ お任せします お任せ フリー
から より カラ まで 迄 までに 迄に 以前 以降 以後 以降に 時間帯 時間 時半 時 分 半 日 月 年 頃 ころ ごろ くらい ぐらい 位 間 内 帯 枠 便 必着 のみ の に で を は が も か と や です します ます
指定 ご指定 希望 ご希望 お届け お届 届け 届 配達 配送 到着 着 受取 受け取り 受け取 受取り お受け取り 受けと うけと 着で 着希望 着指定 不在 留守 在宅 ください 下さい お願いいたします お願い致します お願いします お願い 願い
おねがいします おねがい よろしく 宜しく どうぞ いただけ 頂け いただき 頂き ありがたい ありがた 有難い 有難 有り難 助かります 助かる 助か 幸いです 幸い 嬉しい 嬉し うれし 欲しい 欲し ほしい ほし 都合 持って来 持ってき
以外 不可 無理 避けて 避け NG OK しか 家にいます おります 変更 電話 連絡 メール 返信 営業 発送 出荷 集荷 注文 ない 無い ません では じゃ 除く 除 やっぱり やはり だと だけ 必ず なるべく できれば 出来れば 最短 最短日
不在時は 不在時 不在の場合は 不在の場合 宅配ボックス 置き配 置配 玄関前 玄関先 玄関 ドア前 ポスト 管理人室 管理人 ガスメーター メーターボックス 車庫 物置 手渡し 対面 再配達 入れて 置いて 預けて 投函
月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月曜 火曜 水曜 木曜 金曜 土曜 日曜 曜日 曜 土日 平日 週末 祝日 休日 祭日 今日 明日 明後日 昨日 本日 翌日 翌々日 今週 来週 毎日 火 水 木 金 土 日
クール便 クール 冷蔵 冷凍 常温 通常 宅配便 宅配 代引き 代引
`
	headingWords = `
配送日時指定 配送希望日時 配送日時 配達日時指定 配達希望日時 配達希望時間帯 配達希望日 配達日時 希望日時 日時指定 お届け日時 お届け希望日時 お届け希望日 お届け希望時間帯 お届け時間帯 お届け予定日時 お届け日 お届け時間
希望時間帯 希望時間 配達時間帯 配達時間 配送時間 到着時間 時間指定 配送希望日 配達日 配送日 希望日 日付指定 備考 コメント 要望 メッセージ 連絡事項 通信欄 その他 営業時間 受付 引取 来店 作業 工事 連絡可能時間帯
のし 包装 ラッピング ギフト 領収書 宛名 カラー サイズ 色 名入れ 確認事項 了承しました 指定日 期日
`
	nameWords = `
クレジットカード カード決済 カード コンビニ決済 コンビニ セブンイレブン ローソン ファミリーマート 前払 前払い 先払い 後払い決済 後払い 後払 代金引換 銀行振込 郵便振替 銀行ネット ATM じぶん銀行 ペイジー 全額 ポイント支払い ポイント利用
ポイント 支払う 支払い 支払 決済 auかんたん決済 auPAY au PAY PayPay PayPal Apple Pay 楽天ペイ キャリア決済 d払い ソフトバンクまとめて支払い 請求書払い ショッピングクレジット オートローン リース 分割払い 一括払い 一括
メール便 普通郵便 定形外郵便 ゆうパック ゆうパケット ゆうメール レターパック クリックポスト ネコポス クロネコDM便 クロネコ ヤマト運輸 ヤマト 宅急便コンパクト 宅急便 佐川急便 佐川 飛脚 日本郵便 郵便 西濃運輸 福山通運 自社配送 送料無料 店頭受取
YAMATO Yamato SAGAWA Sagawa JapanPost Japan Post
`
	errorWords = `
invalid_token insufficient_scope invalid_grant invalid_client invalid_request unauthorized_client error error_description realm Bearer expired expire token access refresh the a an to is was are be not no for of in or
Un-Authorised unauthorized unauthorised authorized authorization authentication Access requested resource denied bad request your has been forbidden found cannot operated invalid missing required parameter revoked
too many requests quota exceeded throttled internal server failure service unavailable temporarily timeout gateway maintenance method allowed unsupported header signature date provided you this operation value
html head body title meta h1 h2 p div span center hr br doctype public charset utf-8 nginx apache cloudfront
認証に失敗しました 認証 失敗しました 失敗 エラー メンテナンス中 メンテナンス 権限 有効期限 期限切れ 切れ 無効 不正 パラメータ パラメーター 指定された 指定してください 存在しません 見つかりません 設定されていません 更新できません 登録されていません 処理 受注 注文番号 注文情報 取得
正常 終了 完了 必須 入力 形式 範囲 件数 検索 結果 該当 在庫 商品 店舗ID ショップ 店舗 上限 超えています しばらく アクセス 集中 システム
`
)
