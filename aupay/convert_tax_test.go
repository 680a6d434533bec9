package aupay_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

// TestTaxesWhereTheMallLeavesThemOut works them out from the lines, as the mall itself did for the
// same order (sums by hand).
func TestTaxesWhereTheMallLeavesThemOut(t *testing.T) {
	w := aupay.OrderInfo{
		Details: []aupay.Detail{
			{ItemCode: "sample-shirt", TotalItemPrice: new(int64(4960)), TaxRate: "0.1"},
			{ItemCode: "sample-tea", TotalItemPrice: new(int64(1000)), TaxRate: "0.08"},
		},
		PostagePrice: new(int64(660)), PostagePriceTaxRate: "0.1", ChargePrice: new(int64(0)),
		ChargePriceTaxRate: "0.1",
		CouponTotalPrice:   new(int64(500)), UseAuPointPrice: new(int64(120)), RequestPrice: new(int64(6000)),
	}
	o := aupay.Convert(&w, aupay.ConvertOptions{Shop: "12345678"})
	require.Equal(t, []order.Tax{ // 500 of 5620:1000 is 424.47, 75.53; 120 of 5196:924 is 101.88, 18.12
		{Rate: order.StandardRate, Billed: order.Yen(5094), Tax: order.Yen(463), Rule: order.ProportionalTax},
		{Rate: order.ReducedRate, Billed: order.Yen(906), Tax: order.Yen(67), Rule: order.ProportionalTax},
	}, o.Taxes)
	w.Details[1].TaxRate = ""
	require.Empty(t, aupay.Convert(&w, aupay.ConvertOptions{}).Taxes)
}

// TestTaxesOfTheMall holds the sums that the mall tells for each rate to what it bills, over all
// kinds of orders.
func TestTaxesOfTheMall(t *testing.T) {
	_, c := open(t, aupaytest.Options{Orders: 48})
	mixed := 0
	for o, err := range c.Orders(t.Context(), lastMonth()) {
		require.NoError(t, err)
		if !o.Amounts.Billed.Known() {
			require.Empty(t, o.Taxes)
			continue
		}
		sum := order.Yen(0)
		for _, tax := range o.Taxes {
			require.False(t, tax.Derived())
			sum = sum.Add(tax.Billed)
		}
		require.Equal(t, o.Amounts.Billed, sum, o.ID)
		if o.Taxes[0].Billed.Sign() > 0 && o.Taxes[1].Billed.Sign() > 0 {
			mixed++
		}
	}
	require.Greater(t, mixed, 5, "orders of both rates")
}

func TestConvertNothing(t *testing.T) {
	require.Equal(t, order.Order{Mall: order.AuPay, Shop: "12345678"},
		aupay.Convert(nil, aupay.ConvertOptions{Shop: "12345678"}))
}
