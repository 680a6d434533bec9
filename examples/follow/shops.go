package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// entry is one shop of a configuration file: mall, shop, and the fields that README lists for the mall. All values are texts; env:NAME
// is taken from the environment and file:NAME from a file beside the configuration.
type entry map[string]string

func readConfig(file string) ([]entry, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var doc struct {
		Shops []entry `json:"shops"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\uFEFF")), &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(doc.Shops) == 0 {
		return nil, fmt.Errorf("%s: shops is missing or empty", file)
	}
	var failed []error
	for i, e := range doc.Shops {
		for name, written := range e {
			value, err := resolve(written, filepath.Dir(file))
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: shops[%d].%s: %w", file, i, name, err))
			}
			e[name] = value
		}
	}
	return doc.Shops, errors.Join(failed...)
}

func resolve(written, folder string) (string, error) {
	if name, ok := strings.CutPrefix(written, "env:"); ok {
		value := os.Getenv(name)
		if value == "" {
			return "", fmt.Errorf("environment variable %s is not set", name)
		}
		return value, nil
	}
	if name, ok := strings.CutPrefix(written, "file:"); ok {
		if !filepath.IsAbs(name) {
			name = filepath.Join(folder, name)
		}
		data, err := os.ReadFile(name)
		return strings.TrimSpace(string(data)), err
	}
	return written, nil
}

// open makes the client of a shop. What a key looks like is the clients' to check.
func (e entry) open(unlimited bool) (order.Source, error) {
	secret := func(name string) credential.Secret { return credential.NewSecret(e[name]) }
	var limiter order.Limiters // nil: the malls' own quotas
	if unlimited {
		limiter = order.Unlimited
	}
	switch order.Mall(e["mall"]) {
	case order.Rakuten:
		return rakuten.New(rakuten.Config{
			Shop: e["shop"], BaseURL: e["base_url"], Limiter: limiter,
			Keys: credential.Static(rakuten.Keys{
				ServiceSecret: secret("service_secret"), LicenseKey: secret("license_key"), OldLicenseKey: secret("old_license_key"),
			}),
		})
	case order.Yahoo:
		return yahoo.New(yahoo.Config{
			Shop: e["shop"], BaseURL: e["base_url"], TokenURL: e["token_url"], Limiter: limiter,
			Keys: credential.Static(yahoo.Keys{
				ClientID: e["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"),
				PublicKey: e["public_key"], PublicKeyVersion: e["public_key_version"],
			}),
		})
	case order.Amazon:
		return amazon.New(amazon.Config{
			Shop: e["shop"], BaseURL: e["base_url"], TokenURL: e["token_url"], Limiter: limiter,
			Keys: credential.Static(amazon.Keys{
				ClientID: e["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"),
			}),
		})
	case order.AuPay:
		return aupay.New(aupay.Config{
			Shop: e["shop"], BaseURL: e["base_url"], Limiter: limiter,
			Keys: credential.Static(aupay.Keys{APIKey: secret("api_key")}),
		})
	}
	return nil, fmt.Errorf("mall %q: want rakuten, yahoo, amazon or aupay", e["mall"])
}
