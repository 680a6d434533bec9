package order_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// wholeOrder has a value in every field.
func wholeOrder() order.Order {
	at := time.Date(2026, 11, 20, 9, 30, 0, 0, order.JST)
	day := order.Date{Year: 2026, Month: 11, Day: 25}
	party := order.Party{
		Name: "見本 太郎", Family: "見本", Given: "太郎", Kana: "ミホン タロウ", Company: "架空商店", Department: "例示部",
		Postal:  "000-0000",
		Country: "JP", Prefecture: "東京都", City: "例示市", Address: []string{"見本町1-2-3", "架空ハイツ101"},
		Phone:  "000-0000-0000",
		Phone2: "000-0000-0001", Email: "mihon@example.jp",
	}
	gift := order.Gift{Wanted: true, Wrap: "リボン", Noshi: "内のし", Message: "おめでとう"}
	return order.Order{
		Mall: order.Rakuten, Shop: "example-shop", ID: "123456-20261120-0000000001", Revision: "r1", Placed: at,
		Updated: at,
		Status:  order.ReadyToShip, MallStatus: "300", SubStatus: "検品済み", Buyer: party,
		Parcels: []order.Parcel{{
			ID: "1", Recipient: party, Pickup: &order.Pickup{Kind: "コンビニ", Code: "01", Name: "架空店"},
			Lines: []order.Line{{
				ID: "1", ItemID: "10", SKU: "MIHON-01", Name: "見本の品", Option: "色:青", Quantity: 2, Shipped: 1,
				UnitPrice: order.Yen(100),
				Total:     order.Yen(200), TaxRate: order.ReducedRate, Cancelled: true, Gift: gift,
			}},
			Delivery: order.Delivery{
				Method: "宅配便", Carrier: timeslot.Yamato, Date: day, DateTo: day, Slot: timeslot.Morning, Label: "午前中",
				Asked: "指定なし", From: order.FromText, Line: 3, Matcher: "reader", Rule: "morning", OrderLevel: true, DropOff: "玄関前",
			},
			Shipments: []order.ShipmentRecord{{ID: "7", Carrier: timeslot.Yamato, Name: "ヤマト運輸",
				Tracking: "000000000000", At: at, Date: day}},
			ShipBy: at, Gift: gift,
		}},
		Payment: order.Payment{Method: order.CashOnDelivery, Code: "2", Text: "代金引換", Paid: order.No, PaidAt: at,
			Collect: order.Yen(500)},
		Amounts: order.Amounts{Billed: order.Yen(500), Unsure: order.Text{EN: "an example", JA: "例"},
			Components: []order.Component{
				{Kind: order.Coupon, Label: "見本クーポン", Bearer: order.PaidByMall, Parcel: "1", TaxRate: order.StandardRate, Amount: order.Yen(-50)},
				{Kind: order.Shipping},
			}},
		Taxes: []order.Tax{{Rate: order.StandardRate, Billed: order.Yen(500), Tax: order.Yen(45)}},
		Gift:  gift, Remarks: "備考", Memo: "メモ", Flags: order.Flags{order.RemoteIsland},
		Problems: []order.Problem{{Field: "a.b", Reason: "not a date", Text: "?"}},
	}
}

// TestJSONFormIsStable compares with a file that is changed by hand only: a difference is a break
// for every consumer.
func TestJSONFormIsStable(t *testing.T) {
	want, err := os.ReadFile("testdata/order.json")
	require.NoError(t, err)
	got, err := json.Marshal(wholeOrder())
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got))
	var back order.Order
	require.NoError(t, json.Unmarshal(want, &back))
	require.True(t, reflect.DeepEqual(wholeOrder(), back), "nothing is lost on the way back")
	require.NoError(t, json.Unmarshal([]byte(`{"placed":"0001-01-01T00:00:00Z"}`), &back))
	require.True(t, back.Placed == time.Time{}, "no instant stays none")
	require.Error(t, json.Unmarshal([]byte(`{"placed":"soon"}`), &back))
}

// A result comes back from its JSON as it was, but for its error: a shop that restarts can settle
// it.
func TestResultComesBackFromJSON(t *testing.T) {
	for _, outcome := range []order.Outcome{order.Unsettled, order.Done, order.Refused, order.NotSent} {
		r := order.Result{
			Mall: order.Rakuten, Shop: "example-shop", Ability: order.CanShip, Order: "123456-20261120-0000000001",
			Parcel:  "10",
			Outcome: outcome, DryRun: true, Records: []string{"7"}, Numbers: []string{"490714955706"}, RequestID: "r-1",
			Code: "E1", Message: "だめ",
			Warnings: []order.Warning{{Field: "At", Code: "date_far", Message: "long ago"}},
			Next:     order.Text{EN: "ask again", JA: "もう一度照会してください"}, Wait: 30 * time.Second,
			At: time.Date(2026, 11, 26, 1, 2, 3, 4, time.UTC), Repeating: order.No,
		}
		data, err := json.Marshal(r)
		require.NoError(t, err)
		var back order.Result
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, r, back)
		r.Err = errors.New("not in JSON")
		again, err := json.Marshal(r)
		require.NoError(t, err)
		require.Equal(t, data, again)

		data, err = json.Marshal(order.Result{Outcome: outcome})
		require.NoError(t, err)
		require.NotContains(t, string(data), `"at"`)
	}
}
