package aupay_test

import (
	"encoding/xml"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/internal/wire"
)

// FuzzDecode holds our decoder against encoding/xml: what both read must be the same.
func FuzzDecode(f *testing.F) {
	for _, file := range []string{list, one} {
		data, err := os.ReadFile("testdata/" + file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte("<response><result><status>1</status><error><code>0002</code></error></result></response>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var ours, theirs aupay.SearchResponse
		problems, err := wire.XML(data, &ours)
		for i := range ours.Orders {
			aupay.Convert(&ours.Orders[i], aupay.ConvertOptions{}).Reconcile()
		}
		if err != nil || len(problems) > 0 || xml.Unmarshal(data, &theirs) != nil {
			return
		}
		require.Equal(t, len(theirs.Orders), len(ours.Orders))
		for i := range ours.Orders {
			require.Equal(t, theirs.Orders[i].OrderID, ours.Orders[i].OrderID)
			require.Equal(t, len(theirs.Orders[i].Details), len(ours.Orders[i].Details))
		}
	})
}
