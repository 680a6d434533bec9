package faulttest_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// reading is one read of a mall: how it is called, which requests are meant, and what the mall documents to be in the answer.
type reading struct {
	name   string
	meant  string // part of the method, address and body of the requests that are struck
	member string // of a list its rows; "" where no source shows what there is
	count  string // how many rows there are, where the mall tells
	do     func(context.Context, order.Source, subject) error
	empty  bool // an answer without it is one too
}

// subject is what is asked for: an order that is there, and what prepare has made.
type subject struct {
	order                               order.Order
	destination, subscription, reported string
	document                            string
}

// all reads the orders of the last 15 days; none given without an error is one.
func all(ctx context.Context, s order.Source, _ subject) error {
	return rows(s, ctx, order.Query{From: time.Now().AddDate(0, 0, -15)})
}

func rows(s order.Source, ctx context.Context, q order.Query) error {
	n := 0
	var failed []error
	for _, err := range s.Orders(ctx, q) {
		n++
		failed = append(failed, err)
	}
	if n == 0 {
		return nil
	}
	for _, err := range failed {
		if err == nil {
			return nil // an order was given although nothing could be known of it
		}
	}
	return failed[0]
}

func byID(ctx context.Context, s order.Source, it subject) error {
	return rows(s, ctx, order.Query{IDs: []string{it.order.ID}})
}

func one(ctx context.Context, s order.Source, it subject) error {
	_, err := s.Order(ctx, it.order.ID)
	return err
}

func check(ctx context.Context, s order.Source, _ subject) error {
	return s.(interface{ Check(context.Context) error }).Check(ctx)
}

// of makes a reading's call out of one to a client.
func of[C any](do func(context.Context, C, subject) error) func(context.Context, order.Source, subject) error {
	return func(ctx context.Context, s order.Source, it subject) error { return do(ctx, s.(C), it) }
}

var variants = []rakuten.Variant{{ManageNumber: "mihon-tea", VariantID: "S-1"}, {ManageNumber: "mihon-tea", VariantID: "S-2"}}

// readings are all reads, by mall.
var readings = map[order.Mall][]reading{
	order.Rakuten: {
		{"Orders, the search", "/searchOrder/", "orderNumberList", "totalRecordsAmount", all, false},
		{"Orders, the details", "/getOrder/", "OrderModelList", "", all, false},
		{"Orders by number", "/getOrder/", "OrderModelList", "", byID, false},
		{"Order", "/getOrder/", "OrderModelList", "", one, false},
		{"Check", "/searchOrder/", "orderNumberList", "totalRecordsAmount", check, false},
		{"SearchOrder", "/searchOrder/", "orderNumberList", "totalRecordsAmount", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.SearchOrder(ctx, rakuten.SearchOrderRequest{DateType: rakuten.ByOrderDate, StartDatetime: rakuten.NewDateTime(time.Now().AddDate(0, 0, -15)),
				EndDatetime: rakuten.NewDateTime(time.Now()), PaginationRequestModel: &rakuten.PaginationRequest{RequestRecordsAmount: 1000, RequestPage: 1}})
			return err
		}), false},
		{"GetOrder", "/getOrder/", "OrderModelList", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetOrder(ctx, rakuten.GetOrderRequest{OrderNumberList: []string{it.order.ID}})
			return err
		}), false},
		{"GetOrderItem", "/getOrderItem/", "OrderModelList", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetOrderItem(ctx, []string{it.order.ID})
			return err
		}), false},
		{"GetPayment", "/getPayment/", "OrderModel", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetPayment(ctx, it.order.ID)
			return err
		}), false},
		{"GetSubStatusList", "/getSubStatusList/", "SubStatusModelList", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.GetSubStatusList(ctx)
			return err
		}), false},
		{"GetResultUpdateOrderShippingAsync", "/getResultUpdateOrderShippingAsync/", "ResultShippingModelList", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetResultUpdateOrderShippingAsync(ctx, it.reported)
			return err
		}), false},
		{"GetLicenseExpiry", "/license-key/expiry-date", "expiryDate", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.GetLicenseExpiry(ctx, credential.Secret{})
			return err
		}), false},
		{"Probe", "/license-key/expiry-date", "expiryDate", "", probe(credential.KindLicenseKey), false},
		{"GetInventory", "/variants/", "quantity", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, _, err := c.GetInventory(ctx, variants[0])
			return err
		}), false},
		{"GetInventories", "/inventories/bulk-get", "inventories", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.GetInventories(ctx, variants)
			return err
		}), false},
		{"GetInventoriesInRange", "/inventories/bulk-get/range", "inventories", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			most := int64(100)
			_, err := c.GetInventoriesInRange(ctx, nil, &most)
			return err
		}), false},
	},
	order.Yahoo: {
		{"Orders, the search", "/orderList", "OrderInfo", "TotalCount", all, false},
		{"Orders, the details", "/orderInfo", "OrderInfo", "", all, false},
		{"Orders by number", "/orderInfo", "OrderInfo", "", byID, false},
		{"Order", "/orderInfo", "OrderInfo", "", one, false},
		{"Check", "/orderList", "Search", "", check, false},
		{"OrderList", "/orderList", "OrderInfo", "TotalCount", of(func(ctx context.Context, c *yahoo.Client, _ subject) error {
			_, err := c.OrderList(ctx, yahoo.OrderListRequest{Condition: yahoo.Condition{OrderTimeFrom: time.Now().AddDate(0, 0, -15), OrderTimeTo: time.Now()}, Result: 2000})
			return err
		}), false},
		{"OrderInfo", "/orderInfo", "OrderInfo", "", of(func(ctx context.Context, c *yahoo.Client, it subject) error {
			_, err := c.OrderInfo(ctx, yahoo.OrderInfoRequest{OrderID: it.order.ID})
			return err
		}), false},
		{"OrderCount", "/orderCount", "Count", "", of(func(ctx context.Context, c *yahoo.Client, _ subject) error {
			_, err := c.OrderCount(ctx)
			return err
		}), false},
		{"OrderChangeHistory", "/orderChangeHistory", "Result", "", of(func(ctx context.Context, c *yahoo.Client, it subject) error {
			_, err := c.OrderChangeHistory(ctx, it.order.ID)
			return err
		}), false},
		{"GetStock", "/getStock", "Result", "", of(func(ctx context.Context, c *yahoo.Client, _ subject) error {
			_, err := c.GetStock(ctx, []yahoo.ItemCode{{Code: "mihon"}})
			return err
		}), false},
	},
	order.Amazon: {
		{"Orders", "/orders/2026-01-01/orders?", "orders", "", all, true},
		{"Order", "/orders/2026-01-01/orders/", "order", "", one, false},
		{"Orders by number", "/orders/2026-01-01/orders/", "order", "", byID, false},
		{"Check", "/marketplaceParticipations", "payload", "", check, false},
		{"SearchOrders", "/orders/2026-01-01/orders?", "orders", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.SearchOrders(ctx, amazon.SearchOrdersRequest{LastUpdatedAfter: time.Now().AddDate(0, 0, -15)})
			return err
		}), true},
		{"GetOrder", "/orders/2026-01-01/orders/", "order", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetOrder(ctx, amazon.GetOrderRequest{OrderID: it.order.ID})
			return err
		}), false},
		{"Shipped", "/orders/2026-01-01/orders/", "order", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.Shipped(ctx, it.order.ID, "1")
			return err
		}), false},
		{"GetOrderRegulatedInfo", "/regulatedInfo", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetOrderRegulatedInfo(ctx, it.order.ID)
			return err
		}), false},
		{"CreateRestrictedDataToken", "/restrictedDataToken", "restrictedDataToken", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.CreateRestrictedDataToken(ctx, amazon.CreateRestrictedDataTokenRequest{RestrictedResources: []amazon.RestrictedResource{
				{Method: "GET", Path: "/orders/v0/orders/{orderId}/regulatedInfo"}}})
			return err
		}), false},
		{"GetMarketplaceParticipations", "/marketplaceParticipations", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetMarketplaceParticipations(ctx)
			return err
		}), false},
		{"GetAccount", "/sellers/v1/account", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetAccount(ctx)
			return err
		}), false},
		{"GetDestinations", "GET https://sellingpartnerapi-fe.amazon.com/notifications/v1/destinations", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetDestinations(ctx)
			return err
		}), false},
		{"GetDestination", "/notifications/v1/destinations/", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetDestination(ctx, it.destination)
			return err
		}), false},
		{"GetSubscription", "/notifications/v1/subscriptions/ORDER_CHANGE", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetSubscription(ctx, amazon.OrderChange, "1.0")
			return err
		}), false},
		{"GetSubscriptions", "/notifications/v1/subscriptions?", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetSubscriptions(ctx, amazon.GetSubscriptionsRequest{NotificationType: amazon.OrderChange})
			return err
		}), false},
		{"GetSubscriptionByID", "/notifications/v1/subscriptions/ORDER_CHANGE/", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetSubscriptionByID(ctx, amazon.OrderChange, it.subscription)
			return err
		}), false},
		{"GetReports", "/reports/2021-06-30/reports?", "reports", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetReports(ctx, amazon.GetReportsRequest{ReportTypes: []amazon.ReportType{amazon.AllOrdersByUpdate}})
			return err
		}), true},
		{"GetReport", "/reports/2021-06-30/reports/", "processingStatus", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetReport(ctx, it.reported)
			return err
		}), false},
		{"WaitReport", "/reports/2021-06-30/reports/", "processingStatus", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.WaitReport(ctx, it.reported)
			return err
		}), false},
		{"GetReportDocument", "/reports/2021-06-30/documents/", "url", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetReportDocument(ctx, it.document, amazon.AllOrdersByUpdate)
			return err
		}), false},
		{"OpenReport", "/reports/2021-06-30/documents/", "url", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			r, err := c.OpenReport(ctx, it.document, amazon.AllOrdersByUpdate)
			if err == nil {
				r.Close()
			}
			return err
		}), false},
		{"V0.GetOrders", "/orders/v0/orders?", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.V0().GetOrders(ctx, amazon.V0GetOrdersRequest{CreatedAfter: time.Now().AddDate(0, 0, -15)})
			return err
		}), false},
		{"V0.GetOrder", "/orders/v0/orders/", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrder(ctx, it.order.ID)
			return err
		}), false},
		{"V0.GetOrderBuyerInfo", "/buyerInfo", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderBuyerInfo(ctx, it.order.ID)
			return err
		}), false},
		{"V0.GetOrderAddress", "/address", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderAddress(ctx, it.order.ID)
			return err
		}), false},
		{"V0.GetOrderItems", "/orderItems", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderItems(ctx, it.order.ID, "")
			return err
		}), false},
		{"V0.GetOrderItemsBuyerInfo", "/orderItems/buyerInfo", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderItemsBuyerInfo(ctx, it.order.ID, "")
			return err
		}), false},
	},
	order.AuPay: {
		{"Orders", "/searchTradeInfoListProc", "orderInfo", "resultCount", all, false},
		{"Order", "/searchTradeInfoProc", "orderInfo", "", one, false},
		{"Orders by number", "/searchTradeInfoProc", "orderInfo", "", byID, false},
		{"Check", "/searchTradeNoListProc", "resultCount", "", check, false},
		{"SearchTradeInfoList", "/searchTradeInfoListProc", "orderInfo", "resultCount", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchTradeInfoList(ctx, aupay.SearchRequest{StartDate: order.DateOf(time.Now().AddDate(0, 0, -15)), EndDate: order.DateOf(time.Now())})
			return err
		}), false},
		{"SearchTradeNoList", "/searchTradeNoListProc", "orderId", "resultCount", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchTradeNoList(ctx, aupay.SearchRequest{StartDate: order.DateOf(time.Now().AddDate(0, 0, -15)), EndDate: order.DateOf(time.Now())})
			return err
		}), false},
		{"SearchTradeInfo", "/searchTradeInfoProc", "orderInfo", "", of(func(ctx context.Context, c *aupay.Client, it subject) error {
			_, err := c.SearchTradeInfo(ctx, it.order.ID)
			return err
		}), false},
		{"SearchStocks", "/searchStocks", "resultStocks", "maxCount", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchStocks(ctx, aupay.SearchStocksRequest{})
			return err
		}), false},
		{"SearchImgCapacity", "/searchImgCapacity", "", "", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchImgCapacity(ctx)
			return err
		}), false},
		{"SearchSellPerformanceStatus", "/searchSellPerformanceStatus", "", "", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchSellPerformanceStatus(ctx)
			return err
		}), false},
	},
}

func probe(k credential.Kind) func(context.Context, order.Source, subject) error {
	return func(ctx context.Context, s order.Source, _ subject) error {
		_, err := s.(credential.Prober).Probe(ctx, credential.Record{Mall: s.Mall(), Shop: s.Shop(), Kind: k})
		return err
	}
}

// prepare makes what the readings ask for.
func prepare(t *testing.T, s order.Source) (it subject) {
	ctx := t.Context()
	for o, err := range s.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -15)}) {
		require.NoError(t, err)
		it.order = o
		if o.Status == order.ReadyToShip {
			break
		}
	}
	switch c := s.(type) {
	case *rakuten.Client:
		for _, v := range variants {
			_, err := c.UpsertInventory(ctx, rakuten.StockChange{Variant: v, Mode: rakuten.Absolute, Quantity: 3})
			require.NoError(t, err)
		}
		var err error
		it.reported, _, err = c.UpdateOrderShippingAsync(ctx, []rakuten.OrderShippingModel{{OrderNumber: it.order.ID, BasketidModelList: []rakuten.BasketModel{{
			BasketID: it.order.Native().(*rakuten.OrderModel).PackageModelList[0].BasketID, ShippingModelList: []rakuten.ShippingChange{{}}}}}})
		require.NoError(t, err)
	case *yahoo.Client:
		_, err := c.SetStock(ctx, []yahoo.StockChange{{Item: yahoo.ItemCode{Code: "mihon"}, Quantity: 3}})
		require.NoError(t, err)
	case *amazon.Client:
		to, err := c.CreateDestination(ctx, amazon.CreateDestinationRequest{Name: "見本", ResourceSpecification: amazon.DestinationResource{
			SQS: &amazon.SQSResource{ARN: "arn:aws:sqs:us-west-2:000000000000:mihon"}}})
		require.NoError(t, err)
		it.destination = to.Payload.DestinationID
		sub, err := c.CreateSubscription(ctx, amazon.CreateSubscriptionRequest{NotificationType: amazon.OrderChange, PayloadVersion: "1.0", DestinationID: it.destination})
		require.NoError(t, err)
		it.subscription = sub.Payload.SubscriptionID
		made, err := c.CreateReport(ctx, amazon.CreateReportRequest{ReportType: amazon.AllOrdersByUpdate, MarketplaceIDs: []string{amazon.Japan}})
		require.NoError(t, err)
		it.reported = made.ReportID
		done, err := c.WaitReport(ctx, made.ReportID)
		require.NoError(t, err)
		it.document = done.ReportDocumentID
	}
	return it
}
