package rakuten_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/timeslot"
)

// FuzzGetOrder decodes and converts any bytes. What encoding/json reads we read alike, and an order
// that comes out keeps the model's promises: it has a parcel, a revision, amounts that are told or
// undetermined, and a JSON form.
func FuzzGetOrder(f *testing.F) {
	files, err := filepath.Glob("testdata/getorder_*.json")
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(`{"OrderModelList":[{"requestPrice":-9999,"shippingTerm":"1416","PackageModelList":[null,{}]}]}`))
	f.Add(
		[]byte(
			`{"OrderModelList":[{"orderNumber":1,"ItemModelList":{},"PointModel":{"usedPoint":-9223372036854775808}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var out, theirs rakuten.GetOrderResponse
		problems, err := wire.JSON(data, &out)
		if err != nil {
			return
		}
		if len(problems) == 0 && json.Unmarshal(data, &theirs) == nil {
			require.Len(t, out.OrderModelList, len(theirs.OrderModelList))
		}
		for i := range out.OrderModelList {
			w := &out.OrderModelList[i]
			o := rakuten.Convert(w, rakuten.ConvertOptions{Shop: "s"})
			require.NotEmpty(t, o.Parcels)
			require.Len(t, o.Revision, 32)
			require.Equal(t, o.Revision, rakuten.Convert(w, rakuten.ConvertOptions{}).Revision)
			require.Equal(t, w.RequestPrice != nil && *w.RequestPrice != rakuten.Undetermined, o.Amounts.Billed.Known())
			if r := o.Reconcile(); r.Verdict == order.AddsUp {
				require.True(t, r.Sum.Known())
			}
			for _, p := range o.Parcels {
				require.NotEqual(t, timeslot.KindInvalid, p.Delivery.Slot.Kind())
				require.False(t, p.Delivery.Unresolved() && p.Delivery.Label == "",
					"an unresolved slot keeps its label")
			}
			_, err := json.Marshal(o)
			require.NoError(t, err)
		}
	})
}

// FuzzShippingTerm holds the code of a slot and its way back together.
func FuzzShippingTerm(f *testing.F) {
	for _, term := range []int64{0, 1, 2, 9, 708, 1416, 2324, -9999} {
		f.Add(term)
	}
	f.Fuzz(func(t *testing.T, term int64) {
		slot, ok := rakuten.SlotOf(term)
		require.Equal(t, ok, slot.Resolved())
		if ok {
			back, ok := rakuten.TermOf(slot)
			require.True(t, ok)
			require.Equal(t, term, back)
		}
	})
}

// FuzzMessageCode takes codes of any form apart: one of the order API has an operation and a type,
// any other has neither.
func FuzzMessageCode(f *testing.F) {
	for _, code := range []string{"ORDER_EXT_API_CONFIRM_ORDER_INFO_101", "ORDER_EXT_API_CONFIRM_ORDER_ERROR_102",
		"ORDER_EXT_API___",
		"ORDER_EXT_API_ERROR_009", "ORDER_EXT_API_UPDATE_ORDERMEMO_INFO_101", "ES04-01", "", "確認"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		operation, kind, ok := rakuten.CodeForm(code)
		require.Equal(t, ok, operation != "" && kind != "", "%q", code)
		if ok {
			require.True(t, strings.HasPrefix(code, "ORDER_EXT_API_"), "%q", code)
			require.NotContains(t, operation+string(kind), "_", "%q", code)
		}
	})
}
