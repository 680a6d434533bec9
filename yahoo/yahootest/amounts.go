package yahootest

import "strconv"

// total works out TotalPrice as the page of orderInfo describes it; UsePoint holds bonus and
// voucher.
func total(o *Order) int64 {
	var sum int64
	for _, l := range o.Lines {
		sum += yen(l.Fields["UnitPrice"]) * yen(l.Fields["Quantity"])
	}
	for _, name := range []string{"GiftWrapCharge", "ShipCharge", "PayCharge", "Adjustments"} {
		sum += yen(o.Fields[name])
	}
	for _, name := range []string{"Discount", "UsePoint", "TotalMallCouponDiscount"} {
		sum -= yen(o.Fields[name])
	}
	return sum
}

func yen(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0 // empty: none
	}
	return n
}
