package shops

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// Keys are the settings of a shop that are not in its row, under the names that
// credential/settings.md lists: those of examples/quickstart's file, of a form, or of a fake.
type Keys map[string]string

func keysAt(mall order.Mall, shop string) string { return "keys/" + string(mall) + "/" + shop }

// PutKeys keeps a shop's keys. Workers use new ones from their next call on.
func PutKeys(
	ctx context.Context, store credential.Store, mall order.Mall, shop string, keys Keys,
) error {
	value, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	return credential.Update(ctx, store, keysAt(mall, shop),
		func([]byte) ([]byte, error) { return value, nil })
}

func loadKeys(
	ctx context.Context, store credential.Store, mall order.Mall, shop string,
) (Keys, error) {
	e, err := store.Load(ctx, keysAt(mall, shop))
	if err != nil {
		return nil, err
	}
	var keys Keys
	if e.Version == "" || json.Unmarshal(e.Value, &keys) != nil {
		return nil, &order.Error{Class: order.ErrUnauthorized, Mall: mall, Shop: shop,
			Message: "no keys are stored", Hint: order.Text{
				EN: fmt.Sprintf("put them into the credential store under %q", keysAt(mall, shop)),
				JA: fmt.Sprintf("資格情報ストアの%qに保存してください", keysAt(mall, shop))}}
	}
	return keys, nil
}

// settings are what ParseConfig of the shop's mall reads: the keys, and what the row says.
func (s Row) settings(k Keys) map[string]string {
	all := maps.Clone(map[string]string(k))
	if all == nil {
		all = map[string]string{}
	}
	for name, value := range map[string]string{"mall": string(s.Mall), "shop": s.Shop,
		"base_url": s.BaseURL, "token_url": s.TokenURL} {
		if value != "" {
			all[name] = value
		}
	}
	return all
}

func rakutenKeys(s Row, k Keys) (credential.Source[rakuten.Keys], error) {
	cfg, err := rakuten.ParseConfig(s.settings(k))
	return cfg.Keys, err
}

func yahooKeys(s Row, k Keys) (credential.Source[yahoo.Keys], error) {
	cfg, err := yahoo.ParseConfig(s.settings(k), nil)
	return cfg.Keys, err
}

func amazonKeys(s Row, k Keys) (credential.Source[amazon.Keys], error) {
	cfg, err := amazon.ParseConfig(s.settings(k), nil)
	return cfg.Keys, err
}

func auPayKeys(s Row, k Keys) (credential.Source[aupay.Keys], error) {
	cfg, err := aupay.ParseConfig(s.settings(k))
	return cfg.Keys, err
}

// records are what is known of the lives of a shop's keys. They are refused when a setting is
// wrong, missing or unknown.
func records(ctx context.Context, s Row, k Keys) ([]credential.Record, error) {
	switch s.Mall {
	case order.Rakuten:
		keys, err := rakutenKeys(s, k)
		return lives(ctx, s, keys, err)
	case order.Yahoo:
		keys, err := yahooKeys(s, k)
		return lives(ctx, s, keys, err)
	case order.Amazon:
		keys, err := amazonKeys(s, k)
		return lives(ctx, s, keys, err)
	case order.AuPay:
		keys, err := auPayKeys(s, k)
		return lives(ctx, s, keys, err)
	}
	return nil, fmt.Errorf("mall %q: want rakuten, yahoo, amazon or aupay", s.Mall)
}

func lives[K interface {
	Records(shop string) []credential.Record
}](ctx context.Context, s Row, source credential.Source[K], err error) ([]credential.Record,
	error) {
	if err != nil {
		return nil, err
	}
	keys, err := source.Current(ctx)
	return keys.Records(s.Shop), err
}
