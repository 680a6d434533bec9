package yahoo

import (
	"context"
	"strings"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// OrderShipStatusChangeRequest holds the parameters of OrderShipStatusChange. A field of Ship that
// is nil or empty leaves the value unchanged; a pointer to "" or to a zero date clears it.
type OrderShipStatusChangeRequest struct {
	OrderID       string
	Ship          ShipStatusChange
	OperationUser string
}

// ShipStatusChange is what to change in the shipping part.
type ShipStatusChange struct {
	ShipStatus                   ShipStatus      `xml:"ShipStatus"` // required
	ShipMethod                   string          `xml:"ShipMethod" max:"9"`
	ShipNotes                    *string         `xml:"ShipNotes" max:"500"`
	ShipCompanyCode              ShipCompanyCode `xml:"ShipCompanyCode" max:"4"`
	ShipInvoiceNumber1           *string         `xml:"ShipInvoiceNumber1" max:"30"`
	ShipInvoiceNumber2           *string         `xml:"ShipInvoiceNumber2" max:"30"`
	ShipInvoiceNumberEmptyReason *EmptyReason    `xml:"ShipInvoiceNumberEmptyReason" max:"3"`
	ShipURL                      *string         `xml:"ShipUrl" max:"100"`
	ShipDate                     *order.Date     `xml:"ShipDate"`
	ArrivalDate                  *order.Date     `xml:"ArrivalDate"`
	// only InstructedShip; the link to Yamato pauses from 23:00 to 7:00
	ShipInstructStatus ShipInstructStatus `xml:"ShipInstructStatus"`
	// required with InstructedShip: today or tomorrow
	CollectionDate    order.Date       `xml:"CollectionDate"`
	CashOnDeliveryTax *int64           `xml:"CashOnDeliveryTax"`
	IsEazy            *bool            `xml:"IsEazy"` // true requires the two below
	EazyDeliveryCode  EazyDeliveryCode `xml:"EazyDeliveryCode"`
	EazyDeliveryName  string           `xml:"EazyDeliveryName" max:"50"`
	// true requires the three above
	IsMallContactlessDelivery *bool `xml:"IsMallContactlessDelivery"`
}

type shipStatusRequest struct {
	Target target `xml:"Target"`
	Order  struct {
		Ship ShipStatusChange `xml:"Ship"`
	} `xml:"Order"`
	SellerID string `xml:"SellerId"`
}

// OrderShipStatusChange (出荷ステータス変更) sets an order's shipping status, carrier and tracking numbers.
// It also fixes the points, as the mall requires. Warnings od91113 and od91115 are about the
// capture of a card payment. If both a ShipMethod and a [ShipCompanyCode] are given, the carrier
// tied to the method wins. A tracking number and a ShipInvoiceNumberEmptyReason exclude each other,
// in one request and with what the order already has.
//
// The answer names no order: confirm the change, and the carrier, with [OrderInfo]. Not safe to
// repeat: after a lost answer read the order first.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderShipStatusChange.html
func (c *Client) OrderShipStatusChange(
	ctx context.Context, req OrderShipStatusChangeRequest,
) (UpdateResponse, error) {
	report, doc := req.prepare(c.shop)
	return c.simple(ctx, orderShipStatusChange, req.OrderID, report, doc)
}

// prepare returns the document and what is wrong with it.
func (r OrderShipStatusChangeRequest) prepare(shop string) (*check.Report, any) {
	report := new(check.Report)
	checkShip(report.Fields().In("Ship"), &r.Ship)
	fix := true
	doc := shipStatusRequest{Target: target{OrderID: r.OrderID, IsPointFix: &fix,
		OperationUser: r.OperationUser}, SellerID: shop}
	doc.Order.Ship = r.Ship
	return report, doc
}

func checkShip(f check.Fields, s *ShipStatusChange) {
	if !s.ShipStatus.Known() {
		f.Add("ShipStatus", "is not one of 0 to 4")
	}
	checkNumbers(f, s.ShipInvoiceNumber1, s.ShipInvoiceNumber2, s.ShipInvoiceNumberEmptyReason,
		s.ShipCompanyCode)
	if s.ShipInstructStatus != "" && s.ShipInstructStatus != InstructedShip {
		f.Add("ShipInstructStatus", "the mall takes 103 only")
	}
	if s.ShipInstructStatus == InstructedShip && s.CollectionDate.IsZero() {
		f.Add("CollectionDate", "is needed with ShipInstructStatus 103")
	}
	if yes(s.IsEazy) && (s.EazyDeliveryCode == "" || s.EazyDeliveryName == "") {
		f.Add("IsEazy", "needs EazyDeliveryCode and EazyDeliveryName")
	}
	if yes(s.IsMallContactlessDelivery) && !yes(s.IsEazy) {
		f.Add("IsMallContactlessDelivery", "needs IsEazy, EazyDeliveryCode and EazyDeliveryName")
	}
}

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// checkNumbers refuses tracking numbers that the mall would refuse for their carrier, and a number
// beside a reason for having none: the mall does not accept both at once (since 2023-04).
func checkNumbers(
	f check.Fields, first, second *string, reason *EmptyReason, company ShipCompanyCode,
) {
	given := false
	for name, number := range map[string]*string{"ShipInvoiceNumber1": first,
		"ShipInvoiceNumber2": second} {
		if number != nil {
			checkNumber(f, name, *number, company)
			given = given || *number != ""
		}
	}
	if reason != nil && given {
		f.Add("ShipInvoiceNumberEmptyReason",
			"excludes a tracking number: the mall does not accept both at once")
	}
	if reason != nil && *reason != "" && !reason.Known() {
		f.Add("ShipInvoiceNumberEmptyReason", "is not one of 101 to 105")
	}
}

// checkNumber refuses a tracking number that the mall would refuse for its carrier. An empty one
// clears.
func checkNumber(f check.Fields, name, number string, company ShipCompanyCode) {
	if number == "" {
		return
	}
	switch company.Current() {
	case CompanyYamato:
		if len(number) > 14 || strings.Trim(number, digits+"-") != "" {
			f.Add(name, "for Yamato at most 14 digits and hyphens")
		}
	case CompanyJapanPost:
		bare := strings.ReplaceAll(number, "-", "")
		if len(bare) < 11 || len(bare) > 13 || strings.Trim(bare, digits+letters) != "" {
			f.Add(name, "for Japan Post 11 to 13 letters and digits, hyphens not counted")
		}
	default:
		if strings.Trim(number, digits+letters+"-") != "" {
			f.Add(name, "has characters other than half-width letters, digits and hyphens")
		}
	}
}
