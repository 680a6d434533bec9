package amazon

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
)

// auth is which token an operation uses.
type auth uint8

const (
	bySeller   auth = iota // the access token of the seller's authorisation
	byNotify               // grantless, scope sellingpartnerapi::notifications
	byRotation             // grantless, scope sellingpartnerapi::client_credential:rotation
)

// row is one operation, with the token that it uses.
type row struct {
	transport.Operation
	auth auth
}

// The official models, which document each operation. Amazon generates its reference pages from
// this JSON.
const (
	models        = "https://github.com/amzn/selling-partner-api-models/blob/main/models/"
	docOrders     = models + "orders-api-model/orders_2026-01-01.json"
	docOrdersV0   = models + "orders-api-model/ordersV0.json"
	docTokens     = models + "tokens-api-model/tokens_2021-03-01.json"
	docSellers    = models + "sellers-api-model/sellers.json"
	docNotify     = models + "notifications-api-model/notifications.json"
	docReports    = models + "reports-api-model/reports_2021-06-30.json"
	docManagement = models + "application-management-api-model/application_2023-11-30.json"
)

const (
	get    = http.MethodGet
	post   = http.MethodPost
	patch  = http.MethodPatch
	remove = http.MethodDelete

	read       = transport.Read
	idempotent = transport.Idempotent
	unsafe     = transport.Unsafe
)

const (
	destinations  = "/notifications/v1/destinations"
	subscriptions = "/notifications/v1/subscriptions"
	reports       = "/reports/2021-06-30/"
)

// notes stands for a member of the error documents of Amazon's gateway that an empty answer of
// Amazon never has.
const notes = "!message"

// table lists all operations with their documented quotas: one call is restored every so often,
// burst is the size of the bucket.
//
// confirmShipment overwrites the package of the same packageReferenceId, so repeating it is
// harmless; it is the one write for which that is known. createRestrictedDataToken is a POST that
// changes nothing.
var table = []row{
	op("searchOrders", "注文検索", get, "/orders/2026-01-01/orders", read, 180*time.Second, 20,
		docOrders).gives("orders[]"),
	op("getOrder", "注文詳細", get, "/orders/2026-01-01/orders/{orderId}", read, 2*time.Second, 30,
		docOrders).gives("order.orderId=$"),

	op("confirmShipment", "出荷通知", post, "/orders/v0/orders/{orderId}/shipmentConfirmation",
		idempotent, 500*time.Millisecond, 10, docOrdersV0).done(204),
	op("updateShipmentStatus", "店頭受取の状況更新", post, "/orders/v0/orders/{orderId}/shipment", unsafe,
		200*time.Millisecond, 15, docOrdersV0).done(204),
	op("getOrderRegulatedInfo", "規制商品の情報", get, "/orders/v0/orders/{orderId}/regulatedInfo", read,
		2*time.Second, 30, docOrdersV0).gives("payload.AmazonOrderId=$"),
	op("updateVerificationStatus", "規制商品の審査", patch, "/orders/v0/orders/{orderId}/regulatedInfo",
		unsafe, 2*time.Second, 30, docOrdersV0).done(204),

	op("createRestrictedDataToken", "制限付きデータトークン", post, "/tokens/2021-03-01/restrictedDataToken",
		read, time.Second, 10, docTokens).gives("restrictedDataToken", "expiresIn#"),
	op("getMarketplaceParticipations", "出店マーケットプレイス", get, "/sellers/v1/marketplaceParticipations",
		read, 62500*time.Millisecond, 15, docSellers).gives("payload[]"),
	op("getAccount", "出品者アカウント", get, "/sellers/v1/account", read, 62500*time.Millisecond, 15,
		docSellers).gives("payload.marketplaceParticipationList[]"),

	op("createDestination", "通知先の登録", post, destinations, unsafe, time.Second, 5,
		docNotify).by(byNotify).gives("payload.destinationId"),
	op("getDestinations", "通知先の一覧", get, destinations, read, time.Second, 5,
		docNotify).by(byNotify).gives("payload[]"),
	op("getDestination", "通知先", get, destinations+"/{destinationId}", read, time.Second, 5,
		docNotify).by(byNotify).gives("payload.destinationId=$"),
	op("deleteDestination", "通知先の削除", remove, destinations+"/{destinationId}", unsafe, time.Second,
		5, docNotify).by(byNotify).gives(notes),
	op("createSubscription", "通知の購読", post, subscriptions+"/{notificationType}", unsafe,
		time.Second, 5, docNotify).gives("payload.subscriptionId"),
	op("getSubscription", "通知の購読状況", get, subscriptions+"/{notificationType}", read, time.Second, 5,
		docNotify).gives("payload.subscriptionId"),
	op("getSubscriptions", "通知の購読一覧", get, subscriptions, read, time.Second, 5,
		docNotify).gives("payload.subscriptions[]"),
	op("getSubscriptionById", "通知の購読状況 (ID)", get,
		subscriptions+"/{notificationType}/{subscriptionId}", read, time.Second, 5,
		docNotify).by(byNotify).gives("payload.subscriptionId=$"),
	op("deleteSubscriptionById", "通知の購読解除", remove,
		subscriptions+"/{notificationType}/{subscriptionId}", unsafe, time.Second, 5,
		docNotify).by(byNotify).gives(notes),
	op("sendTestNotification", "通知のテスト", post, subscriptions+"/{notificationType}/testNotification",
		unsafe, time.Second, 5, docNotify).by(byNotify).gives(notes),

	op("rotateApplicationClientSecret", "クライアントシークレットの更新", post,
		"/applications/2023-11-30/clientSecret", unsafe, time.Minute, 1,
		docManagement).by(byRotation).done(204),

	op("createReport", "レポートの作成", post, reports+"reports", unsafe, time.Minute, 15,
		docReports).gives("reportId").with(202),
	op("getReports", "レポートの一覧", get, reports+"reports", read, 45*time.Second, 10,
		docReports).gives("reports[]"),
	op("getReport", "レポートの状況", get, reports+"reports/{reportId}", read, 500*time.Millisecond, 15,
		docReports).gives("reportId=$", "processingStatus"),
	op("cancelReport", "レポートの取消", remove, reports+"reports/{reportId}", unsafe, 45*time.Second, 10,
		docReports).done(200),
	op("getReportDocument", "レポート文書", get, reports+"documents/{reportDocumentId}", read,
		time.Minute, 15, docReports).gives("reportDocumentId=$", "url"),

	// The reads of v0 end on 2027-03-27. Their names carry the version, because getOrder is the
	// name of two operations.
	op("v0.getOrders", "注文一覧 (v0)", get, "/orders/v0/orders", read, time.Minute, 20,
		docOrdersV0).gives("payload.Orders[]"),
	op("v0.getOrder", "注文 (v0)", get, "/orders/v0/orders/{orderId}", read, 2*time.Second, 30,
		docOrdersV0).gives("payload.AmazonOrderId=$"),
	op("v0.getOrderBuyerInfo", "注文者 (v0)", get, "/orders/v0/orders/{orderId}/buyerInfo", read,
		2*time.Second, 30, docOrdersV0).gives("payload.AmazonOrderId=$"),
	op("v0.getOrderAddress", "送付先 (v0)", get, "/orders/v0/orders/{orderId}/address", read,
		2*time.Second, 30, docOrdersV0).gives("payload.AmazonOrderId=$"),
	op("v0.getOrderItems", "注文明細 (v0)", get, "/orders/v0/orders/{orderId}/orderItems", read,
		2*time.Second, 30, docOrdersV0).gives("payload.OrderItems[]", "payload.AmazonOrderId=$"),
	op("v0.getOrderItemsBuyerInfo", "明細のギフト情報 (v0)", get,
		"/orders/v0/orders/{orderId}/orderItems/buyerInfo", read, 2*time.Second, 30,
		docOrdersV0).gives("payload.OrderItems[]", "payload.AmazonOrderId=$"),
}

func op(
	name, title, method, path string, retry transport.Retry, every time.Duration, burst int,
	doc string,
) row {
	return row{Operation: transport.Operation{
		Name: name, Title: title, Method: method, Path: path, Retry: retry,
		Quota: transport.Quota{Every: every, Burst: burst}, Doc: doc,
	}}
}

// gives sets the members that the answer must have. They are required by the official models; where
// one thing is read, its number must be the one that was asked for. A success must not have an
// error list: it would be unclear what is missing.
func (r row) gives(members ...string) row {
	r.Answer.Members = append(members, "!errors")
	return r
}

// done says that the answer is a status without content.
func (r row) done(status int) row {
	r.Answer.Empty = true
	return r.with(status)
}

// with sets a documented status other than 200.
func (r row) with(status int) row {
	r.Answer.Statuses = []int{status}
	return r
}

func (r row) by(a auth) row {
	r.auth = a
	return r
}

// sandboxQuota is the quota of every operation of a sandbox.
var sandboxQuota = transport.Quota{Every: 200 * time.Millisecond, Burst: 15}

// operations returns the table for the transport.
func operations(sandbox bool) []transport.Operation {
	all := make([]transport.Operation, len(table))
	for i, r := range table {
		all[i] = r.Operation
		if sandbox { // it answers with other numbers than asked for
			all[i].Quota = sandboxQuota
			all[i].Answer.Members = slices.Clone(r.Answer.Members)
			for j, m := range all[i].Answer.Members {
				all[i].Answer.Members[j] = strings.TrimSuffix(m, "=$")
			}
		}
	}
	return all
}

// lookup returns a row by name; it is zero when there is none.
func lookup(name string) row {
	for _, r := range table {
		if r.Name == name {
			return r
		}
	}
	return row{}
}
