package order_test

import (
	"testing"

	"github.com/jpmall/jpmall/order"
)

func BenchmarkMoneyAdd(b *testing.B) {
	dollars, err := order.ParseMoney("12.34", "USD")
	if err != nil {
		b.Fatal(err)
	}
	for name, part := range map[string]order.Money{"yen": order.Yen(1980), "dollars": dollars} {
		b.Run(name, func(b *testing.B) {
			sum := part
			for b.Loop() {
				sum = sum.Add(part)
			}
			if !sum.Known() {
				b.Fatal("undetermined")
			}
		})
	}
}
