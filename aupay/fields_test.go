package aupay_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
)

// documented are the element names that the mall is known to write, struct by struct, in the order
// of its tables; the names after the bar are spellings of one source each.
var documented = []struct {
	model any
	names string
}{
	{aupay.OrderInfo{}, `orderDate orderId sellMethodSegment releaseDate siteAndDevice crossBorderEcTradeKbn mailAddress rawMailAddress ordererName
		ordererKana ordererZipCode ordererAddress ordererPhoneNumber1 ordererPhoneNumber2 nickname senderName senderKana senderZipCode
		senderAddress senderPhoneNumber1 senderPhoneNumber2 senderShopCd orderOption settlementName secureSegment userComment tradeRemarks
		memo orderStatus contactStatus contactDate authorizationStatus authorizationDate paymentStatus paymentDate shipStatus shipDate
		printStatus printDate cancelStatus cancelReason cancelComment cancelDate detail totalSalePrice totalSalePriceNormalTax
		totalSalePriceReducedTax totalSalePriceNoTax totalSaleUnit postagePrice postagePriceTaxRate chargePrice chargePriceTaxRate
		totalItemOptionPrice totalItemOptionPriceTaxRate totalGiftWrappingPrice totalGiftWrappingPriceTaxRate totalPrice totalPriceNormalTax
		totalPriceReducedTax totalPriceNoTax premiumMember premiumType premiumIssuePrice premiumMallPrice premiumShopPrice
		pontapassCampaignApplyFlg couponTotalPrice couponTotalPriceNormalTax couponTotalPriceReducedTax couponTotalPriceNoTax usePoint
		usePointNormalTax usePointReducedTax usePointNoTax usePointCancel useAuPointPrice useAuPointPriceNormalTax
		useAuPointPriceReducedTax useAuPointPriceNoTax useAuPoint useAuPointCancel requestPrice requestPriceNormalTax
		requestTaxPriceNormalTax requestPriceReducedTax requestTaxPriceReducedTax requestPriceNoTax requestTaxPriceNoTax pointFixedDate
		pointFixedStatus settleStatus authoriTimelimitDate pgResult pgResponseCode pgResponseDetail pgOrderId pgRequestPrice
		pgRequestPriceNormalTax pgRequestPriceReducedTax pgRequestPriceNoTax couponType couponKey cardJadgement deliveryName
		deliveryMethodId deliveryId elecReceiptIssueStatus elecReceiptIssueTimes deliveryRequestDay deliveryRequestTime shippingDate
		shippingCarrier shippingNumber yamatoLnkMgtNo eposTokenId affId | cardjadgement senderShopCD nickName`},
	{aupay.Detail{}, `orderDetailId itemManagementId itemCode lotnumber itemName itemOption itemOptionCommissions itemOptionPrice giftWrappingType
		giftWrappingPrice giftMessage noshiType noshiPresenterName1 noshiPresenterName2 noshiPresenterName3 itemCancelStatus itemCancelDate
		beforeDiscount discount itemPrice unit totalItemPrice totalItemChargePrice taxType reducedTax taxRate giftPoint
		shippingDayDispText shippingTimelimitDate | lotNumber`},
	{aupay.ItemOptionCommissions{}, "itemOptionCommissionTitle itemOptionCommissionVal itemOptionCommissionSeq"},
	{aupay.ItemOptionCommission{}, "itemOptionCommission itemOptionCommissionPrice itemOptionCommissionValSeq"},
	{aupay.SearchResponse{}, "result resultCount orderInfo"},
	{aupay.GetResponse{}, "result resultCount orderInfo"},
	{aupay.NumbersResponse{}, "result resultCount orderInfo"},
	{aupay.Result{}, "status error | code message"},
	{aupay.APIError{}, "code message"},
}

// TestEveryElementHasAField finds every documented element in its struct, in the same order, and no
// other.
func TestEveryElementHasAField(t *testing.T) {
	for _, d := range documented {
		typ := reflect.TypeOf(d.model)
		var got []string
		for i := range typ.NumField() {
			if name := typ.Field(i).Tag.Get("xml"); name != "-" {
				got = append(got, name)
			}
		}
		require.Equal(t, strings.Fields(strings.Replace(d.names, "|", "", 1)), got, typ.Name())
	}
	known, _, _ := strings.Cut(documented[0].names, "|")
	require.Len(t, strings.Fields(known), 117)
	known, _, _ = strings.Cut(documented[1].names, "|")
	require.Len(t, strings.Fields(known), 29)
}
