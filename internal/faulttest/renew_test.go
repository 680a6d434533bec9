package faulttest_test

import (
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
)

// BenchmarkAmazonRenewsTogether lets the clients of n shops ask for their first access tokens at
// once, as after a restart, each followed by one call, and keep them in one File. None may fail.
// The exponent is that of the time by n.
func BenchmarkAmazonRenewsTogether(b *testing.B) {
	var last, before float64
	for _, n := range []int{100, 300, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			mall := amazontest.New(amazontest.Options{Seed: 1, Orders: 1})
			defer mall.Close()
			for b.Loop() {
				store, err := credential.OpenFile(credential.FileConfig{Path: filepath.Join(b.TempDir(), "keys.json")})
				require.NoError(b, err)
				failed := make([]error, n)
				var all sync.WaitGroup
				for i := range n {
					all.Go(func() {
						c, err := amazon.New(amazon.Config{Shop: fmt.Sprintf("mihon-%d", i), Store: store,
							HTTPClient: &http.Client{Transport: mall.Transport()},
							Keys: credential.Static(amazon.Keys{ClientID: mall.ClientID(),
								ClientSecret: credential.NewSecret(mall.ClientSecret()),
								RefreshToken: credential.NewSecret(mall.RefreshToken())})})
						if err == nil {
							err = c.Check(b.Context())
						}
						failed[i] = err
					})
				}
				all.Wait()
				for _, err := range failed {
					require.NoError(b, err)
				}
			}
			each := float64(b.Elapsed()) / float64(b.N)
			if last > 0 {
				b.ReportMetric(math.Log(each/last)/math.Log(float64(n)/before), "exponent")
			}
			last, before = each, float64(n)
		})
	}
}
