//lint:file-ignore SA1019 the reads of v0 are tested as long as they are there

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

// reading is one read of a mall: how it is called, which requests are meant, and what the mall
// documents to be in the answer.
type reading struct {
	name   string
	meant  string // part of the method, address and body of the requests that are struck
	member string // of a list its rows; "" where no source shows what there is
	count  string // how many rows there are, where the mall tells; with ? where it may leave that out
	do     func(context.Context, order.Source, subject) error
}

// subject is what is asked for: an order that is there, and what prepare has made.
type subject struct {
	order                               order.Order
	destination, subscription, reported string
	document                            string
}

// all reads the orders of the last 15 days, to their end; it gives the error that comes.
func all(ctx context.Context, s order.Source, _ subject) (last error) {
	for _, err := range s.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -15)}) {
		if err != nil {
			last = err
		}
	}
	return last
}

// nothing reads orders of which nothing can be known; one that is given all the same is as bad as
// no error.
func nothing(ctx context.Context, s order.Source, q order.Query) (last error) {
	given := false
	for _, err := range s.Orders(ctx, q) {
		if err != nil {
			last = err
		} else {
			given = true
		}
	}
	if given {
		return nil
	}
	return last
}

func details(ctx context.Context, s order.Source, _ subject) error {
	return nothing(ctx, s, order.Query{From: time.Now().AddDate(0, 0, -15)})
}

func byID(ctx context.Context, s order.Source, it subject) error {
	return nothing(ctx, s, order.Query{IDs: []string{it.order.ID}})
}

func one(ctx context.Context, s order.Source, it subject) error {
	_, err := s.Order(ctx, it.order.ID)
	return err
}

func checkIt(ctx context.Context, s order.Source, _ subject) error {
	return s.(interface{ Check(context.Context) error }).Check(ctx)
}

// of makes a reading's call out of one to a client.
func of[C any](do func(context.Context, C, subject) error) func(context.Context, order.Source, subject) error {
	return func(ctx context.Context, s order.Source, it subject) error { return do(ctx, s.(C), it) }
}

var variants = []rakuten.Variant{{ManageNumber: "mihon-tea", VariantID: "S-1"},
	{ManageNumber: "mihon-tea", VariantID: "S-2"}}

// readings are all reads, by mall.
var readings = map[order.Mall][]reading{
	order.Rakuten: {
		{"Orders, the search", "/searchOrder/", "orderNumberList", "totalRecordsAmount", all},
		{"Orders, the details", "/getOrder/", "OrderModelList", "", details},
		{"Orders by number", "/getOrder/", "OrderModelList", "", byID},
		{"Order", "/getOrder/", "OrderModelList", "", one},
		{"Check", "/searchOrder/", "orderNumberList", "totalRecordsAmount", checkIt},
		{"SearchOrder", "/searchOrder/", "orderNumberList", "totalRecordsAmount", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.SearchOrder(ctx, rakuten.SearchOrderRequest{DateType: rakuten.ByOrderDate,
				StartDatetime:          rakuten.NewDateTime(time.Now().AddDate(0, 0, -15)),
				EndDatetime:            rakuten.NewDateTime(time.Now()),
				PaginationRequestModel: &rakuten.PaginationRequest{RequestRecordsAmount: 1000, RequestPage: 1}})
			return err
		})},
		{"GetOrder", "/getOrder/", "OrderModelList", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetOrder(ctx, rakuten.GetOrderRequest{OrderNumberList: []string{it.order.ID}})
			return err
		})},
		{"GetOrderItem", "/getOrderItem/", "OrderModelList", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetOrderItem(ctx, []string{it.order.ID})
			return err
		})},
		{"GetPayment", "/getPayment/", "OrderModel", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetPayment(ctx, it.order.ID)
			return err
		})},
		{"GetSubStatusList", "/getSubStatusList/", "StatusModelList", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.GetSubStatusList(ctx)
			return err
		})},
		{"GetResultUpdateOrderShippingAsync", "/getResultUpdateOrderShippingAsync/", "ResultShippingModelList", "", of(func(ctx context.Context, c *rakuten.Client, it subject) error {
			_, err := c.GetResultUpdateOrderShippingAsync(ctx, it.reported)
			return err
		})},
		{"GetLicenseExpiry", "/license-key/expiry-date", "expiryDate", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.GetLicenseExpiry(ctx, credential.Secret{})
			return err
		})},
		{"Probe", "/license-key/expiry-date", "expiryDate", "", probe(credential.KindLicenseKey)},
		{"GetInventory", "/variants/", "quantity", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, _, err := c.GetInventory(ctx, variants[0])
			return err
		})},
		{"GetInventories", "/inventories/bulk-get", "inventories", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			_, err := c.GetInventories(ctx, variants)
			return err
		})},
		{"GetInventoriesInRange", "/inventories/bulk-get/range", "inventories", "", of(func(ctx context.Context, c *rakuten.Client, _ subject) error {
			most := int64(100)
			_, err := c.GetInventoriesInRange(ctx, nil, &most)
			return err
		})},
	},
	order.Yahoo: {
		{"Orders, the search", "/orderList", "OrderInfo", "TotalCount", all},
		{"Orders, the details", "/orderInfo", "OrderInfo", "", details},
		{"Orders by number", "/orderInfo", "OrderInfo", "", byID},
		{"Order", "/orderInfo", "OrderInfo", "", one},
		{"Check", "/orderList", "Search", "", checkIt},
		{"OrderList", "/orderList", "OrderInfo", "TotalCount", of(func(ctx context.Context, c *yahoo.Client, _ subject) error {
			_, err := c.OrderList(ctx, yahoo.OrderListRequest{
				Condition: yahoo.Condition{OrderTimeFrom: time.Now().AddDate(0, 0, -15), OrderTimeTo: time.Now()},
				Result:    2000})
			return err
		})},
		{"OrderInfo", "/orderInfo", "OrderInfo", "", of(func(ctx context.Context, c *yahoo.Client, it subject) error {
			_, err := c.OrderInfo(ctx, yahoo.OrderInfoRequest{OrderID: it.order.ID})
			return err
		})},
		{"OrderCount", "/orderCount", "Count", "", of(func(ctx context.Context, c *yahoo.Client, _ subject) error {
			_, err := c.OrderCount(ctx)
			return err
		})},
		{"OrderChangeHistory", "/orderChangeHistory", "Result", "", of(func(ctx context.Context, c *yahoo.Client, it subject) error {
			_, err := c.OrderChangeHistory(ctx, it.order.ID)
			return err
		})},
		{"GetStock", "/getStock", "Result", "", of(func(ctx context.Context, c *yahoo.Client, _ subject) error {
			_, err := c.GetStock(ctx, []yahoo.ItemCode{{Code: "mihon"}})
			return err
		})},
	},
	order.Amazon: {
		{"Orders", "/orders/2026-01-01/orders?", "orders", "", all},
		{"Order", "/orders/2026-01-01/orders/", "order", "", one},
		{"Orders by number", "/orders/2026-01-01/orders/", "order", "", byID},
		{"Check", "/marketplaceParticipations", "payload", "", checkIt},
		{"SearchOrders", "/orders/2026-01-01/orders?", "orders", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.SearchOrders(ctx, amazon.SearchOrdersRequest{LastUpdatedAfter: time.Now().AddDate(0, 0, -15)})
			return err
		})},
		{"GetOrder", "/orders/2026-01-01/orders/", "order", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetOrder(ctx, amazon.GetOrderRequest{OrderID: it.order.ID})
			return err
		})},
		{"Shipped", "/orders/2026-01-01/orders/", "order", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.Shipped(ctx, it.order.ID, "1")
			return err
		})},
		{"GetOrderRegulatedInfo", "/regulatedInfo", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetOrderRegulatedInfo(ctx, it.order.ID)
			return err
		})},
		{"CreateRestrictedDataToken", "/restrictedDataToken", "restrictedDataToken", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.CreateRestrictedDataToken(ctx,
				amazon.CreateRestrictedDataTokenRequest{RestrictedResources: []amazon.RestrictedResource{
					{Method: "GET", Path: "/orders/v0/orders/{orderId}/regulatedInfo"}}})
			return err
		})},
		{"GetMarketplaceParticipations", "/marketplaceParticipations", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetMarketplaceParticipations(ctx)
			return err
		})},
		{"GetAccount", "/sellers/v1/account", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetAccount(ctx)
			return err
		})},
		{"GetDestinations", "GET https://sellingpartnerapi-fe.amazon.com/notifications/v1/destinations", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetDestinations(ctx)
			return err
		})},
		{"GetDestination", "/notifications/v1/destinations/", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetDestination(ctx, it.destination)
			return err
		})},
		{"GetSubscription", "/notifications/v1/subscriptions/ORDER_CHANGE", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetSubscription(ctx, amazon.OrderChange, "1.0")
			return err
		})},
		{"GetSubscriptions", "/notifications/v1/subscriptions?", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetSubscriptions(ctx, amazon.GetSubscriptionsRequest{NotificationType: amazon.OrderChange})
			return err
		})},
		{"GetSubscriptionByID", "/notifications/v1/subscriptions/ORDER_CHANGE/", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetSubscriptionByID(ctx, amazon.OrderChange, it.subscription)
			return err
		})},
		{"GetReports", "/reports/2021-06-30/reports?", "reports", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.GetReports(ctx, amazon.GetReportsRequest{
				ReportTypes: []amazon.ReportType{amazon.AllOrdersByUpdate}})
			return err
		})},
		{"GetReport", "/reports/2021-06-30/reports/", "processingStatus", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetReport(ctx, it.reported)
			return err
		})},
		{"WaitReport", "/reports/2021-06-30/reports/", "processingStatus", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.WaitReport(ctx, it.reported)
			return err
		})},
		{"GetReportDocument", "/reports/2021-06-30/documents/", "url", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.GetReportDocument(ctx, it.document, amazon.AllOrdersByUpdate)
			return err
		})},
		{"OpenReport", "/reports/2021-06-30/documents/", "url", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			r, err := c.OpenReport(ctx, it.document, amazon.AllOrdersByUpdate)
			if err == nil {
				r.Close()
			}
			return err
		})},
		{"V0.GetOrders", "/orders/v0/orders?", "payload", "", of(func(ctx context.Context, c *amazon.Client, _ subject) error {
			_, err := c.V0().GetOrders(ctx, amazon.V0GetOrdersRequest{CreatedAfter: time.Now().AddDate(0, 0, -15)})
			return err
		})},
		{"V0.GetOrder", "/orders/v0/orders/", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrder(ctx, it.order.ID)
			return err
		})},
		{"V0.GetOrderBuyerInfo", "/buyerInfo", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderBuyerInfo(ctx, it.order.ID)
			return err
		})},
		{"V0.GetOrderAddress", "/address", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderAddress(ctx, it.order.ID)
			return err
		})},
		{"V0.GetOrderItems", "/orderItems", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderItems(ctx, it.order.ID, "")
			return err
		})},
		{"V0.GetOrderItemsBuyerInfo", "/orderItems/buyerInfo", "payload", "", of(func(ctx context.Context, c *amazon.Client, it subject) error {
			_, err := c.V0().GetOrderItemsBuyerInfo(ctx, it.order.ID, "")
			return err
		})},
	},
	order.AuPay: {
		{"Orders", "/searchTradeInfoListProc", "orderInfo", "resultCount?", all},
		{"Order", "/searchTradeInfoProc", "orderInfo", "", one},
		{"Orders by number", "/searchTradeInfoProc", "orderInfo", "", byID},
		{"Check", "/searchTradeNoListProc", "orderInfo", "resultCount?", checkIt},
		{"SearchTradeInfoList", "/searchTradeInfoListProc", "orderInfo", "resultCount?", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchTradeInfoList(ctx,
				aupay.SearchRequest{StartDate: order.DateOf(time.Now().AddDate(0, 0, -15)),
					EndDate: order.DateOf(time.Now())})
			return err
		})},
		{"SearchTradeNoList", "/searchTradeNoListProc", "orderInfo", "resultCount?", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchTradeNoList(ctx, aupay.SearchRequest{
				StartDate: order.DateOf(time.Now().AddDate(0, 0, -15)), EndDate: order.DateOf(time.Now())})
			return err
		})},
		{"SearchTradeInfo", "/searchTradeInfoProc", "orderInfo", "", of(func(ctx context.Context, c *aupay.Client, it subject) error {
			_, err := c.SearchTradeInfo(ctx, it.order.ID)
			return err
		})},
		{"SearchStocks", "/searchStocks", "resultStocks", "maxCount?", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchStocks(ctx, aupay.SearchStocksRequest{})
			return err
		})},
		{"SearchImgCapacity", "/searchImgCapacity", "", "", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchImgCapacity(ctx)
			return err
		})},
		{"SearchSellPerformanceStatus", "/searchSellPerformanceStatus", "", "", of(func(ctx context.Context, c *aupay.Client, _ subject) error {
			_, err := c.SearchSellPerformanceStatus(ctx)
			return err
		})},
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
		it.reported, _, err = c.UpdateOrderShippingAsync(ctx,
			[]rakuten.OrderShippingModel{{OrderNumber: it.order.ID, BasketidModelList: []rakuten.BasketModel{{
				BasketID:          it.order.Native().(*rakuten.OrderModel).PackageModelList[0].BasketID,
				ShippingModelList: []rakuten.ShippingChange{{}}}}}})
		require.NoError(t, err)
	case *yahoo.Client:
		_, err := c.SetStock(ctx, []yahoo.StockChange{{Item: yahoo.ItemCode{Code: "mihon"}, Quantity: 3}})
		require.NoError(t, err)
		// so that it has a history
		_, err = c.Annotate(ctx, []order.Annotation{{Order: it.order.ID, Memo: "見本のメモ"}}, order.WriteOptions{})
		require.NoError(t, err)
	case *amazon.Client:
		to, err := c.CreateDestination(ctx, amazon.CreateDestinationRequest{Name: "見本",
			ResourceSpecification: amazon.DestinationResource{
				SQS: &amazon.SQSResource{ARN: "arn:aws:sqs:us-west-2:000000000000:mihon"}}})
		require.NoError(t, err)
		it.destination = to.Payload.DestinationID
		sub, err := c.CreateSubscription(ctx,
			amazon.CreateSubscriptionRequest{NotificationType: amazon.OrderChange, PayloadVersion: "1.0",
				DestinationID: it.destination})
		require.NoError(t, err)
		it.subscription = sub.Payload.SubscriptionID
		made, err := c.CreateReport(ctx, amazon.CreateReportRequest{ReportType: amazon.AllOrdersByUpdate,
			MarketplaceIDs: []string{amazon.Japan}})
		require.NoError(t, err)
		it.reported = made.ReportID
		done, err := c.WaitReport(ctx, made.ReportID)
		require.NoError(t, err)
		it.document = done.ReportDocumentID
	}
	return it
}
