package faulttest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

type closer interface{ CloseIdleConnections() }

// at makes a client of each mall at a base URL.
func at(mall order.Mall, base string, plain bool) (closer, error) {
	switch mall {
	case order.Rakuten:
		return rakuten.New(rakuten.Config{Shop: "mihon", BaseURL: base, PlainHTTP: plain,
			Keys: credential.Static(rakuten.Keys{})})
	case order.Yahoo:
		return yahoo.New(yahoo.Config{Shop: "mihon", BaseURL: base, PlainHTTP: plain, Tokens: literalToken{},
			Keys: credential.Static(yahoo.Keys{})})
	case order.Amazon:
		return amazon.New(amazon.Config{Shop: "A0MIHON", BaseURL: base, PlainHTTP: plain, Tokens: literalToken{}})
	}
	return aupay.New(aupay.Config{Shop: "10000001", BaseURL: base, PlainHTTP: plain,
		Keys: credential.Static(aupay.Keys{})})
}

// A base URL without TLS is refused by all malls unless it is this machine's, or asked for by name.
func TestPlainHTTPIsAskedForByName(t *testing.T) {
	for base, here := range map[string]bool{
		"http://127.0.0.1:8080": true, "http://[::1]:8080/x": true, "http://localhost:1": true, "http://LOCALHOST.:1": true, "http://mall.localhost": true,
		"http://[::ffff:127.0.0.1]": true, "http://127.8.8.8": true, "http://relay.example": false, "http://10.0.0.7:8080": false,
		"http://127.0.0.1.example": false, "http://localhost.example": false, "http://notlocalhost": false, "http://0.0.0.0": false,
	} {
		for _, mall := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
			c, err := at(mall, base, false)
			if !here {
				require.ErrorContains(t, err, "PlainHTTP", "%s %s", mall, base)
				require.ErrorContains(t, err, "BaseURL")
				c, err = at(mall, base, true)
			}
			require.NoError(t, err, "%s %s", mall, base)
			c.CloseIdleConnections()
			_, err = at(mall, "https"+base[len("http"):], false)
			require.NoError(t, err)
		}
	}
	_, err := yahoo.New(yahoo.Config{Shop: "mihon", TokenURL: "http://relay.example/token",
		Keys: credential.Static(yahoo.Keys{})})
	require.ErrorContains(t, err, "TokenURL")
	_, err = amazon.New(amazon.Config{Shop: "A0MIHON", TokenURL: "http://relay.example/token",
		Keys: credential.Static(amazon.Keys{})})
	require.ErrorContains(t, err, "TokenURL")
}

// Instants before 1970 stand for none, in all malls' scalars.
func TestInstantsBefore1970AreNone(t *testing.T) {
	for text, want := range map[string]bool{
		"0001-1-1 0:00Z": false, "0001-01-01T00:00:00Z": false, "1900-01-01T00:00:00+09:00": false, "1969-12-31T23:59:59Z": false,
		"1970-01-01T08:59:59+09:00": false, "1970-01-01T09:00:00+09:00": true, "2026-06-01T21:14:05+09:00": true, "-1": false,
	} {
		for name, read := range map[string]func() (time.Time, bool){
			"rakuten": rakuten.DateTime(text).Time, "yahoo": yahoo.DateTime(text).Time, "amazon": amazon.DateTime(text).Time, "aupay": aupay.DateTime(text).Time,
		} {
			got, ok := read()
			require.Equal(t, want, ok, "%s %s", name, text)
			require.Equal(t, want, !got.IsZero(), "%s %s", name, text)
		}
	}
	for text, want := range map[string]bool{"0001-01-01": false, "1900-01-01": false, "1969-12-31": false,
		"1970-01-01": true, "2026-06-01": true} {
		for name, read := range map[string]func() (order.Date, bool){
			"rakuten": rakuten.Date(text).Date, "yahoo": yahoo.Date(text).Date, "amazon": amazon.Date(text).Date, "aupay": aupay.Date(text).Date,
		} {
			_, ok := read()
			require.Equal(t, want, ok, "%s %s", name, text)
		}
	}
}
