package yahoo

import (
	"time"

	"github.com/jpmall/jpmall/internal/transport"
)

// The mall allows one query per second for each URL and blocks the caller for a while when there are more.
var perURL = transport.Quota{Every: time.Second, Burst: 1}

const (
	docs      = "https://developer.yahoo.co.jp/webapi/shopping/"
	orderList = "orderList"
	orderInfo = "orderInfo"
)

// operations is the operation table: what is not in it counts as an unsafe write in Do.
func operations() []transport.Operation {
	return []transport.Operation{
		post(orderList, "注文検索", transport.Read),
		post(orderInfo, "注文詳細", transport.Read),
	}
}

// post is a call with an XML document as its body; the verb says nothing about what it changes.
func post(name, title string, retry transport.Retry) transport.Operation {
	return transport.Operation{
		Name: name, Title: title, Method: "POST", Path: "/" + name, Retry: retry, Quota: perURL, Doc: docs + name + ".html",
	}
}
