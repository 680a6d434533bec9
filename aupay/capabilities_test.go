package aupay_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

// TestCapabilitiesSayWhatIsThere holds the table against the interfaces that the client implements.
func TestCapabilitiesSayWhatIsThere(t *testing.T) {
	_, client := open(t, aupaytest.Options{})
	is := map[order.Ability]bool{order.CanRead: true, order.CanFollow: true, order.CanStock: true}
	_, is[order.CanShip] = order.As[order.Shipper](client)
	_, is[order.CanCancel] = order.As[order.Canceller](client)
	_, is[order.CanConfirm] = order.As[order.Confirmer](client)
	_, is[order.CanAnnotate] = order.As[order.Annotator](client)
	_, is[order.CanChangeDelivery] = order.As[order.DeliveryChanger](client)
	require.True(t, is[order.CanShip] && is[order.CanCancel])
	for _, row := range client.Capabilities().Rows {
		require.Equal(t, is[row.Ability], row.Yes, row.Ability)
		require.Equal(t, row.Note.EN != "", row.Note.JA != "", "notes are in both languages")
		require.False(t, !row.Yes && row.Note.IsZero(), "what is not there says why")
		delete(is, row.Ability)
	}
	require.Empty(t, is, "a row is missing")
	ship, _ := aupay.Capabilities().Get(order.CanShip)
	require.Equal(t, 1, ship.Limit)
}
