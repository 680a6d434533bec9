package yahoo

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

const (
	codeSessionOver = "px-04102"
	codeNoOrder     = "od91801"
	codeParameter   = "od90101"

	forbiddenWords = "Your Request was Forbidden"
)

var maintenanceHint = order.Text{EN: "try again after the maintenance", JA: "メンテナンス終了後に再実行してください"}

// Hints for codes whose operations the mall's pages name but whose meaning could not be read: the
// mall's message says it.
var (
	hintFields = order.Text{
		EN: "the mall refuses a field of the request, see its words: nothing was changed",
		JA: "リクエストの項目が拒否されました。モールのメッセージを確認してください。何も変更されていません"}
	hintState = order.Text{EN: "the order's state does not allow it: read the order again",
		JA: "現在の注文ステータスではできません。注文を読み直してください"}
	hintLocked = order.Text{
		EN: "wait until the order's first ten minutes have passed, read it again, and send it then; nothing was changed",
		JA: "注文から10分が過ぎたら、キャンセルされていないことを確認して再送してください。何も変更されていません"}
	hintSagawa = order.Text{
		EN: "the store's linkage with 佐川急便 refuses it, see the mall's words: check carrier, number and the linkage on the store's screen",
		JA: "佐川急便との連携で拒否されました。モールのメッセージを確認し、配送会社・伝票番号・ストアの連携設定を見直してください"}
	hintCoupon = order.Text{
		EN: "the quantity would leave fewer coupons than the buyer used: allow it with IsCouponUpdateAllowed, or do not change it",
		JA: "この数量では使用済みクーポンの枚数を下回ります。数量を変更しないか、ストアの画面で変更してください"}
	hintSettlement = order.Text{
		EN: "the settlement does not allow it, see the mall's words: look at the payment on the store's screen",
		JA: "決済の状態によりできません。モールのメッセージと、ストアの画面の決済状況を確認してください"}
	hintOnceWarning = order.Text{
		EN: "the mall refuses it; its pages counted this code among the warnings once, so read the order before trying again",
		JA: "モールに拒否されました。以前は警告とされていたコードのため、再実行の前に注文を確認してください"}
	hintStock = order.Text{
		EN: "the mall refuses the stock of this code, see its words: read it with GetStock",
		JA: "この商品コードの在庫が拒否されました。モールのメッセージと、ストアの画面の在庫を確認してください"}
)

// codes classes the mall's error codes. The mall publishes no list that could be read; a code that
// is not here keeps its text and is classed by the HTTP status. The change logs of the order pages
// name od90137 to od91192 with their operations. od9013x to od902xx are taken to be like od90101 (a
// field of the request), od91xxx to be about the order's state and settlement. Some come with HTTP
// 500 and are refusals all the same.
var codes = []struct {
	code  string
	class order.Class
	hint  order.Text
}{
	{"px-04001", order.ErrInvalid, order.Text{EN: "the request names no store",
		JA: "リクエストにストアの指定がありません"}},
	{codeSessionOver, order.ErrCredentialExpired,
		order.Text{
			EN: "the order session has expired and a refresh does not help: someone must authorise again",
			JA: "注文APIの認可期限が切れています。トークンの再取得では解決しないため、再認可（ログインと同意）が必要です"}},
	{"px-04303", order.ErrForbidden,
		order.Text{
			EN: "the application is not approved for the order APIs: apply for it in the developer's console",
			JA: "アプリケーションが注文APIの利用を承認されていません。管理画面から申請してください"}},
	{"px-04306", order.ErrForbidden,
		order.Text{
			EN: "this machine's IP address is not registered: add it to the application's 接続元IPアドレス",
			JA: "接続元IPアドレスが登録されていません。アプリケーションの接続元IPアドレスに追加してください"}},
	{"px-04307", order.ErrForbidden,
		order.Text{
			EN: "the API is not permitted, or the consent was withdrawn: someone must authorise again",
			JA: "APIが許可されていないか、同意が取り消されています。再認可（ログインと同意）が必要です"}},
	{"px-14303", order.ErrForbidden,
		order.Text{
			EN: "the business ID has no rights on this store (ツール管理権限), or the key version is missing",
			JA: "ビジネスIDにこのストアの権限（ツール管理権限）がないか、公開鍵のバージョンが指定されていません"}},
	{"px-14304", order.ErrForbidden,
		order.Text{EN: "the store is not allowed for this user or application: check Config.Shop",
			JA: "このユーザーまたはアプリケーションではこのストアを利用できません。設定のストアアカウントを確認してください"}},
	{codeParameter, order.ErrInvalid,
		order.Text{EN: "the mall names the parameter or field that it refused",
			JA: "拒否された項目がモールのメッセージに示されています"}},
	{codeNoOrder, order.ErrNotFound, order.Text{EN: "the store has no such order",
		JA: "このストアに該当する注文がありません"}},
	{"od91133", order.ErrInvalid, order.Text{}},
	{"od91001", order.ErrTemporary, order.Text{}},
	{"od90137", order.ErrInvalid, hintFields},
	{"od90150", order.ErrInvalid, hintFields},
	{"od90166", order.ErrInvalid, hintFields},
	{"od90175", order.ErrInvalid, hintSagawa},
	{"od90176", order.ErrInvalid, hintSagawa},
	{"od90180", order.ErrInvalid, hintFields},
	{"od90183", order.ErrInvalid, hintFields},
	{"od90191", order.ErrInvalid, hintFields},
	{"od90192", order.ErrInvalid, hintFields},
	{"od90193", order.ErrInvalid, hintFields},
	{"od90207", order.ErrInvalid, hintCoupon},
	{"od91060", order.ErrConflict, hintSettlement},
	{"od91061", order.ErrConflict, hintSettlement},
	{"od91062", order.ErrConflict, hintSettlement},
	{"od91063", order.ErrConflict, hintSettlement},
	{"od91150", order.ErrConflict, hintOnceWarning},
	{"od91152", order.ErrConflict, hintOnceWarning},
	{"od91153", order.ErrConflict, hintOnceWarning},
	{"od91154", order.ErrConflict, hintOnceWarning},
	{"od91180", order.ErrConflict, hintState},
	{"od91181", order.ErrConflict, hintOnceWarning},
	{"od91183", order.ErrConflict, hintState},
	{"od91192", order.ErrConflict, hintCoupon},
	{"ed-00000", order.ErrNotFound, order.Text{}},
	{"ed-00001", order.ErrTemporary, order.Text{}},
	{"ed-00002", order.ErrMaintenance, maintenanceHint},
	{"ed-00003", order.ErrInvalid, order.Text{}},
	{"ed-00004", order.ErrInvalid, order.Text{}},
	{"ed-00005", order.ErrInvalid, order.Text{}},
	{"st-02101", order.ErrInvalid, order.Text{EN: "an item code is malformed",
		JA: "商品コードの形式が正しくありません"}},
	{"st-02104", order.ErrInvalid, hintStock},
	{"st-02108", order.ErrInvalid, hintStock},
	{"st-02109", order.ErrInvalid, hintStock},
	{"st-02110", order.ErrInvalid, hintStock},
	{"it-05002", order.ErrNotFound, order.Text{EN: "the store has no such item",
		JA: "このストアに該当する商品がありません"}},
	{"it-02001", order.ErrInvalid, order.Text{EN: "no item was given", JA: "商品が指定されていません"}},
}

// Codes returns the mall's error codes that this package knows, with their classes.
func Codes() map[string]order.Class {
	all := make(map[string]order.Class, len(codes))
	for _, row := range codes {
		all[row.code] = row.class
	}
	return all
}

// refusal is what all of the mall's error documents hold, whichever root they have.
type refusal struct {
	Code    string `xml:"Code"`
	Message string `xml:"Message"`
	Detail  string `xml:"Detail"`

	Status string    `xml:"Status"` // of a Result
	Error  []problem `xml:"Error"`
	Result struct {
		Status string    `xml:"Status"`
		Error  []problem `xml:"Error"`
	} `xml:"Result"` // of a ResultSet
}

type problem struct {
	Code    string `xml:"Code"`
	Message string `xml:"Message"`
	Detail  string `xml:"Detail"`
}

// classify finds the mall's errors, which come with any status and in three kinds of documents.
// What a good reply must hold is not looked at here: see answers.
func classify(op transport.Operation, r *transport.Response) *order.Error {
	root, err := wire.Root(r.Body)
	switch {
	case err != nil:
		return unreadable(op, r)
	case root == "Error":
		return refused(r, root)
	case r.Status >= http.StatusBadRequest || saysNG(r.Body):
		return refused(r, root)
	}
	return nil
}

// unreadable is a reply that is no XML: nothing of the mall's, or a page of its front.
func unreadable(op transport.Operation, r *transport.Response) *order.Error {
	switch {
	case bytes.Contains(r.Body, []byte("メンテナンス")):
		return &order.Error{Class: order.ErrMaintenance, Hint: maintenanceHint}
	case r.Status == http.StatusForbidden && bytes.Contains(r.Body, []byte(forbiddenWords)):
		return forbidden(forbiddenWords)
	case r.Status == http.StatusUnauthorized && gateway(r):
		return unauthorized(r, "")
	case r.Status < http.StatusMultipleChoices && op.Doc != "":
		return nil // the answer's shape is looked at next
	case op.Doc == "" && len(bytes.TrimSpace(r.Body)) > 0 &&
		!bytes.HasPrefix(bytes.TrimSpace(r.Body), []byte("<")):
		return nil // a raw call of another API, which may answer in JSON: the status says enough
	}
	return transport.Strange(transport.XML, r)
}

// gateway reports by the headers whether the mall's gateway has answered.
func gateway(r *transport.Response) bool {
	return r.Header.Get("X-YahooJ-AuthError") != "" ||
		strings.Contains(r.Header.Get("WWW-Authenticate"), `realm="yahooapis.jp"`)
}

// refused reads an error document. Only the mall's own words are passed on; a document with neither
// a code of the mall's form nor words that are known to be the mall's is another server's.
func refused(r *transport.Response, root string) *order.Error {
	var doc refusal
	if _, err := wire.XML(r.Body, &doc); err != nil {
		if r.Status >= http.StatusBadRequest {
			return transport.Strange(transport.XML, r)
		}
		return &order.Error{Class: order.ErrUndecodable, Err: err}
	}
	p := problem{doc.Code, doc.Message, doc.Detail}
	for _, found := range [][]problem{doc.Error, doc.Result.Error} {
		if root != "Error" && p == (problem{}) && len(found) > 0 {
			p = found[0]
		}
	}
	e := &order.Error{Code: p.Code, Message: words(p)}
	for _, row := range codes {
		if row.code == p.Code {
			e.Class, e.Hint = row.class, row.hint
			return e
		}
	}
	denied := r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden
	switch {
	case strings.HasPrefix(strings.TrimSpace(p.Message), "Cannot Be Operated"):
		e.Class, e.Hint = order.ErrConflict, hintState
		if strings.Contains(p.Message, "ReadOnly") {
			e.Hint = hintLocked
		}
	case p.Code == "" && denied && (gateway(r) || isGatewayText(p.Message)):
		return unauthorized(r, p.Message)
	case p.Code == "" && strings.HasPrefix(strings.TrimSpace(p.Message), forbiddenWords):
		return forbidden(p.Message)
	case root != "Error" && p == (problem{}) && r.Status < http.StatusBadRequest:
		e.Class, e.Message = order.ErrUndecodable, "the reply has no status OK"
	case r.Status < http.StatusBadRequest:
		e.Class = order.ErrInvalid // an error document inside a success: the mall did not do it
	case !isCode(p.Code):
		return transport.Strange(transport.XML, r)
	default:
		e.Class = transport.ClassOf(r.Status)
	}
	return e
}

// isCode reports whether a text has the form of the mall's codes: two letters and five digits, with
// or without a hyphen.
func isCode(text string) bool {
	if len(text) < 7 {
		return false
	}
	number := strings.TrimPrefix(text[2:], "-")
	return strings.Trim(text[:2], "abcdefghijklmnopqrstuvwxyz") == "" && len(number) == 5 &&
		strings.Trim(number, "0123456789") == ""
}

// isGatewayText reports whether words are those of the gateway's refusals, which have no code.
func isGatewayText(message string) bool {
	message = strings.TrimSpace(message)
	return strings.HasPrefix(message, "Please provide valid credentials.") ||
		strings.HasPrefix(message, "Bad Request: Authentication parameters") ||
		strings.HasPrefix(message, "Bearer ") && strings.Contains(message, `error="`)
}

func words(p problem) string {
	message := strings.TrimSpace(p.Message)
	if detail := strings.TrimSpace(p.Detail); detail != "" && detail != message {
		return strings.TrimSpace(message + " (" + detail + ")")
	}
	return message
}

// unauthorized reads the gateway's 401, which has no code. The message repeats what the header
// says.
func unauthorized(r *transport.Response, message string) *order.Error {
	text := message + " " + strings.Join(r.Header.Values("WWW-Authenticate"), " ")
	e := &order.Error{Class: order.ErrUnauthorized}
	switch {
	case strings.Contains(text, `error="insufficient_scope"`):
		e.Class, e.Code = order.ErrForbidden, "insufficient_scope"
		e.Hint = order.Text{
			EN: "the application lacks ストア向け操作関連の機能: create one for Yahoo! Shopping in the developer's console",
			JA: "アプリケーションに「ストア向け操作関連の機能」がありません。管理画面でYahoo!ショッピング用のアプリケーションを作成してください"}
	case strings.Contains(text, `error="invalid_token"`):
		e.Code, e.Hint = "invalid_token", order.Text{EN: "the access token has expired or is unknown",
			JA: "アクセストークンが期限切れか無効です"}
	default:
		e.Message, e.Hint = message, order.Text{EN: "the mall found no usable Authorization header",
			JA: "有効なAuthorizationヘッダーがありません"}
	}
	return e
}

func forbidden(message string) *order.Error {
	return &order.Error{Class: order.ErrForbidden, Message: message,
		Hint: order.Text{
			EN: "the client ID is unknown or may not use the API, or it has made more than 50,000 calls today",
			JA: "クライアントIDが無効かAPIを利用できません。または本日の呼び出しが50,000回を超えています"}}
}

// statusWithin is where the Status element stands in all documents: right at the beginning.
const statusWithin = 4 << 10

// saysNG looks at the Status element without decoding a page of thousands of orders twice. Whether
// it is OK the typed calls see.
func saysNG(body []byte) bool {
	_, after, _ := bytes.Cut(body[:min(len(body), statusWithin)], []byte("<Status>"))
	text, _, _ := bytes.Cut(after, []byte("<"))
	return string(bytes.TrimSpace(text)) == "NG"
}
