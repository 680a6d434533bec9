package kobune

import "github.com/jpmall/jpmall/order"

// What the staff of a shop are told to do next.
var (
	nextCorrect = order.Text{EN: "correct it and send it again", JA: "内容を直して、もう一度送ってください"}
	nextRepeat  = order.Text{EN: "send it again", JA: "もう一度送ってください"}
	nextNumber  = order.Text{EN: "look the number up in the shop", JA: "受注番号をカートの管理画面で確認してください"}
	nextOrder   = order.Text{EN: "look at the order in the shop", JA: "受注をカートの管理画面で確認してください"}
	nextSettle  = order.Text{EN: "ask with Settle before it is sent again",
		JA: "もう一度送る前に、Settle で結果を確認してください"}
	nextArrive = order.Text{EN: "the shop has not taken it: send it again",
		JA: "カートに届いていません。もう一度送ってください"}
	newKey  = order.Text{EN: "make a new key: " + where.EN, JA: "新しいキーを発行してください：" + where.JA}
	theKeys = order.Text{EN: "compare the key with that of: " + where.EN,
		JA: "キーを見比べてください：" + where.JA}
)
