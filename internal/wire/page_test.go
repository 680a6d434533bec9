package wire_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// template reads one invented order.
func template(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(tb, err)
	return strings.TrimRight(string(text), "\n")
}

// rakutenReply is a getOrder reply of n orders, without white space as it arrives.
func rakutenReply(tb testing.TB, n int) []byte {
	order := template(tb, "rakuten_order.json")
	var b strings.Builder
	b.WriteString(
		`{"version":10,"MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_GET_ORDER_INFO_101","message":"受注情報取得に成功しました。(取得件数100件)"}],"OrderModelList":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strings.Replace(order, "0000000001", fmt.Sprintf("%010d", i), 1))
	}
	b.WriteString("]}")
	return []byte(b.String())
}

// aupayReply is a searchTradeInfoListProc reply of n orders.
func aupayReply(tb testing.TB, n int) []byte {
	order := template(tb, "aupay_order.xml")
	var b strings.Builder
	fmt.Fprintf(&b,
		"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<response>\n  <result>\n    <status>0</status>\n  </result>\n  <resultCount>%d</resultCount>\n", n)
	for i := range n {
		b.WriteString(strings.Replace(order, "700000001", fmt.Sprint(700000000+i), 1))
		b.WriteByte('\n')
	}
	b.WriteString("</response>\n")
	return []byte(b.String())
}

// yahooReply has the shape of orderInfo, with n orders where the mall sends one.
func yahooReply(tb testing.TB, n int) []byte {
	order := template(tb, "yahoo_order.xml")
	var b strings.Builder
	fmt.Fprintf(&b,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ResultSet firstResultPosition=\"1\" totalResultsAvailable=\"%d\" totalResultsReturned=\"%d\">\n  <Result>\n    <Status>OK</Status>\n", n, n)
	for i := range n {
		b.WriteString(strings.Replace(order, "20000001", fmt.Sprint(20000000+i), 1))
		b.WriteByte('\n')
	}
	b.WriteString("  </Result>\n</ResultSet>\n")
	return []byte(b.String())
}
