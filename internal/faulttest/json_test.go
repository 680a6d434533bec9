package faulttest_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestOrdersComeBackFromJSON keeps orders of each mall as JSON: nothing but the mall's own reply is
// lost, down to the locations of instants.
func TestOrdersComeBackFromJSON(t *testing.T) {
	for _, open := range openers {
		m := open(51, 40, false)
		m.limits = order.Unlimited
		t.Cleanup(m.close)
		t.Run(string(m.name), func(t *testing.T) {
			s, read := m.source(t, m.wire), 0
			for _, id := range m.ids() {
				o, err := s.Order(t.Context(), id)
				if err != nil { // of a state that the mall does not show
					require.ErrorIs(t, err, order.ErrNotFound)
					continue
				}
				read++
				data, err := json.Marshal(o)
				require.NoError(t, err)
				var back order.Order
				require.NoError(t, json.Unmarshal(data, &back))
				o = o.WithNative(nil, nil)
				if !reflect.DeepEqual(o, back) {
					require.Equal(t, o, back)
					t.Errorf("order %s: not the same", o.ID)
				}
			}
			require.GreaterOrEqual(t, read, 35)
		})
	}
}
