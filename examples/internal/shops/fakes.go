package shops

import (
	"errors"
	"time"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// startFakes starts one fake shop of each mall, with invented orders and keys of different ages.
func startFakes() ([]credential.ShopSettings, []func(), error) {
	day := func(ago int) time.Time { return time.Now().AddDate(0, 0, -ago) }
	r, err1 := rakutentest.NewServer(rakutentest.Options{Seed: 1, Issued: day(84)})
	y, err2 := yahootest.NewServer(yahootest.Options{Seed: 2})
	a, err3 := amazontest.NewServer(
		amazontest.Options{Seed: 3, SecretIssued: day(172), AuthorizedAt: day(30)})
	u, err4 := aupaytest.NewServer(aupaytest.Options{Seed: 4, Issued: day(20)})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, nil, err
	}
	store := y.Settings()
	store["public_key_issued"] = day(100).Format(time.DateOnly)
	return []credential.ShopSettings{r.Settings(), store, a.Settings(), u.Settings()},
		[]func(){r.Close, y.Close, a.Close, u.Close}, nil
}
