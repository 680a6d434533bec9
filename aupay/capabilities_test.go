package aupay_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

func TestCapabilitiesSayWhatIsThere(t *testing.T) {
	_, client := open(t, aupaytest.Options{})
	_, ships := order.As[order.Shipper](client)
	require.Equal(t, ships, aupay.Capabilities().Can(order.CanShip))
	_, cancels := order.As[order.Canceller](client)
	require.Equal(t, cancels, aupay.Capabilities().Can(order.CanCancel))
	_, confirms := order.As[order.Confirmer](client)
	require.Equal(t, confirms, aupay.Capabilities().Can(order.CanConfirm))
	require.True(t, slices.ContainsFunc(client.Capabilities().Rows, func(r order.Capability) bool { return r.Ability == order.CanRead && r.Yes }))
}
