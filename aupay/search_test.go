package aupay_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

func day(y int, m time.Month, d int) order.Date { return order.Date{Year: y, Month: m, Day: d} }

func TestSearchIsRefusedBeforeItIsSent(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	for field, r := range map[string]aupay.SearchRequest{
		"StartDate: is required": {EndDate: day(2026, 11, 1)},
		"EndDate":                {StartDate: day(2026, 11, 2), EndDate: day(2026, 11, 1)},
		"31 days":                {StartDate: day(2026, 10, 1), EndDate: day(2026, 11, 1)},
		"Statuses":               {StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), Statuses: []aupay.OrderStatus{"a", "b", "c"}},
		"carrerStatus":           {StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), CarrierStatus: "NRX"},
		"ordererName":            {StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), OrdererName: "a\x01b"},
		"33 bytes in UTF-8":      {StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), Statuses: []aupay.OrderStatus{"店長の確認を待つ状態で"}},
		"no day":                 {StartDate: day(2026, 2, 30), EndDate: day(2026, 3, 1)},
		"TotalCount":             {StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), TotalCount: 1001},
	} {
		_, err := client.SearchTradeInfoList(t.Context(), r)
		require.ErrorIs(t, err, order.ErrInvalid, field)
		require.ErrorContains(t, err, field)
	}
	_, err := client.SearchTradeInfo(t.Context(), "12/34")
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Zero(t, mall.Count(""))
}

func TestBothShapesOfTheNumberList(t *testing.T) {
	for _, single := range []bool{false, true} {
		mall, client := open(t, aupaytest.Options{Single: single})
		today := order.DateOf(time.Now())
		answer, err := client.SearchTradeNoList(t.Context(),
			aupay.SearchRequest{StartDate: today.AddDays(-30), EndDate: today})
		require.NoError(t, err)
		require.ElementsMatch(t, mall.Numbers(), answer.Numbers())
	}
}

// parameters are all that the mall is known to take in a search, with a value for each.
var parameters = url.Values{
	"shopId": {"10000001"}, "totalCount": {"100"}, "startCount": {"101"}, "startDate": {"20261101"}, "endDate": {"20261130"}, "dateType": {"1"},
	"orderStatus": {"新規受付"}, "orderStatus2": {"発送待ち"}, "secureSegment": {"1"}, "ordererName": {"見本"}, "ordererKana": {"ミホン"},
	"mailAddress": {"example.jp"}, "ordererPhoneNumber1": {"0001"}, "nickName": {"はなこ"}, "senderName": {"例示"}, "senderKana": {"レイジ"},
	"senderPhoneNumber1": {"0002"}, "hasOrderMemo": {"1"}, "lotNumber": {"700000001"}, "itemManagementId": {"NV"}, "itemCode": {"sample-shirt"},
	"itemName": {"シャツ"}, "sellMethodSegment": {"2"}, "settlementId": {"S1"}, "cardStatus": {"NL"}, "cvsStatus": {"ED"}, "atmStatus": {"ND"},
	"netBankingStatus": {"WT"}, "carrerStatus": {"NR"}, "auPaymentStatus": {"we"}, "cvsExpire": {"12"}, "yuttariPostpayStatus": {"Y1"},
	"deliveryMethodId": {"1"}, "deliveryId": {"3"}, "deliveryDayRequest": {"1"}, "device": {"P"}, "hasUserComment": {"1"},
	"hasRequestGiftNoshi": {"1"}, "hasUsePoint": {"2"}, "hasCoupon": {"2"}, "giftPointStatus": {"1"}, "isWowmaMember": {"1"}, "premiumType": {"1"},
	"isReducedTax": {"1"}, "getRawMailAddress": {"1"},
}

func TestEveryParameterAsTheMallSpellsIt(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	_, err := client.SearchTradeNoList(t.Context(), aupay.SearchRequest{
		StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 30), DateType: aupay.ByShippingDate, TotalCount: 100,
		StartCount: 101,
		Statuses:   []aupay.OrderStatus{aupay.StatusNew, aupay.StatusReadyToShip}, SecureSegment: "1",
		OrdererName: "見本",
		OrdererKana: "ミホン", MailAddress: "example.jp", OrdererPhoneNumber1: "0001", NickName: "はなこ", SenderName: "例示",
		SenderKana: "レイジ", SenderPhoneNumber1: "0002", HasOrderMemo: "1", LotNumber: "700000001",
		ItemManagementID: "NV",
		ItemCode:         "sample-shirt", ItemName: "シャツ", SellMethodSegment: aupay.Reservation, SettlementID: "S1",
		CardStatus: "NL",
		CVSStatus:  "ED", ATMStatus: "ND", NetBankingStatus: "WT", CarrierStatus: "NR", AuPaymentStatus: "we",
		CVSExpire:            "12",
		YuttariPostpayStatus: "Y1", DeliveryMethodID: "1", DeliveryID: "3", DeliveryDayRequest: "1", Device: "P",
		HasUserComment:      "1",
		HasRequestGiftNoshi: "1", HasUsePoint: "2", HasCoupon: "2", GiftPointStatus: "1", IsWowmaMember: "1",
		PremiumType:  "1",
		IsReducedTax: "1", RawMailAddress: true,
	})
	require.NoError(t, err)
	call := mall.Calls("searchTradeNoListProc")[0]
	require.Equal(t, parameters, call.Query)
	require.Equal(t, "application/x-www-form-urlencoded; charset=UTF-8", call.Header.Get("Content-Type"))
	require.Equal(t, "Bearer "+mall.APIKey(), call.Header.Get("Authorization"))
}
