package order_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

func money(t *testing.T, amount, currency string) order.Money {
	t.Helper()
	m, err := order.ParseMoney(amount, currency)
	require.NoError(t, err)
	return m
}

func TestParseMoney(t *testing.T) {
	for _, tc := range []struct{ in, amount string }{
		{"5980", "5980"}, {"1507.00", "1507"}, {"-12.50", "-12.5"}, {"0", "0"}, {"0.10", "0.1"}, {"-0.05", "-0.05"},
		{"007", "7"}, {"9223372036854775807", "9223372036854775807"}, {"1.123456789", "1.123456789"},
	} {
		m, err := order.ParseMoney(tc.in, "JPY")
		require.NoError(t, err, tc.in)
		require.Equal(t, tc.amount, m.Amount(), tc.in)
	}
	for _, bad := range []string{"", "-", ".", "1.", ".5", "1,000", "1e3", "+5", " 5", "５", "--5", "1.2.3",
		"9223372036854775808", "0.1234567891"} {
		_, err := order.ParseMoney(bad, "JPY")
		require.Error(t, err, "%q", bad)
	}
	for _, bad := range []string{"", "jpy", "YEN1", "円"} {
		_, err := order.ParseMoney("1", bad)
		require.Error(t, err, "%q", bad)
	}
}

func TestMoneyIsUndeterminedUntilTold(t *testing.T) {
	var zero order.Money
	require.False(t, zero.Known())
	require.True(t, order.Yen(0).Known(), "zero yen is an amount")
	require.NotEqual(t, zero, order.Yen(0))
	require.False(t, order.Yen(100).Add(zero).Known(), "a sum with an undetermined part is undetermined")
	require.False(t, zero.Add(order.Yen(100)).Known())
	require.False(t, zero.Mul(2).Known())
	require.Equal(t, "undetermined", zero.String())
	_, ok := zero.Compare(order.Yen(0))
	require.False(t, ok)
}

func TestMoneyArithmetic(t *testing.T) {
	usd := money(t, "19.99", "USD")
	require.Equal(t, "20.09", usd.Add(money(t, "0.1", "USD")).Amount())
	require.Equal(t, "59.97", usd.Mul(3).Amount())
	require.Equal(t, money(t, "0", "USD"), usd.Sub(usd))
	require.Equal(t, order.Yen(1507), money(t, "1507.00", "JPY"), "one value has one form")
	require.False(t, usd.Add(order.Yen(1)).Known(), "currencies do not mix")
	require.False(t, order.Yen(math.MaxInt64).Add(order.Yen(1)).Known(), "overflow is never wrapped")
	require.False(t, order.Yen(math.MinInt64).Neg().Known())
	half := money(t, "0.5", "JPY")
	require.Equal(t, order.Yen(1), half.Add(half), "also one that was worked out")
	require.Equal(t, "1.05", order.Yen(1).Add(money(t, "0.05", "JPY")).Amount())
	require.Equal(t, "1.05", money(t, "0.05", "JPY").Add(order.Yen(1)).Amount())
	require.Equal(t, order.Yen(math.MaxInt64), order.Yen(math.MaxInt64-1).Add(order.Yen(1)))
	require.Equal(t, order.Yen(math.MinInt64), order.Yen(math.MinInt64+1).Add(order.Yen(-1)))
	require.False(t, order.Yen(math.MinInt64).Add(order.Yen(-1)).Known())
	require.Equal(t, order.Yen(0), order.Yen(5).Mul(0))
	require.Equal(t, order.Yen(0), order.Yen(0).Mul(5))
	require.Equal(t, order.Yen(-5), order.Yen(5).Mul(-1))
	require.Equal(t, order.Yen(math.MinInt64), order.Yen(math.MinInt64).Mul(1))
	require.False(t, order.Yen(-1).Mul(math.MinInt64).Known())
	require.False(t, order.Yen(math.MaxInt64).Mul(2).Known())
	require.False(t, order.Yen(math.MinInt64).Mul(-1).Known())
	for want, pair := range map[int][2]order.Money{
		-1: {half, order.Yen(1)}, 0: {order.Yen(1), order.Yen(1)}, 1: {order.Yen(1), half},
	} {
		c, ok := pair[0].Compare(pair[1])
		require.True(t, ok)
		require.Equal(t, want, c)
	}
	for _, scale := range []int{-1, 10} {
		_, err := order.NewMoney(1, scale, "JPY")
		require.ErrorContains(t, err, "decimals")
	}
	n, ok := order.Yen(-300).Yen()
	require.True(t, ok)
	require.EqualValues(t, -300, n)
	_, ok = money(t, "0.5", "JPY").Yen()
	require.False(t, ok)
}

func TestMoneyJSON(t *testing.T) {
	for in, want := range map[order.Money]string{
		{}:             `null`,
		order.Yen(0):   `{"amount":"0","currency":"JPY"}`,
		order.Yen(-80): `{"amount":"-80","currency":"JPY"}`,
	} {
		b, err := json.Marshal(in)
		require.NoError(t, err)
		require.JSONEq(t, want, string(b))
		var back order.Money
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, in, back)
	}
	var m order.Money
	require.Error(t, json.Unmarshal([]byte(`{"amount":"1.","currency":"JPY"}`), &m))
	require.Error(t, json.Unmarshal([]byte(`12`), &m), "a bare number has no currency")
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"5980", "1507.00", "-0.05", "9223372036854775807", "1e9", "00.10"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := order.ParseMoney(s, "JPY")
		if err != nil {
			return
		}
		back, err := order.ParseMoney(m.Amount(), "JPY")
		require.NoError(t, err)
		require.Equal(t, m, back, "the text form round-trips")
		require.Equal(t, m, m.Add(order.Yen(0)))
		if n := m.Neg(); n.Known() {
			require.Equal(t, m, n.Neg())
			require.Zero(t, m.Add(n).Sign())
		}
	})
}

func TestTaxRate(t *testing.T) {
	for in, want := range map[string]string{"0.1": "10%", "0.10": "10%", "0.08": "8%", "0": "0%", "0.0": "0%",
		"0.0624": "6.24%", "1": "100%"} {
		r, err := order.ParseTaxRate(in)
		require.NoError(t, err, in)
		require.True(t, r.Known())
		require.Equal(t, want, r.String())
		text, err := r.MarshalText()
		require.NoError(t, err)
		var back order.TaxRate
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, r, back)
	}
	for _, bad := range []string{"", ".1", "-0.1", "10%", "1.1", "0.12345", "x"} {
		_, err := order.ParseTaxRate(bad)
		require.Error(t, err, "%q", bad)
	}
	require.Equal(t, order.StandardRate, order.PercentRate(10))
	require.Equal(t, order.ZeroRate, order.PercentRate(0))
	require.Equal(t, "100%", order.PercentRate(100).String())
	require.False(t, order.PercentRate(101).Known())
	require.False(t, order.PercentRate(-1).Known())
	require.NotEqual(t, order.TaxRate{}, order.ZeroRate, "a rate of nothing is not an unknown rate")
}
