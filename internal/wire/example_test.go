package wire_test

import (
	"encoding/xml"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/internal/wire"
)

func ExampleJSON() {
	var reply struct {
		Orders []struct {
			Number string `json:"orderNumber"`
			Total  int64  `json:"totalPrice"`
			Gift   bool   `json:"giftCheckFlag"`
		} `json:"OrderModelList"`
	}
	problems, err := wire.JSON([]byte(`{"OrderModelList": [
		{"orderNumber": "654321-20260702-0000000001", "totalPrice": 8050, "giftCheckFlag": 1},
		{"orderNumber": "654321-20260702-0000000002", "totalPrice": "8,050", "giftCheckFlag": 0}
	]}`), &reply)
	fmt.Println(reply.Orders, problems, err)
	// Output: [{654321-20260702-0000000001 8050 true} {654321-20260702-0000000002 0 false}] [OrderModelList[1].totalPrice: not readable as int64] <nil>
}

func ExampleSyntaxError() {
	var reply struct{}
	_, err := wire.JSON([]byte(`<html><body>502 Bad Gateway</body></html>`), &reply)
	fmt.Println(err, errors.Is(err, wire.ErrHTML))
	_, err = wire.XML([]byte(`<response><result><status>0</status>`), &reply)
	fmt.Println(err, errors.Is(err, wire.ErrTruncated))
	// Output:
	// JSON: an HTML page instead of data at byte 0 true
	// XML: document is cut off at byte 36 true
}

func ExampleXML() {
	var reply struct {
		XMLName xml.Name `xml:"response"`
		Status  int      `xml:"result>status"`
		Orders  []struct {
			ID    string `xml:"orderId"`
			Total int64  `xml:"totalPrice"`
		} `xml:"orderInfo"`
	}
	problems, err := wire.XML([]byte(`<response>
  <result><status>0</status></result>
  <orderInfo><orderId>700000001</orderId><totalPrice>6620</totalPrice></orderInfo>
  <orderInfo><orderId>700000002</orderId><totalPrice>未定</totalPrice></orderInfo>
</response>`), &reply)
	fmt.Println(reply.Orders, problems, err)
	// Output: [{700000001 6620} {700000002 0}] [orderInfo[1].totalPrice: not readable as int64] <nil>
}

func ExampleParseTime() {
	for _, s := range []string{"2026-06-01T21:14:05+0900", "20260601211405", "2026/06/01 21:14",
		"2026-02-30 00:00:00"} {
		t, err := wire.ParseTime(s)
		fmt.Println(t, errors.Is(err, wire.ErrTime))
	}
	// Output:
	// 2026-06-01 21:14:05 +0900 JST false
	// 2026-06-01 21:14:05 +0900 JST false
	// 2026-06-01 21:14:00 +0900 JST false
	// 0001-01-01 00:00:00 +0000 UTC true
}

func ExampleEncodeXML() {
	body, err := wire.EncodeXML(struct {
		XMLName xml.Name `xml:"request"`
		OrderID string   `xml:"orderId"`
		Comment string   `xml:"cancelComment"`
	}{OrderID: "700000001", Comment: "在庫切れ & 廃番のため"})
	fmt.Println(string(body), err)
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <request><orderId>700000001</orderId><cancelComment>在庫切れ &amp; 廃番のため</cancelComment></request> <nil>
}
