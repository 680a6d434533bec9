package rakuten_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/rakuten"
)

const (
	address = "zipCode1 zipCode2 prefecture city subAddress familyName firstName familyNameKana firstNameKana phoneNumber1 phoneNumber2 phoneNumber3"
	message = "messageType messageCode message orderNumber dataNumber shippingDetailId requestId"
)

// documented are the field names of the API's pages, model by model.
var documented = []struct {
	model any
	names string
}{
	{rakuten.SearchOrderRequest{}, `orderProgressList subStatusIdList dateType startDatetime endDatetime orderTypeList settlementMethod deliveryName
		shippingDateBlankFlag shippingNumberBlankFlag searchKeywordType searchKeyword mailSendType ordererMailAddress phoneNumberType phoneNumber
		reserveNumber purchaseSiteType asurakuFlag couponUseFlag drugFlag overseasFlag oneDayOperationFlag PaginationRequestModel`},
	{rakuten.PaginationRequest{}, "requestRecordsAmount requestPage SortModelList"},
	{rakuten.SortModel{}, "sortColumn sortDirection"},
	{rakuten.SearchOrderResponse{}, "MessageModelList orderNumberList PaginationResponseModel"},
	{rakuten.PaginationResponse{}, "totalRecordsAmount totalPages requestPage"},
	{rakuten.MessageModel{}, message},
	{rakuten.GetOrderRequest{}, "orderNumberList version"},
	{rakuten.GetOrderResponse{}, "version MessageModelList OrderModelList"},
	{rakuten.OrderModel{}, `orderNumber orderProgress subStatusId subStatusName orderDatetime shopOrderCfmDatetime orderFixDatetime shippingInstDatetime
		shippingCmplRptDatetime cancelDueDate deliveryDate shippingTerm remarks giftCheckFlag socialGiftFlag severalSenderFlag equalSenderFlag
		isolatedIslandFlag rakutenMemberFlag carrierCode emailCarrierCode orderType reserveNumber reserveDeliveryCount cautionDisplayType
		cautionDisplayDetailType rakutenConfirmFlag goodsPrice goodsTax postagePrice deliveryPrice paymentCharge paymentChargeTaxRate totalPrice
		requestPrice couponAllTotalPrice couponShopPrice couponOtherPrice additionalFeeOccurAmountToUser additionalFeeOccurAmountToShop asurakuFlag
		drugFlag dealFlag membershipType memo operator mailPlugSentence modifyFlag isTaxRecalc receiptIssueCount receiptIssueHistoryList OrdererModel
		SettlementModel DeliveryModel PointModel WrappingModel1 WrappingModel2 PackageModelList CouponModelList ChangeReasonModelList
		TaxSummaryModelList DueDateModelList deliveryCertPrgFlag oneDayOperationFlag`},
	{rakuten.OrdererModel{}, address + " emailAddress sex birthYear birthMonth birthDay"},
	{rakuten.SettlementModel{}, "settlementMethodCode settlementMethod rpaySettlementFlag cardName cardNumber cardOwner cardYm cardPayType cardInstallmentDesc"},
	{rakuten.DeliveryModel{}, "deliveryName deliveryClass"},
	{rakuten.PointModel{}, "usedPoint"},
	{rakuten.WrappingModel{}, "title name price includeTaxFlag deleteWrappingFlag taxRate taxPrice"},
	{rakuten.PackageModel{}, `basketId postagePrice postageTaxRate deliveryPrice deliveryTaxRate goodsTax goodsPrice totalPrice noshi packageDeleteFlag
		SenderModel ItemModelList ShippingModelList DeliveryCvsModel defaultDeliveryCompanyCode dropOffFlag dropOffLocation SocialGiftModel`},
	{rakuten.SenderModel{}, address + " isolatedIslandFlag"},
	{rakuten.ItemModel{}, `itemDetailId itemName itemId itemNumber manageNumber price units includePostageFlag includeTaxFlag
		includeCashOnDeliveryPostageFlag selectedChoice pointRate pointType inventoryType delvdateInfo restoreInventoryFlag dealFlag drugFlag
		deleteItemFlag taxRate priceTaxIncl isSingleItemShipping SkuModelList`},
	{rakuten.SkuModel{}, "variantId merchantDefinedSkuId skuInfo"},
	{rakuten.ShippingModel{}, "shippingDetailId shippingNumber deliveryCompany deliveryCompanyName shippingDate"},
	{rakuten.DeliveryCvsModel{}, "cvsCode storeGenreCode storeCode storeName storeZip storePrefecture storeAddress areaCode depo openTime closeTime cvsRemarks"},
	{rakuten.SocialGiftModel{}, "sgMngNumber inputDueDate inputFlag inputCompDatetime receiverEmailAddress"},
	{rakuten.CouponModel{}, `couponCode itemId couponName couponSummary couponCapital couponCapitalCode expiryDate couponPrice couponUnit
		couponTotalPrice itemDetailId`},
	{rakuten.ChangeReasonModel{}, `changeId changeType changeTypeDetail changeReason changeReasonDetail changeApplyDatetime changeFixDatetime
		changeCmplDatetime`},
	{rakuten.TaxSummaryModel{}, "taxRate reqPrice reqPriceTax totalPrice paymentCharge couponPrice point"},
	{rakuten.UpdateOrderMemoRequest{}, "orderNumber subStatusId deliveryClass deliveryDate shippingTerm memo operator mailPlugSentence"},
	{rakuten.UpdateOrderRemarksRequest{}, "orderNumber giftCheck remarks"},
	{rakuten.OrderShippingModel{}, "orderNumber BasketidModelList"},
	{rakuten.BasketModel{}, "basketId ShippingModelList"},
	{rakuten.ShippingChange{}, "shippingDetailId deliveryCompany shippingNumber shippingDate shippingDeleteFlag"},
	{rakuten.UpdateResponse{}, "MessageModelList"},
	{rakuten.ShippingResultResponse{}, "ResultShippingModelList"},
	{rakuten.ShippingResult{}, "orderNumber MessageModelList"},
	{rakuten.GetSubStatusListResponse{}, "MessageModelList StatusModelList"},
	{rakuten.StatusModel{}, "orderProgress SubStatusModelList"},
	{rakuten.SubStatusModel{}, "subStatusId subStatusName orderby"},
	{rakuten.UpdateOrderSenderRequest{}, `orderNumber reductionReason WrappingModel1 WrappingModel2 PackageModelList CouponModelList
		afterSettlementMethodCode`}, // taxRecalcFlag is dead since 2019
	{rakuten.SenderWrapping{}, "title name price taxRate includeTaxFlag deleteWrappingFlag"},
	{rakuten.SenderPackage{}, `basketId postagePrice postageTaxRate deliveryPrice deliveryTaxRate noshi packageDeleteFlag SenderModel
		ItemModelList dropOffLocation`}, // goodsTax is dead
	{rakuten.SenderAddress{}, address},
	{rakuten.SenderItem{}, `itemDetailId itemName itemNumber price taxRate units includePostageFlag includeTaxFlag
		includeCashOnDeliveryPostageFlag selectedChoice restoreInventoryFlag deleteItemFlag SkuModelList`},
	{rakuten.SenderSku{}, "variantId merchantDefinedSkuId skuInfo"},
	{rakuten.SenderCoupon{}, "couponCode couponPrice couponUnit itemId"},
	{rakuten.UpdateOrderOrdererRequest{}, "orderNumber reductionReason OrdererModel"},
	{rakuten.CancelRequest{}, "orderNumber inventoryRestoreType changeReasonDetailApply"},
	{rakuten.GetPaymentResponse{}, "MessageModelList OrderModel"},
	{rakuten.PaymentOrderModel{}, "orderNumber PaymentModelList"},
	{rakuten.PaymentModel{}, `orderPaymentNumber paymentMethod paymentAmount paymentCharge paymentStatus paymentProcReqDatetime
		paymentProcNgDatetime paymentProcCmplDatetime paymentProcCancelNgDate paymentProcCancelCmplDatetime paymentReqDatetime paymentNgDatetime
		paymentFixDatetime paymentCancelNgDatetime paymentCancelCmplDatetime paymentCancelFixDatetime payExpectDate minusPayExpectDate
		paymentOrganizationLinkageNumberList PaymentCardModel PaymentMultiModel PaymentBankModel PaymentPayAfterModel PaymentPaypalModel
		RefundModelList AdditionalFeeModelList`},
	{rakuten.PaymentCardModel{}, "cardName cardYm cardOwner cardNumber cardPayType cardInstallmentDesc"},
	{rakuten.PaymentMultiModel{}, "eventDatetime rcvgNumber payInfoUrl payStartUrl"},
	{rakuten.PaymentBankModel{}, "transferDate transferNameKana"},
	{rakuten.PaymentPayAfterModel{}, "rcvgAgcyTypeName rcvgNumber"},
	{rakuten.PaymentPaypalModel{}, "eventDate billId"},
	{rakuten.AdditionalFeeModel{}, `additionalFeeId additionalFeeType payFrom additionalFeeOccurDatetime additionalFeeOccurAmount
		additionalFeeTaxRate`},
	{rakuten.RefundModel{}, "paymentAmount paymentStatus paymentProcCmplDatetime paymentReqDatetime paymentFixDatetime payExpectDate"},
	{rakuten.LicenseExpiry{}, "expiryDate"},
	{rakuten.Variant{}, "manageNumber variantId"},
	{rakuten.OperationLeadTime{}, "normalDeliveryTimeId backOrderDeliveryTimeId"},
	{rakuten.DueDateModel{}, "dueDateType dueDate"},
}

// TestFields finds every documented field in its struct, and no other.
func TestFields(t *testing.T) {
	for _, d := range documented {
		var got []string
		typ := reflect.TypeOf(d.model)
		for i := range typ.NumField() {
			if name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ","); name != "-" {
				got = append(got, name)
			}
		}
		require.ElementsMatch(t, strings.Fields(d.names), got, typ.Name())
	}
}

// TestPayloads decodes whole payloads: those of testdata and, where JPMALL_PAYLOADS names a folder,
// the official samples in it. Both decoders must give the same, and every key must have its field.
func TestPayloads(t *testing.T) {
	files, err := filepath.Glob("testdata/getorder_*.json")
	require.NoError(t, err)
	require.Len(t, files, 10)
	if folder := os.Getenv("JPMALL_PAYLOADS"); folder != "" {
		official, err := filepath.Glob(filepath.Join(folder, "rakuten", "*.json"))
		require.NoError(t, err)
		require.NotEmpty(t, official)
		files = append(files, official...)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			if strings.HasPrefix(filepath.Base(file), "searchOrder") {
				decodeAll[rakuten.SearchOrderResponse](t, data)
				return
			}
			out := decodeAll[rakuten.GetOrderResponse](t, data)
			require.NotEmpty(t, out.OrderModelList)
			for i := range out.OrderModelList {
				o := rakuten.Convert(&out.OrderModelList[i], rakuten.ConvertOptions{})
				require.NotEmpty(t, o.ID)
				require.NotEqual(t, "differs", string(o.Reconcile().Verdict))
			}
		})
	}
}

// decodeAll holds our decoder against encoding/json, which here refuses unknown keys.
func decodeAll[T any](t *testing.T, data []byte) T {
	t.Helper()
	var ours, theirs T
	problems, err := wire.JSON(data, &ours)
	require.NoError(t, err)
	require.Empty(t, problems)
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	require.NoError(t, strict.Decode(&theirs))
	require.Equal(t, theirs, ours)
	return ours
}
