package shops

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// Keys are what a shop's client signs with, under the names that README lists for each mall. Dates are as in 2026-11-23.
type Keys map[string]string

func keysAt(mall order.Mall, shop string) string { return "keys/" + string(mall) + "/" + shop }

// PutKeys keeps a shop's keys. Workers use new ones from their next call on.
func PutKeys(ctx context.Context, store credential.Store, mall order.Mall, shop string, keys Keys) error {
	value, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	return credential.Update(ctx, store, keysAt(mall, shop), func([]byte) ([]byte, error) { return value, nil })
}

func loadKeys(ctx context.Context, store credential.Store, mall order.Mall, shop string) (Keys, error) {
	e, err := store.Load(ctx, keysAt(mall, shop))
	if err != nil {
		return nil, err
	}
	var keys Keys
	if e.Version == "" || json.Unmarshal(e.Value, &keys) != nil {
		return nil, &order.Error{Class: order.ErrUnauthorized, Mall: mall, Shop: shop,
			Message: "no keys are stored", Hint: fmt.Sprintf("put them into the credential store under %q", keysAt(mall, shop))}
	}
	return keys, nil
}

func (k Keys) secret(name string) credential.Secret { return credential.NewSecret(k[name]) }

// day is zero where there is none, or none that can be read: then the end of the key is not known, and the monitor says so.
func (k Keys) day(name string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, k[name], order.JST)
	if err != nil {
		return time.Time{}
	}
	return t
}

func rakutenKeys(k Keys) rakuten.Keys {
	return rakuten.Keys{
		ServiceSecret: k.secret("service_secret"), LicenseKey: k.secret("license_key"), Issued: k.day("issued"),
		OldLicenseKey: k.secret("old_license_key"), OldIssued: k.day("old_issued"),
	}
}

func yahooKeys(k Keys) yahoo.Keys {
	return yahoo.Keys{
		ClientID: k["client_id"], ClientSecret: k.secret("client_secret"), RefreshToken: k.secret("refresh_token"), ConsentedAt: k.day("consented"),
		PublicKey: k["public_key"], PublicKeyVersion: k["public_key_version"], PublicKeyIssued: k.day("public_key_issued"),
	}
}

func amazonKeys(k Keys) amazon.Keys {
	return amazon.Keys{
		ClientID: k["client_id"], ClientSecret: k.secret("client_secret"), RefreshToken: k.secret("refresh_token"),
		AuthorizedAt: k.day("authorized"), SecretIssued: k.day("secret_issued"),
	}
}

func auPayKeys(k Keys) aupay.Keys {
	return aupay.Keys{APIKey: k.secret("api_key"), IssuedAt: k.day("issued")}
}

// records are what is known of the lives of a shop's keys.
func records(s Row, k Keys) []credential.Record {
	switch s.Mall {
	case order.Rakuten:
		return rakutenKeys(k).Records(s.Shop)
	case order.Yahoo:
		return yahooKeys(k).Records(s.Shop)
	case order.Amazon:
		return amazonKeys(k).Records(s.Shop)
	case order.AuPay:
		return auPayKeys(k).Records(s.Shop)
	}
	return nil
}
