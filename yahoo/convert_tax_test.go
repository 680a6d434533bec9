package yahoo_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
)

// TestTaxesOfMixedRates has sums done by hand: the mall tells the rates of lines only.
func TestTaxesOfMixedRates(t *testing.T) {
	tea := yahoo.Item{ItemID: "sample-tea", UnitPrice: new(int64(1080)), Quantity: new(int64(2)),
		ItemTaxRatio: new(int64(8))}
	pot := yahoo.Item{ItemID: "sample-pot", UnitPrice: new(int64(3300)), Quantity: new(int64(1)),
		ItemTaxRatio: new(int64(10))}
	detail := func(ship, points, coupon, total int64) yahoo.Detail {
		return yahoo.Detail{ShipCharge: &ship, PayCharge: new(int64(0)), GiftWrapCharge: new(int64(0)),
			Discount: new(int64(0)),
			UsePoint: &points, TotalMallCouponDiscount: &coupon, TotalPrice: &total}
	}
	tax := func(rate order.TaxRate, billed, tax int64) order.Tax {
		return order.Tax{Rate: rate, Billed: order.Yen(billed), Tax: order.Yen(tax), Rule: order.StandardFees}
	}
	for name, c := range map[string]struct {
		items  []yahoo.Item
		detail yahoo.Detail
		want   []order.Tax
	}{
		// 3850×10/110, 2160×8/108
		"postage is of the standard rate": {[]yahoo.Item{tea, pot}, detail(550, 0, 0, 6010), []order.Tax{
			tax(order.StandardRate, 3850, 350), tax(order.ReducedRate, 2160, 160),
		}},
		"points, then a coupon of the mall": {[]yahoo.Item{tea, pot}, detail(550, 200, 500, 5310), []order.Tax{
			// 200 of 3850:2160 is 128.12, 71.88; 500 of 3722:2088 is 320.31, 179.69
			tax(order.StandardRate, 3402, 309), tax(order.ReducedRate, 1908, 141),
		}},
		"reduced goods with postage": {[]yahoo.Item{tea}, detail(550, 0, 0, 2710), []order.Tax{
			tax(order.StandardRate, 550, 50), tax(order.ReducedRate, 2160, 160),
		}},
		"a line without a rate":  {[]yahoo.Item{tea, {UnitPrice: new(int64(100)), Quantity: new(int64(1))}}, detail(0, 0, 0, 2260), nil},
		"a sum that is not sure": {[]yahoo.Item{tea, pot}, detail(550, 0, 0, 6000), nil},
	} {
		t.Run(name, func(t *testing.T) {
			o := yahoo.Convert(&yahoo.OrderInfo{OrderID: "example-store-10000001", Items: c.items, Detail: c.detail},
				yahoo.ConvertOptions{})
			require.Equal(t, c.want, o.Taxes)
		})
	}
}

func TestConvertNothing(t *testing.T) {
	require.Equal(t, order.Order{Mall: order.Yahoo, Shop: "example-store"},
		yahoo.Convert(nil, yahoo.ConvertOptions{Shop: "example-store"}))
}
