package drifttest

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// sources are the four malls' sources over fakes with orders, telling to, with replies edited.
func sources(t *testing.T, to *told, e edit) []order.Source {
	_, r := openRakuten(t, rakutentest.Options{Seed: 1, Orders: 40}, to, e)
	_, y := openYahoo(t, yahootest.Options{Seed: 2, Orders: 40}, to, e)
	_, a := openAmazon(t, amazontest.Options{Seed: 3, Orders: 40}, to, e)
	_, u := openAuPay(t, aupaytest.Options{Seed: 4, Orders: 40}, to, e)
	return []order.Source{r, y, a, u}
}

// readAll reads what the last month has, each order once more by its number.
func readAll(t *testing.T, s order.Source) {
	t.Helper()
	for o, err := range s.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
		require.NoError(t, err)
		_, err := s.Order(t.Context(), o.ID)
		require.NoError(t, err)
	}
}

// The fakes are written from the malls' documents, the clients too: there is no drift between them
// but what a fake has on purpose, a status that is not in Amazon's model.
func TestDocumentedRepliesAreNoDrift(t *testing.T) {
	var to told
	for _, s := range sources(t, &to, nil) {
		readAll(t, s)
	}
	require.Equal(t, []string{"getOrder value order.fulfillment.fulfillmentStatus",
		"searchOrders value orders[].fulfillment.fulfillmentStatus"}, to.drift())
}

// What a mall changes in the orders is told with its place, as often as there are operations that
// show it, and never with a value.
func TestWhatAMallChangesIsTold(t *testing.T) {
	for _, c := range []struct {
		name string
		edit [2]string // what is written instead of what
		want []string
	}{
		{"new name", [2]string{`"orderProgress":`, `"buyersMood":"yamada@shop.example","orderProgress":`}, []string{"getOrder unknown OrderModelList[].buyersMood"}},
		{"renamed", [2]string{`"orderNumber":`, `"OrderNumber":`}, []string{"getOrder missing OrderModelList[].orderNumber", "getOrder spelling OrderModelList[].OrderNumber"}},
		{"number as text", [2]string{`"itemDetailId":`, `"itemDetailId":"1","x_itemDetailId":`}, []string{
			"getOrder type OrderModelList[].PackageModelList[].ItemModelList[].itemDetailId",
			"getOrder unknown OrderModelList[].PackageModelList[].ItemModelList[].x_itemDetailId"}},
		{"new value", [2]string{`<ShipStatus>`, `<ShipStatus>9`}, []string{"orderInfo value Result.OrderInfo.Ship.ShipStatus", "orderList value Search.OrderInfo[].ShipStatus"}},
		{"gone", [2]string{`TotalPrice>`, `GrandTotal>`}, []string{"orderInfo missing Result.OrderInfo.Detail.TotalPrice", "orderInfo unknown Result.OrderInfo.Detail.GrandTotal", "orderList unknown Search.OrderInfo[].GrandTotal"}},
		{"new status", [2]string{`"UNSHIPPED"`, `"UNDER_REVIEW"`}, []string{"getOrder value order.fulfillment.fulfillmentStatus", "searchOrders value orders[].fulfillment.fulfillmentStatus"}},
		{"new flag", [2]string{`"isolatedIslandFlag":0`, `"isolatedIslandFlag":7`}, []string{"getOrder value OrderModelList[].isolatedIslandFlag"}},
		{"new message type", [2]string{`"messageType":"INFO"`, `"messageType":"NOTICE"`}, []string{
			"getOrder value MessageModelList[].messageType", "searchOrder value MessageModelList[].messageType"}},
		{"new cancel status", [2]string{`<cancelStatus>N`, `<cancelStatus>P`}, []string{"searchTradeInfoListProc value orderInfo[].cancelStatus"}},
		{"new line status", [2]string{`<itemCancelStatus>N`, `<itemCancelStatus>P`}, []string{"searchTradeInfoListProc value orderInfo[].detail[].itemCancelStatus"}},
		{"new coupon", [2]string{`<couponType>M`, `<couponType>X`}, []string{"searchTradeInfoListProc value orderInfo[].couponType"}},
		{"list for one", [2]string{`<orderStatus>`, `<orderStatus>保留</orderStatus><orderStatus>`}, []string{"searchTradeInfoListProc type orderInfo[].orderStatus", "searchTradeInfoProc type orderInfo[].orderStatus"}},
		{"structure", [2]string{`<itemName>`, `<itemName><ja/>`}, []string{"searchTradeInfoListProc type orderInfo[].detail[].itemName", "searchTradeInfoProc type orderInfo[].detail[].itemName"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var to told
			for _, s := range sources(t, &to, func(_, body string) string {
				return strings.ReplaceAll(body, c.edit[0], c.edit[1])
			}) {
				for _, err := range s.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
					if err != nil {
						break
					}
				}
				for o, err := range s.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
					if err == nil {
						_, _ = s.Order(t.Context(), o.ID)
					}
					break
				}
			}
			require.Subset(t, to.drift(), c.want)
			for _, line := range to.drift() {
				require.NotContains(t, line, "yamada")
				require.NotContains(t, line, "保留")
			}
		})
	}
}

// The same thing is told once an hour, however often it is seen.
func TestOnceAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var to told
		m, c := openRakuten(t, rakutentest.Options{Seed: 1, Orders: 20}, &to, func(_, body string) string {
			return strings.ReplaceAll(body, `"orderProgress":`, `"buyersMood":"fine","orderProgress":`)
		})
		for _, want := range []int{1, 1, 2, 2, 3} {
			_, err := c.Order(t.Context(), m.Numbers()[0])
			require.NoError(t, err)
			require.Len(t, to.all, want)
			e := to.all[want-1]
			require.Equal(t, order.Event{Kind: order.EventDrift, Mall: order.Rakuten, Shop: m.Shop(),
				Operation: "getOrder", Start: e.Start,
				Drift: order.DriftUnknown, Path: "OrderModelList[].buyersMood"}, e)
			time.Sleep(31 * time.Minute)
		}
	})
}
