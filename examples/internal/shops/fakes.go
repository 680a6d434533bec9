package shops

import (
	"errors"
	"time"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// startFakes starts one fake shop of each mall, with invented orders and keys of different ages.
func startFakes() ([]entry, []func(), error) {
	day := func(ago int) time.Time { return time.Now().AddDate(0, 0, -ago) }
	r, err1 := rakutentest.NewServer(rakutentest.Options{Seed: 1, Issued: day(84)})
	y := yahootest.NewServer(yahootest.Options{Seed: 2})
	a, err3 := amazontest.NewServer(amazontest.Options{Seed: 3, SecretIssued: day(172), AuthorizedAt: day(30)})
	u, err4 := aupaytest.NewServer(aupaytest.Options{Seed: 4, Issued: day(20)})
	if err := errors.Join(err1, err3, err4); err != nil {
		return nil, nil, err
	}
	stop := []func(){r.Close, y.Close, a.Close, u.Close}

	ago := func(days int) string { return day(days).In(order.JST).Format(time.RFC3339) }
	return []entry{
		{mall: order.Rakuten, values: map[string]string{
			"shop": r.Shop(), "service_secret": r.ServiceSecret(), "license_key": r.LicenseKey(), "license_key_issued": ago(84), "base_url": r.URL,
		}},
		{mall: order.Yahoo, values: map[string]string{
			"shop": y.Shop(), "client_id": y.ClientID(), "client_secret": y.ClientSecret(), "refresh_token": y.RefreshToken(),
			"consented_at": ago(0), "public_key": y.PublicKey(), "public_key_version": y.PublicKeyVersion(), "public_key_issued": ago(100),
			"base_url": y.BaseURL, "token_url": y.TokenURL, "authorization_url": y.AuthorizationURL(),
		}},
		{mall: order.Amazon, values: map[string]string{
			"shop": a.Shop(), "client_id": a.ClientID(), "client_secret": a.ClientSecret(), "refresh_token": a.RefreshToken(),
			"client_secret_issued": ago(172), "authorized_at": ago(30), "base_url": a.URL, "token_url": a.TokenURL,
			"application_id": a.ApplicationID(), "seller_central": a.SellerCentral(),
		}},
		{mall: order.AuPay, values: map[string]string{
			"shop": u.Shop(), "api_key": u.APIKey(), "api_key_issued": ago(20), "base_url": u.URL,
		}},
	}, stop, nil
}
