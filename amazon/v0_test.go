package amazon_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
)

func TestV0(t *testing.T) {
	m, c, id := shop(t, amazontest.Options{}, func(o *amazontest.Order) {
		o.Buyer.Name, o.Address = "見本 太郎", amazontest.Address{Name: "見本 花子", Line1: "見本町1-2-3", State: "東京都"}
		o.Lines[0].Gift, o.Lines[0].Item = &amazontest.Gift{Message: "おめでとう"}, "1507.00"
		o.Lines[1].Item = "100"
	})
	v0, ctx := c.V0(), t.Context()
	list, err := v0.GetOrders(ctx, amazon.V0GetOrdersRequest{CreatedAfter: time.Now().Add(-24 * time.Hour)})
	require.NoError(t, err)
	require.Len(t, list.Payload.Orders, 1)
	require.Nil(t, list.Payload.Orders[0].ShippingAddress)
	require.Zero(t, m.Count("createRestrictedDataToken"), "no personal data was asked for")
	require.Equal(t, "1607", list.Payload.Orders[0].OrderTotal.Value().Amount())
	require.False(t, list.Payload.Orders[0].IsPrime, "a boolean as a text")

	one, err := v0.GetOrder(ctx, id, amazon.V0DataShippingAddress)
	require.NoError(t, err)
	require.Equal(t, "見本 花子", one.Payload.ShippingAddress.Name)
	buyer, err := v0.GetOrderBuyerInfo(ctx, id)
	require.NoError(t, err)
	require.Equal(t, "見本 太郎", buyer.Payload.BuyerName)
	where, err := v0.GetOrderAddress(ctx, id)
	require.NoError(t, err)
	require.Equal(t, "東京都", where.Payload.ShippingAddress.StateOrRegion)
	items, err := v0.GetOrderItems(ctx, id, "")
	require.NoError(t, err)
	gift, ok := items.Payload.OrderItems[0].IsGift.Bool()
	require.True(t, gift && ok)
	require.Equal(t, order.Yen(1507), items.Payload.OrderItems[0].ItemPrice.Value())
	said, err := v0.GetOrderItemsBuyerInfo(ctx, id, "")
	require.NoError(t, err)
	require.Equal(t, "おめでとう", said.Payload.OrderItems[0].GiftMessageText)

	before := m.Count("createRestrictedDataToken")
	_, err = v0.GetOrderAddress(ctx, id)
	require.NoError(t, err)
	require.Equal(t, before, m.Count("createRestrictedDataToken"), "a token is kept while it lives")

	_, err = v0.GetOrders(ctx, amazon.V0GetOrdersRequest{MaxResultsPerPage: 101})
	require.ErrorContains(t, err, "CreatedAfter")
	require.ErrorContains(t, err, "MaxResultsPerPage")
	_, err = v0.GetOrders(ctx, amazon.V0GetOrdersRequest{
		CreatedAfter: time.Now().Add(-time.Hour), AmazonOrderIDs: make([]string, 51),
	})
	require.ErrorContains(t, err, "AmazonOrderIds: 51 elements, at most 50")
	_, err = v0.GetOrder(ctx, "")
	require.ErrorIs(t, err, order.ErrInvalid)
	m.SetRoles(amazontest.RoleOrders)
	_, err = v0.GetOrder(ctx, id, amazon.V0DataBuyerTaxInformation)
	require.ErrorIs(t, err, order.ErrForbidden)
}
