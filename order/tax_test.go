package order_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

func yens(amounts ...int64) []order.Money {
	all := make([]order.Money, len(amounts))
	for i, n := range amounts {
		all[i] = order.Yen(n)
	}
	return all
}

func TestSplit(t *testing.T) {
	for name, c := range map[string]struct {
		whole   int64
		weights []int64
		want    []int64
	}{
		"exact":                         {300, []int64{2000, 1000}, []int64{200, 100}},
		"the part that was cut most":    {-500, []int64{5620, 1000}, []int64{-424, -76}}, // 424.47 and 75.53
		"of equals the earlier":         {1, []int64{500, 500}, []int64{1, 0}},
		"three parts":                   {100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		"nothing for a weight of none":  {7, []int64{0, 3, 0}, []int64{0, 7, 0}},
		"nothing to split":              {0, []int64{10, 20}, []int64{0, 0}},
		"all that there is":             {-1080, []int64{0, 1080}, []int64{0, -1080}},
		"as great as amounts can be":    {1<<63 - 1, []int64{1, 1<<63 - 2}, []int64{1, 1<<63 - 2}},
		"more than the weights, a gift": {1000, []int64{1, 2}, []int64{333, 667}},
	} {
		t.Run(name, func(t *testing.T) {
			parts, err := order.Split(order.Yen(c.whole), yens(c.weights...))
			require.NoError(t, err)
			require.Equal(t, yens(c.want...), parts)
		})
	}
	dollars, err := order.ParseMoney("10.00", "USD")
	require.NoError(t, err)
	one, err := order.ParseMoney("1.5", "USD")
	require.NoError(t, err)
	parts, err := order.Split(dollars, []order.Money{one, one, one})
	require.NoError(t, err)
	require.Equal(t, []string{"3.34", "3.33", "3.33"},
		[]string{parts[0].Amount(), parts[1].Amount(), parts[2].Amount()})

	for name, c := range map[string]struct {
		whole   order.Money
		weights []order.Money
		want    string
	}{
		"undetermined":     {order.Money{}, yens(1), "undetermined"},
		"no weight":        {order.Yen(1), nil, "nothing to split it over"},
		"weights of none":  {order.Yen(1), yens(0, 0), "nothing to split it over"},
		"a negative one":   {order.Yen(1), yens(3, -1), "weight 1 is negative"},
		"an unknown one":   {order.Yen(1), []order.Money{order.Yen(1), {}}, "undetermined"},
		"another currency": {order.Yen(1), []order.Money{dollars}, "another currency"},
		"below the range":  {order.Yen(-1 << 63), yens(1), "the amount is out of range"},
	} {
		_, err := order.Split(c.whole, c.weights)
		require.ErrorContains(t, err, c.want, name)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(int64(-500), int64(5620), int64(1000), int64(0))
	f.Add(int64(1), int64(1), int64(1), int64(1))
	f.Add(int64(1<<63-1), int64(1), int64(7), int64(1<<62))
	f.Fuzz(func(t *testing.T, whole, a, b, c int64) {
		amount, weights := order.Yen(whole), yens(a, b, c)
		parts, err := order.Split(amount, weights)
		if err != nil {
			require.Nil(t, parts)
			return
		}
		sum := order.Yen(0)
		for i, p := range parts {
			sum = sum.Add(p)
			_, isWhole := p.Yen()
			require.True(t, isWhole, "a fraction of a yen")
			require.True(t, p.Sign() == 0 || p.Sign() == amount.Sign(), "%s of %s", p, amount)
			require.True(t, weights[i].Sign() > 0 || p.Sign() == 0, "%s for no weight", p)
		}
		require.Equal(t, amount, sum)
	})
}

// mixed is a basket of 8 % and 10 %, whose fees and coupon have no rate.
func mixed(billed int64, more ...order.Component) order.Amounts {
	return order.Amounts{Billed: order.Yen(billed), Components: append([]order.Component{
		{Kind: order.Goods, Label: "sample-tea", TaxRate: order.ReducedRate, Amount: order.Yen(2160)},
		{Kind: order.Goods, Label: "sample-pot", TaxRate: order.StandardRate, Amount: order.Yen(3300)},
	}, more...)}
}

func part(kind order.ComponentKind, n int64) order.Component {
	return order.Component{Kind: kind, Label: string(kind), Amount: order.Yen(n)}
}

// TestTaxesBy has sums done by hand.
func TestTaxesBy(t *testing.T) {
	tax := func(rate order.TaxRate, billed, tax int64, rule order.TaxRule) order.Tax {
		return order.Tax{Rate: rate, Billed: order.Yen(billed), Tax: order.Yen(tax), Rule: rule}
	}
	for name, c := range map[string]struct {
		amounts order.Amounts
		rule    order.TaxRule
		want    []order.Tax
	}{
		"goods alone": {mixed(5460), order.ProportionalTax, []order.Tax{ // 3300/11, 2160×8/108
			tax(order.StandardRate, 3300, 300, order.ProportionalTax),
			tax(order.ReducedRate, 2160, 160, order.ProportionalTax),
		}},
		// 3850/11
		"postage at the standard rate": {mixed(6010, part(order.Shipping, 550)), order.StandardFees, []order.Tax{
			tax(order.StandardRate, 3850, 350, order.StandardFees),
			tax(order.ReducedRate, 2160, 160, order.StandardFees),
		}},
		// 332.42, 217.58
		"postage in proportion": {mixed(6010, part(order.Shipping, 550)), order.ProportionalTax, []order.Tax{
			tax(order.StandardRate, 3632, 330, order.ProportionalTax),
			tax(order.ReducedRate, 2378, 176, order.ProportionalTax),
		}},
		"each fee at the standard rate": {order.Amounts{Billed: order.Yen(1630), Components: []order.Component{
			{Kind: order.Goods, TaxRate: order.ReducedRate, Amount: order.Yen(1080)}, part(order.Shipping, 110), part(order.CashFee, 110),
			part(order.PaymentFee, 110), part(order.Wrapping, 110), part(order.Option, 110),
		}}, order.StandardFees, []order.Tax{ // 550/11, 1080×8/108
			tax(order.StandardRate, 550, 50, order.StandardFees),
			tax(order.ReducedRate, 1080, 80, order.StandardFees),
		}},
		"postage before the coupon that pays for all goods": {
			mixed(550, part(order.Coupon, -5460), part(order.Shipping, 550)), order.ProportionalTax,
			[]order.Tax{ // 5460 of 3632:2378 is 3299.62, 2160.38
				tax(order.StandardRate, 332, 30, order.ProportionalTax),
				tax(order.ReducedRate, 218, 16, order.ProportionalTax),
			}},
		"coupon and points": {mixed(5310, part(order.Coupon, -500), part(order.Shipping, 550), part(order.PointsUsed, -200)), order.StandardFees,
			[]order.Tax{ // 500 of 3850:2160 is 320.30, 179.70; 200 of 3530:1980 is 128.13, 71.87
				tax(order.StandardRate, 3402, 309, order.StandardFees),
				tax(order.ReducedRate, 1908, 141, order.StandardFees),
			}},
		"paid with points": {mixed(0, part(order.PointsUsed, -5460)), order.StandardFees, []order.Tax{
			tax(order.StandardRate, 0, 0, order.StandardFees), tax(order.ReducedRate, 0, 0, order.StandardFees),
		}},
		"not taxed": {order.Amounts{Billed: order.Yen(1000), Components: []order.Component{
			{Kind: order.Goods, TaxRate: order.ZeroRate, Amount: order.Yen(1000)},
		}}, order.ProportionalTax, []order.Tax{tax(order.ZeroRate, 1000, 0, order.ProportionalTax)}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.amounts.TaxesBy(c.rule)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			sum := order.Yen(0)
			for _, tax := range got {
				require.True(t, tax.Derived())
				sum = sum.Add(tax.Billed)
			}
			require.Equal(t, c.amounts.Billed, sum)
		})
	}
	for _, c := range []struct{ billed, currency, want string }{ // at 10 %, cut to a yen or a cent
		{"10.5", "USD", "0.95"}, {"21", "USD", "1.9"}, {"10.559", "USD", "0.95"}, {"1100.99", "JPY", "100"},
	} {
		amount := money(t, c.billed, c.currency)
		got, err := order.Amounts{Billed: amount, Components: []order.Component{
			{Kind: order.Goods, TaxRate: order.StandardRate, Amount: amount},
		}}.TaxesBy(order.ProportionalTax)
		require.NoError(t, err)
		require.Equal(t, money(t, c.want, c.currency), got[0].Tax, c.billed)
	}
	goods := order.Component{Kind: order.Goods, Label: "sample-cup", Amount: order.Yen(100)}
	cut := order.Component{Kind: order.Discount, TaxRate: order.ReducedRate, Amount: order.Yen(-3000)}
	unsure := mixed(5460)
	unsure.Unsure = order.Text{EN: "the formula is not known", JA: "計算式が分かりません"}
	for want, c := range map[string]struct {
		amounts order.Amounts
		rule    order.TaxRule
	}{
		"no such tax rule":         {mixed(5460), ""},
		"components sum to":        {mixed(5000), order.ProportionalTax},
		"the formula is not known": {unsure, order.ProportionalTax},
		`no rate of "sample-cup"`:  {mixed(5560, goods), order.ProportionalTax},
		"tax is billed apart":      {mixed(5500, part(order.ExcludedTax, 40)), order.ProportionalTax},
		"more is taken off at 8%":  {mixed(2460, cut), order.ProportionalTax},
		"nothing to split it over": {order.Amounts{Billed: order.Yen(550), Components: []order.Component{part(order.Shipping, 550)}}, order.ProportionalTax},
		"weight 1 is negative":     {mixed(2360, cut, part(order.PointsUsed, -100)), order.ProportionalTax},
	} {
		_, err := c.amounts.TaxesBy(c.rule)
		require.ErrorContains(t, err, want)
	}
}

func ExampleAmounts_TaxesBy() {
	amounts := order.Amounts{Billed: order.Yen(5310), Components: []order.Component{
		{Kind: order.Goods, TaxRate: order.ReducedRate, Amount: order.Yen(2160)},
		{Kind: order.Goods, TaxRate: order.StandardRate, Amount: order.Yen(3300)},
		{Kind: order.Shipping, Amount: order.Yen(550)},
		{Kind: order.PointsUsed, Amount: order.Yen(-700)},
	}}
	taxes, err := amounts.TaxesBy(order.StandardFees)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, tax := range taxes {
		fmt.Println(tax.Rate, tax.Billed, tax.Tax, tax.Derived())
	}
	// Output:
	// 10% JPY 3402 JPY 309 true
	// 8% JPY 1908 JPY 141 true
}

func ExampleSplit() {
	parts, err := order.Split(order.Yen(-500), []order.Money{order.Yen(5620), order.Yen(1000)})
	fmt.Println(parts, err)
	// Output:
	// [JPY -424 JPY -76] <nil>
}
