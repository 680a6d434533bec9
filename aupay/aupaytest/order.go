package aupaytest

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"time"
)

// Order is one order of the fake mall: the fields that it uses, and other elements of orderInfo by
// name.
type Order struct {
	ID     string // a number; when empty, AddOrder assigns one
	Placed time.Time
	Status string // orderStatus; 新規受付 when empty
	// other elements of orderInfo, by name; an empty text is written as an empty element
	Elements map[string]string
	Lines    []Line
}

// Line is one detail, its elements by name.
type Line map[string]string

// orderElements are the elements of an orderInfo in the mall's order; detail stands between
// cancelDate and totalSalePrice.
var orderElements = []string{
	"orderDate", "orderId", "sellMethodSegment", "releaseDate", "siteAndDevice",
	"crossBorderEcTradeKbn", "mailAddress",
	"rawMailAddress", "ordererName", "ordererKana", "ordererZipCode", "ordererAddress",
	"ordererPhoneNumber1", "ordererPhoneNumber2",
	"nickname", "senderName", "senderKana", "senderZipCode", "senderAddress", "senderPhoneNumber1",
	"senderPhoneNumber2",
	"senderShopCd", "orderOption", "settlementName", "secureSegment", "userComment", "tradeRemarks",
	"memo", "orderStatus",
	"contactStatus", "contactDate", "authorizationStatus", "authorizationDate", "paymentStatus",
	"paymentDate", "shipStatus",
	"shipDate", "printStatus", "printDate", "cancelStatus", "cancelReason", "cancelComment",
	"cancelDate", "detail",
	"totalSalePrice", "totalSalePriceNormalTax", "totalSalePriceReducedTax", "totalSalePriceNoTax",
	"totalSaleUnit", "postagePrice",
	"postagePriceTaxRate", "chargePrice", "chargePriceTaxRate", "totalItemOptionPrice",
	"totalItemOptionPriceTaxRate",
	"totalGiftWrappingPrice", "totalGiftWrappingPriceTaxRate", "totalPrice", "totalPriceNormalTax",
	"totalPriceReducedTax",
	"totalPriceNoTax", "premiumMember", "premiumType", "premiumIssuePrice", "premiumMallPrice",
	"premiumShopPrice",
	"pontapassCampaignApplyFlg", "couponTotalPrice", "couponTotalPriceNormalTax",
	"couponTotalPriceReducedTax",
	"couponTotalPriceNoTax", "usePoint", "usePointNormalTax", "usePointReducedTax", "usePointNoTax",
	"usePointCancel",
	"useAuPointPrice", "useAuPointPriceNormalTax", "useAuPointPriceReducedTax",
	"useAuPointPriceNoTax", "useAuPoint",
	"useAuPointCancel", "requestPrice", "requestPriceNormalTax", "requestTaxPriceNormalTax",
	"requestPriceReducedTax",
	"requestTaxPriceReducedTax", "requestPriceNoTax", "requestTaxPriceNoTax", "pointFixedDate",
	"pointFixedStatus", "settleStatus",
	"authoriTimelimitDate", "pgResult", "pgResponseCode", "pgResponseDetail", "pgOrderId",
	"pgRequestPrice", "pgRequestPriceNormalTax",
	"pgRequestPriceReducedTax", "pgRequestPriceNoTax", "couponType", "couponKey", "cardJadgement",
	"deliveryName", "deliveryMethodId",
	"deliveryId", "elecReceiptIssueStatus", "elecReceiptIssueTimes", "deliveryRequestDay",
	"deliveryRequestTime", "shippingDate",
	"shippingCarrier", "shippingNumber", "yamatoLnkMgtNo", "eposTokenId", "affId",
}

var lineElements = []string{
	"orderDetailId", "itemManagementId", "itemCode", "lotnumber", "itemName", "itemOption",
	"itemOptionPrice", "giftWrappingType",
	"giftWrappingPrice", "giftMessage", "noshiType", "noshiPresenterName1", "noshiPresenterName2",
	"noshiPresenterName3",
	"itemCancelStatus", "itemCancelDate", "beforeDiscount", "discount", "itemPrice", "unit",
	"totalItemPrice",
	"totalItemChargePrice", "taxType", "reducedTax", "taxRate", "giftPoint", "shippingDayDispText",
	"shippingTimelimitDate",
}

// document writes XML element by element.
type document struct{ bytes.Buffer }

func (d *document) element(name, text string) {
	d.WriteString("<" + name + ">")
	_ = xml.EscapeText(&d.Buffer, []byte(text)) // a Buffer does not fail
	d.WriteString("</" + name + ">\n")
}

func (d *document) elements(order []string, values map[string]string) {
	written := 0
	for _, name := range order {
		if text, ok := values[name]; ok {
			d.element(name, text)
			written++
		}
	}
	if written == len(values) {
		return
	}
	var others []string
	for name := range values {
		if !slices.Contains(order, name) {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	for _, name := range others {
		d.element(name, values[name])
	}
}

func (o *Order) write(d *document, rawMail bool) {
	all := map[string]string{"orderId": o.ID, "orderDate": minutes(o.Placed),
		"orderStatus": o.Status}
	for name, text := range o.Elements {
		if name != "rawMailAddress" || rawMail {
			all[name] = text
		}
	}
	split := slices.Index(orderElements, "detail")
	before := map[string]string{}
	for _, name := range orderElements[:split] {
		if text, ok := all[name]; ok {
			before[name] = text
			delete(all, name)
		}
	}
	d.WriteString("<orderInfo>\n")
	d.elements(orderElements[:split], before)
	for i, line := range o.Lines {
		d.WriteString("<detail>\n")
		values := map[string]string{"orderDetailId": strconv.Itoa(i + 1)}
		for name, text := range line {
			values[name] = text
		}
		d.elements(lineElements, values)
		d.WriteString("</detail>\n")
	}
	d.elements(orderElements[split+1:], all)
	d.WriteString("</orderInfo>\n")
}

var jst = time.FixedZone("JST", 9*60*60)

func minutes(t time.Time) string { return t.In(jst).Format("2006/01/02 15:04") }
func date(t time.Time) string    { return t.In(jst).Format("2006/01/02") }

// clone is a copy that shares nothing with o.
func (o *Order) clone() *Order {
	c := *o
	c.Elements = map[string]string{}
	for name, text := range o.Elements {
		c.Elements[name] = text
	}
	c.Lines = nil
	for _, line := range o.Lines {
		l := Line{}
		for name, text := range line {
			l[name] = text
		}
		c.Lines = append(c.Lines, l)
	}
	return &c
}
