package amazon_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func confirmation(id string) amazon.ConfirmShipmentRequest {
	return amazon.ConfirmShipmentRequest{OrderID: id, MarketplaceID: amazon.Japan, PackageDetail: amazon.PackageDetail{
		PackageReferenceID: "1", CarrierCode: amazon.CarrierYamato, TrackingNumber: "000000000001",
		ShipDate:   amazon.DateTimeOf(time.Now()),
		OrderItems: []amazon.ConfirmShipmentOrderItem{{OrderItemID: "11", Quantity: 1}},
	}}
}

func TestConfirmShipment(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	got, err := c.ConfirmShipment(t.Context(), confirmation(id))
	require.NoError(t, err)
	require.Equal(t, 204, got.Reply.Status)
	o, _ := m.Order(id)
	require.Equal(t, "PARTIALLY_SHIPPED", o.Status)

	// An unknown carrier is accepted and dropped: only reading back shows it.
	odd := confirmation(id)
	odd.PackageDetail.PackageReferenceID, odd.PackageDetail.CarrierCode = "2", "Yamato"
	_, err = c.ConfirmShipment(t.Context(), odd)
	require.NoError(t, err)
	there, err := c.Shipped(t.Context(), id, "2")
	require.NoError(t, err)
	require.False(t, there)
}

func TestConfirmShipmentIsCheckedFirst(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	for field, change := range map[string]func(*amazon.ConfirmShipmentRequest){
		"orderId":            func(r *amazon.ConfirmShipmentRequest) { r.OrderID = "" },
		"marketplaceId":      func(r *amazon.ConfirmShipmentRequest) { r.MarketplaceID = "" },
		"packageReferenceId": func(r *amazon.ConfirmShipmentRequest) { r.PackageDetail.PackageReferenceID = "A1" },
		"carrierCode":        func(r *amazon.ConfirmShipmentRequest) { r.PackageDetail.CarrierCode = "" },
		"carrierName":        func(r *amazon.ConfirmShipmentRequest) { r.PackageDetail.CarrierCode = amazon.CarrierOther },
		"trackingNumber":     func(r *amazon.ConfirmShipmentRequest) { r.PackageDetail.TrackingNumber = " " },
		"shipDate":           func(r *amazon.ConfirmShipmentRequest) { r.PackageDetail.ShipDate = "02/21/2022" },
		"orderItems":         func(r *amazon.ConfirmShipmentRequest) { r.PackageDetail.OrderItems = nil },
		"quantity":           func(r *amazon.ConfirmShipmentRequest) { r.PackageDetail.OrderItems[0].Quantity = 0 },
	} {
		req := confirmation(id)
		change(&req)
		_, err := c.ConfirmShipment(t.Context(), req)
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, field)
	}
	require.Zero(t, m.Count(""))
}

func TestUpdateShipmentStatus(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, func(o *amazontest.Order) { o.Programs = []string{"IN_STORE_PICK_UP"} })
	_, err := c.UpdateShipmentStatus(t.Context(),
		amazon.UpdateShipmentStatusRequest{OrderID: id, MarketplaceID: amazon.Japan,
			ShipmentStatus: amazon.ReadyForPickup})
	require.NoError(t, err)
	o, _ := m.Order(id)
	require.Equal(t, "ReadyForPickup", o.Pickup)
	_, err = c.UpdateShipmentStatus(t.Context(),
		amazon.UpdateShipmentStatusRequest{OrderID: id, MarketplaceID: "1", ShipmentStatus: amazon.ReadyForPickup})
	require.ErrorContains(t, err, "Marketplace ID is not defined; 1001")
	_, err = c.UpdateShipmentStatus(t.Context(), amazon.UpdateShipmentStatusRequest{})
	require.ErrorContains(t, err, "shipmentStatus")
}

func TestRegulatedOrder(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, func(o *amazontest.Order) { o.Regulated = "Pending" })
	info, err := c.GetOrderRegulatedInfo(t.Context(), id)
	require.NoError(t, err)
	require.True(t, info.Payload.RegulatedOrderVerificationStatus.RequiresMerchantAction)
	require.Equal(t, "名前", info.Payload.RegulatedInformation.Fields[0].FieldLabel)

	answer := amazon.UpdateVerificationStatusRequest{OrderID: id,
		RegulatedOrderVerificationStatus: amazon.UpdateVerificationStatusRequestBody{
			Status: amazon.VerificationRejected}}
	_, err = c.UpdateVerificationStatus(t.Context(), answer)
	require.ErrorContains(t, err, "externalReviewerId")
	require.ErrorContains(t, err, "rejectionReasonId")
	answer.RegulatedOrderVerificationStatus.ExternalReviewerID, answer.RegulatedOrderVerificationStatus.RejectionReasonID = "mihon", "mihon_reject"
	_, err = c.UpdateVerificationStatus(t.Context(), answer)
	require.NoError(t, err)
	o, _ := m.Order(id)
	require.Equal(t, "Rejected", o.Regulated)
	_, err = c.GetOrderRegulatedInfo(t.Context(), "")
	require.ErrorIs(t, err, order.ErrInvalid)

	answer.RegulatedOrderVerificationStatus = amazon.UpdateVerificationStatusRequestBody{
		Status: amazon.VerificationApproved, ExternalReviewerID: "mihon",
		VerificationDetails: &amazon.VerificationDetails{
			PrescriptionDetail:         &amazon.PrescriptionDetail{RefillsRemaining: -1},
			ApprovedAlternativeDetails: []amazon.ApprovedAttribute{{}},
			InterimStatusDetail:        &amazon.InterimStatusDetail{}}}
	_, err = c.UpdateVerificationStatus(t.Context(), answer)
	for _, field := range []string{"writtenQuantity", "refillsRemaining", "approvedAlternativeDetails",
		"interimStatusDetail"} {
		require.ErrorContains(t, err, field)
	}
	_, err = c.GetReports(t.Context(), amazon.GetReportsRequest{ReportTypes: []amazon.ReportType{amazon.PendingOrders},
		MarketplaceIDs: make([]string, 11)})
	require.ErrorContains(t, err, "at most 10")
}

func TestRestrictedDataToken(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, nil)
	resource := amazon.RestrictedResource{Method: "GET", Path: "/orders/v0/orders/{orderId}/regulatedInfo"}
	got, err := c.CreateRestrictedDataToken(t.Context(),
		amazon.CreateRestrictedDataTokenRequest{RestrictedResources: []amazon.RestrictedResource{resource}})
	require.NoError(t, err)
	require.Equal(t, int64(3600), got.ExpiresIn)
	require.Equal(t, "[redacted]", got.RestrictedDataToken.String())

	path := "/orders/v0/orders/" + id + "/regulatedInfo"
	_, err = c.Do(t.Context(), amazon.Operation{Name: "getOrderRegulatedInfo", Path: path,
		Token: got.RestrictedDataToken}, nil)
	require.ErrorIs(t, err, order.ErrNotFound, "the token opens it; the order has no such info")
	_, err = c.Do(t.Context(), amazon.Operation{Name: "getOrder", Path: "/orders/2026-01-01/orders/" + id,
		Token: got.RestrictedDataToken}, nil)
	require.ErrorIs(t, err, order.ErrForbidden, "the token opens nothing else")

	m.SetRoles(amazontest.RoleOrders)
	resource.DataElements = []string{"buyerInfo"}
	_, err = c.CreateRestrictedDataToken(t.Context(),
		amazon.CreateRestrictedDataTokenRequest{RestrictedResources: []amazon.RestrictedResource{resource}})
	require.ErrorIs(t, err, order.ErrForbidden)
	_, err = c.CreateRestrictedDataToken(t.Context(),
		amazon.CreateRestrictedDataTokenRequest{
			RestrictedResources: []amazon.RestrictedResource{{Path: "/orders/v0/orders/"}}})
	require.ErrorContains(t, err, "restrictedResources[0].method")
	require.ErrorContains(t, err, "restrictedResources[0].path")
}

func TestDestinationsAndSubscriptions(t *testing.T) {
	m := newMall(t, amazontest.Options{Orders: -1})
	c := newClient(t, config(m))
	queue := amazon.DestinationResource{SQS: &amazon.SQSResource{ARN: "arn:aws:sqs:us-west-2:000000000000:mihon"}}
	made, err := c.CreateDestination(t.Context(),
		amazon.CreateDestinationRequest{Name: "見本", ResourceSpecification: queue})
	require.NoError(t, err)
	require.Equal(t, queue, made.Payload.Resource)
	list, err := c.GetDestinations(t.Context())
	require.NoError(t, err)
	require.Equal(t, []amazon.Destination{made.Payload}, list.Payload)
	one, err := c.GetDestination(t.Context(), made.Payload.DestinationID)
	require.NoError(t, err)
	require.Equal(t, made.Payload, one.Payload)

	directive := &amazon.ProcessingDirective{EventFilter: &amazon.EventFilter{
		EventFilterType: amazon.OrderChange, MarketplaceIDs: []string{amazon.Japan},
		OrderChangeTypes: []amazon.OrderChangeType{amazon.OrderStatusChange},
	}}
	sub, err := c.CreateSubscription(t.Context(), amazon.CreateSubscriptionRequest{
		NotificationType: amazon.OrderChange, PayloadVersion: "1.0", DestinationID: made.Payload.DestinationID,
		ProcessingDirective: directive,
	})
	require.NoError(t, err)
	require.Equal(t, directive, sub.Payload.ProcessingDirective)
	_, err = c.CreateSubscription(t.Context(),
		amazon.CreateSubscriptionRequest{NotificationType: amazon.OrderChange, PayloadVersion: "1.0",
			DestinationID: made.Payload.DestinationID})
	require.ErrorIs(t, err, order.ErrConflict)
	got, err := c.GetSubscription(t.Context(), amazon.OrderChange, "1.0")
	require.NoError(t, err)
	require.Equal(t, sub.Payload, got.Payload)
	byID, err := c.GetSubscriptionByID(t.Context(), amazon.OrderChange, sub.Payload.SubscriptionID)
	require.NoError(t, err)
	require.Equal(t, sub.Payload, byID.Payload)
	subs, err := c.GetSubscriptions(t.Context(), amazon.GetSubscriptionsRequest{NotificationType: amazon.OrderChange})
	require.NoError(t, err)
	require.Equal(t, []amazon.Subscription{sub.Payload}, subs.Payload.Subscriptions)

	_, err = c.DeleteSubscriptionByID(t.Context(), amazon.OrderChange, sub.Payload.SubscriptionID)
	require.NoError(t, err)
	_, err = c.GetSubscription(t.Context(), amazon.OrderChange, "")
	require.ErrorIs(t, err, order.ErrNotFound)
	_, err = c.DeleteDestination(t.Context(), made.Payload.DestinationID)
	require.NoError(t, err)
	_, err = c.DeleteDestination(t.Context(), made.Payload.DestinationID)
	require.ErrorIs(t, err, order.ErrNotFound)
	require.Equal(t, 2, m.Count("token"), "one for the seller, one grantless for the rest")

	_, err = c.SendTestNotification(t.Context(),
		amazon.SendTestNotificationRequest{NotificationType: amazon.OrderChange})
	require.ErrorIs(t, err, order.ErrForbidden, "sandbox only")
	cfg := config(m)
	cfg.Endpoint = amazon.FarEastSandbox
	_, err = newClient(t, cfg).SendTestNotification(t.Context(),
		amazon.SendTestNotificationRequest{NotificationType: amazon.OrderChange})
	require.NoError(t, err)
}

func TestNotificationRequestsAreCheckedFirst(t *testing.T) {
	m := newMall(t, amazontest.Options{Orders: -1})
	c := newClient(t, config(m))
	ctx := t.Context()
	errs := map[string]error{}
	_, errs["resourceSpecification"] = c.CreateDestination(ctx, amazon.CreateDestinationRequest{Name: "x"})
	_, errs["sqs.arn"] = c.CreateDestination(ctx,
		amazon.CreateDestinationRequest{Name: "x",
			ResourceSpecification: amazon.DestinationResource{SQS: &amazon.SQSResource{ARN: "x"}}})
	_, errs["eventBridge.region"] = c.CreateDestination(ctx,
		amazon.CreateDestinationRequest{Name: "x",
			ResourceSpecification: amazon.DestinationResource{EventBridge: &amazon.EventBridgeResource{}}})
	_, errs["payloadVersion"] = c.CreateSubscription(ctx, amazon.CreateSubscriptionRequest{})
	_, errs["processingDirective"] = c.CreateSubscription(ctx,
		amazon.CreateSubscriptionRequest{ProcessingDirective: &amazon.ProcessingDirective{}})
	_, errs["pageSize"] = c.GetSubscriptions(ctx, amazon.GetSubscriptionsRequest{NotificationType: "X", PageSize: 10})
	_, errs["destinationId"] = c.GetDestination(ctx, "")
	_, errs["destinationId is empty"] = c.DeleteDestination(ctx, "")
	_, errs["subscriptionId"] = c.GetSubscriptionByID(ctx, "X", "")
	_, errs["subscriptionId is empty"] = c.DeleteSubscriptionByID(ctx, "X", "")
	_, errs["notificationType"] = c.GetSubscription(ctx, "", "")
	_, errs["notificationType is empty"] = c.SendTestNotification(ctx, amazon.SendTestNotificationRequest{})
	for says, err := range errs {
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, says)
	}
	require.Zero(t, m.Count(""))
}

// The whole way of a rotation: the new secret comes by notification, both work for seven days, then
// only the new one.
func TestClientSecretRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := amazontest.New(amazontest.Options{Orders: -1})
		defer m.Close()
		now := amazon.Keys{ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
			RefreshToken: credential.NewSecret(m.RefreshToken())}
		cfg := config(m)
		cfg.Keys = credential.SourceFunc[amazon.Keys](func(context.Context) (amazon.Keys, error) { return now, nil })
		c := newClient(t, cfg)
		_, err := c.RotateApplicationClientSecret(t.Context())
		require.ErrorIs(t, err, order.ErrInvalid, "no queue is registered")
		m.RegisterRotationQueue()
		_, err = c.RotateApplicationClientSecret(t.Context())
		require.NoError(t, err)

		messages := m.Notifications()
		require.Len(t, messages, 1)
		got, err := amazon.ParseNotifications([]byte(messages[0]))
		require.NoError(t, err)
		secret := got[0].NewSecret
		require.Equal(t, m.ClientID(), secret.ClientID)
		end, ok := secret.OldClientSecretExpiryTime.Time()
		require.True(t, ok)
		require.WithinDuration(t, time.Now().AddDate(0, 0, 7), end, time.Second)

		time.Sleep(6 * 24 * time.Hour)
		require.NoError(t, c.Check(t.Context()), "the old one still works")
		time.Sleep(2 * 24 * time.Hour)
		require.ErrorIs(t, c.Check(t.Context()), order.ErrUnauthorized)
		now.ClientSecret = secret.NewClientSecret
		time.Sleep(time.Minute)
		require.NoError(t, c.Check(t.Context()), "keys change while the client runs")
	})
}

func TestGrantlessNeedsKeys(t *testing.T) {
	m := newMall(t, amazontest.Options{Orders: -1})
	cfg := config(m)
	cfg.Tokens, cfg.Keys = tokenSource(t, m), nil
	c := newClient(t, cfg)
	require.NoError(t, c.Check(t.Context()), "a token from elsewhere will do")
	_, err := c.GetDestinations(t.Context())
	require.ErrorIs(t, err, order.ErrInvalid)
	require.ErrorContains(t, err, "Config.Keys")
}
