// Package canarytest holds the test that no exported value of this module prints a key, whatever
// prints it.
package canarytest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/mail"
	"github.com/jpmall/jpmall/credential/webhook"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// held is a user's own struct: fmt calls no methods on its unexported field.
type held[T any] struct {
	Name   string
	hidden T
}

// value is one exported value in all the ways in which a user may hold it.
type value struct {
	name  string
	forms []any
	plain []any // those that a dumper walks to the end: they hold no store and no connection
}

// of makes the forms of a value.
func of[T any](v T) value {
	return value{fmt.Sprintf("%T", v), []any{
		v, &v, held[T]{hidden: v}, &held[T]{hidden: v}, held[*T]{hidden: &v}, held[any]{hidden: v},
		held[[]T]{hidden: []T{v}},
		held[map[string]T]{hidden: map[string]T{"a": v}}, held[held[T]]{hidden: held[T]{hidden: v}}, []T{v},
		map[string]*T{"a": &v},
	}, nil}
}

// bare is of, for a value that not even a dumper may read.
func bare[T any](v T) value {
	out := of(v)
	out.plain = out.forms
	return out
}

// shown is all that printing and encoding make of a value.
func shown(v any) string {
	var out bytes.Buffer
	out.WriteString(printed(v) + logged(v))
	for _, encode := range []func() ([]byte, error){
		func() ([]byte, error) { return json.Marshal(v) },
		func() ([]byte, error) { return json.MarshalIndent(map[string]any{"a": v}, "", " ") },
		func() ([]byte, error) { return xml.Marshal(v) },
		func() ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(v)
			return b.Bytes(), err
		},
	} {
		text, err := encode()
		out.Write(text)
		for ; err != nil; err = errors.Unwrap(err) { // most cannot be encoded; what the error says counts, too
			fmt.Fprintf(&out, "%v %+v %#v", err, err, err)
		}
	}
	return out.String()
}

// printed is all that printing makes of a value.
func printed(v any) string {
	var out bytes.Buffer
	for _, flags := range []string{"", "+", "#", " ", "-", "0", "+#", "20", ".200", "# "} {
		for _, verb := range "vTtbcdoOqxXUeEfFgGspwz" {
			fmt.Fprintf(&out, "%"+flags+string(verb)+"\n", v)
		}
	}
	fmt.Fprint(&out, v, errors.New(fmt.Sprint(v)), fmt.Errorf("%v", v))
	return out.String()
}

// logged is all that logging makes of a value.
func logged(v any) string {
	var out bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).With("with", v).WithGroup("g").Info("message", "value", v, slog.Group("inner", "value", v))
	}
	return out.String()
}

// dump is what a dumper prints that calls no methods and follows every pointer.
func dump(out *bytes.Buffer, v reflect.Value, depth int) {
	if depth > 12 || !v.IsValid() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		dump(out, v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			dump(out, v.Field(i), depth+1)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			dump(out, it.Key(), depth+1)
			dump(out, it.Value(), depth+1)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 && v.Kind() == reflect.Slice {
			out.Write(v.Bytes())
		}
		for i := range v.Len() {
			dump(out, v.Index(i), depth+1)
		}
	case reflect.String:
		out.WriteString(v.String() + "\n")
	}
}

// disguises are the forms in which a text may show.
func disguises(canary string) []string {
	all := []string{canary, hex.EncodeToString([]byte(canary)), strings.ToUpper(hex.EncodeToString([]byte(canary))),
		fmt.Sprintf("% x", canary), fmt.Sprintf("% X", canary), fmt.Sprintf("%# x", canary),
		strings.Trim(fmt.Sprint([]byte(canary)), "[]"),
		strings.Trim(strings.ReplaceAll(fmt.Sprintf("%#v", []byte(canary)), "[]byte{", ""), "}"),
		url.QueryEscape(canary)}
	for shift := range 3 { // inside a longer text
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + canary))
		all = append(all, text[4:len(text)-4])
	}
	return all
}

func TestTheTestSeesWhatIsThere(t *testing.T) {
	type careless struct{ key string }
	for _, v := range []any{careless{"canaryCANARYcanary"}, held[[]byte]{hidden: []byte("canaryCANARYcanary")},
		errors.New("canaryCANARYcanary")} {
		text := shown(v)
		for _, form := range disguises("canaryCANARYcanary")[:2] {
			require.Contains(t, text, form, "%T", v)
		}
	}
	var out bytes.Buffer
	dump(&out, reflect.ValueOf(held[*careless]{hidden: &careless{"canaryCANARYcanary"}}), 0)
	require.Contains(t, out.String(), "canaryCANARYcanary")
}

// What a user reads plain values from is encoded in full, and yet printed without them.
func TestPlainValuesArePrintedWithoutThem(t *testing.T) {
	file := t.TempDir() + "/shops.json"
	require.NoError(t, os.WriteFile(file,
		[]byte(`{"shops": [{"mall": "aupay", "shop": "10000001", "api_key": "canarySHOPcanary"}]}`), 0o600))
	shops, _, err := credential.ReadShops(file)
	require.NoError(t, err)
	document := amazon.ReportDocument{ReportDocumentID: "d-1", URL: "https://files.example/d?canaryURLcanary"}
	response := amazon.GetReportDocumentResponse{ReportDocument: document,
		Reply: amazon.Reply{Body: []byte(document.URL)}}
	for _, v := range []any{shops, shops[0], &shops[0], map[string]any{"a": shops}, struct{ Shops any }{shops}, document,
		&document, []amazon.ReportDocument{document}, response, &response, []amazon.GetReportDocumentResponse{response}} {
		text := fmt.Sprintf("%v %+v %#v %s %q %x", v, v, v, v, v, v)
		if _, ok := v.(slog.LogValuer); ok { // inside another value, a handler of JSON encodes it
			text += logged(v)
		}
		for _, canary := range []string{"canarySHOPcanary", "canaryURLcanary"} {
			for _, disguise := range disguises(canary) {
				require.NotContains(t, text, disguise, "%T", v)
			}
		}
	}
	require.Equal(t, "settings api_key:[redacted] mall:aupay shop:10000001", fmt.Sprint(shops[0]))
	require.Equal(t, "canarySHOPcanary", shops[0]["api_key"])
	data, err := json.Marshal(document)
	require.NoError(t, err)
	var back amazon.ReportDocument
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, document, back)
}

func TestNothingSecretPrints(t *testing.T) {
	values, canaries := exported(t)
	for _, v := range values {
		t.Run(v.name, func(t *testing.T) {
			for i, form := range v.forms {
				text := shown(form)
				for name, canary := range canaries {
					for _, disguise := range disguises(canary) {
						require.NotContains(t, text, disguise, "form %d prints the %s", i, name)
					}
				}
			}
			for i, form := range v.plain {
				var out bytes.Buffer
				dump(&out, reflect.ValueOf(form), 0)
				for name, canary := range canaries {
					require.NotContains(t, out.String(), canary, "a dumper finds the %s in form %d", name, i)
				}
			}
		})
	}
}

// exported makes one of every exported value that holds something secret, after it was used, and
// names what must not be seen.
func exported(t *testing.T) (values []value, canaries map[string]string) {
	t.Helper()
	ctx := t.Context()
	store := new(credential.Memory)
	file, err := credential.OpenFile(credential.FileConfig{Path: t.TempDir() + "/keys.json"})
	require.NoError(t, err)
	r := rakutentest.New(rakutentest.Options{Orders: 1})
	t.Cleanup(r.Close)
	y := yahootest.New(yahootest.Options{Orders: 1})
	t.Cleanup(y.Close)
	a := amazontest.New(amazontest.Options{Orders: 1})
	t.Cleanup(a.Close)
	u := aupaytest.New(aupaytest.Options{Orders: 1})
	t.Cleanup(u.Close)
	secret := credential.NewSecret

	rakutenKeys := rakuten.Keys{ServiceSecret: secret(r.ServiceSecret()), LicenseKey: secret(r.LicenseKey()),
		OldLicenseKey: secret("SL000000_canaryOLDcanary")}
	rakutenConfig := rakuten.Config{Shop: r.Shop(), HTTPClient: &http.Client{Transport: r.Transport()},
		Keys: credential.Static(rakutenKeys)}
	rakutenClient, err := rakuten.New(rakutenConfig)
	require.NoError(t, err)

	aupayKeys := aupay.Keys{APIKey: secret(u.APIKey())}
	aupayConfig := aupay.Config{Shop: u.Shop(), HTTPClient: &http.Client{Transport: u.Transport()},
		Keys: credential.Static(aupayKeys)}
	aupayClient, err := aupay.New(aupayConfig)
	require.NoError(t, err)

	yahooKeys := yahoo.Keys{ClientID: y.ClientID(), ClientSecret: secret(y.ClientSecret()),
		RefreshToken: secret(y.RefreshToken())}
	yahooStore, err := yahoo.NewKeyStore(store, y.Shop(), credential.Static(yahooKeys))
	require.NoError(t, err)
	yahooGrant := yahoo.Grant{RefreshToken: secret(y.Consent()), ConsentedAt: y.ConsentedAt()}
	require.NoError(t, yahooStore.Consented(ctx, yahooGrant))
	yahooConfig := yahoo.Config{Shop: y.Shop(), HTTPClient: &http.Client{Transport: y.Transport()}, Keys: yahooStore,
		Store: store}
	yahooClient, err := yahoo.New(yahooConfig)
	require.NoError(t, err)
	yahooConsentConfig := yahoo.ConsentConfig{ClientID: y.ClientID(), ClientSecret: secret(y.ClientSecret()),
		RedirectURI: "https://shop.example.com/back"}
	yahooConsent, err := yahoo.NewConsent(yahooConsentConfig)
	require.NoError(t, err)

	amazonKeys := amazon.Keys{ClientID: a.ClientID(), ClientSecret: secret(a.ClientSecret()),
		RefreshToken: secret(a.RefreshToken())}
	amazonStore, err := amazon.NewKeyStore(file, a.Shop(), credential.Static(amazonKeys))
	require.NoError(t, err)
	amazonConfig := amazon.Config{Shop: a.Shop(), HTTPClient: &http.Client{Transport: a.Transport()}, Keys: amazonStore,
		Store: file}
	amazonClient, err := amazon.New(amazonConfig)
	require.NoError(t, err)
	amazonConsentConfig := amazon.ConsentConfig{ApplicationID: a.ApplicationID(), ClientID: a.ClientID(),
		ClientSecret: secret(a.ClientSecret())}
	amazonConsent, err := amazon.NewConsent(amazonConsentConfig)
	require.NoError(t, err)
	amazonGrant := amazon.Grant{Shop: a.Shop(), RefreshToken: secret(a.RefreshToken()), AuthorizedAt: y.ConsentedAt()}
	require.NoError(t, amazonStore.Authorized(ctx, amazonGrant))

	for _, c := range []interface{ Check(context.Context) error }{rakutenClient, yahooClient, amazonClient,
		aupayClient} {
		require.NoError(t, c.Check(ctx), "%T", c)
	}
	rdt, err := amazonClient.CreateRestrictedDataToken(ctx, amazon.CreateRestrictedDataTokenRequest{
		RestrictedResources: []amazon.RestrictedResource{{Method: "GET", Path: "/orders/v0/orders/{orderId}/address"}}})
	require.NoError(t, err)
	notified, err := amazon.ParseNotifications(
		[]byte(`{"notificationVersion":"1.0","notificationType":"APPLICATION_OAUTH_CLIENT_NEW_SECRET",
		"payload":{"applicationOAuthClientNewSecret":{"clientId":"amzn1.application-oa2-client.0","newClientSecret":"amzn1.oa2-cs.v1.canaryNEWcanary"}}}`))
	require.NoError(t, err)
	hookConfig := webhook.Config{URL: secret("https://hooks.example.com/services/canaryHOOKcanary"),
		Header: map[string]credential.Secret{"Authorization": secret("Bearer canaryHEADERcanary")}}
	hook, err := webhook.New(hookConfig)
	require.NoError(t, err)
	mailConfig := mail.Config{Addr: "mail.example:587", From: "bot@shop.example", To: []string{"staff@shop.example"},
		Username: "bot", Password: secret("canaryMAILcanary")}
	mailer, err := mail.New(mailConfig)
	require.NoError(t, err)
	monitor, err := credential.NewMonitor(
		credential.MonitorConfig{Records: credential.StoredRecords(store), Notifier: hook, Store: store,
			Prober: yahooClient})
	require.NoError(t, err)

	token := func(s credential.Store, key string) string {
		e, err := s.Load(ctx, key)
		require.NoError(t, err)
		var plain struct {
			Access string `json:"access_token"`
		}
		require.NoError(t, json.Unmarshal(e.Value, &plain))
		require.NotEmpty(t, plain.Access)
		// an Entry is the plain value itself
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s %x", e, &e, e, e, []credential.Entry{e}), plain.Access)
		return plain.Access
	}
	yahooToken := token(store, "yahoo/"+y.Shop()+"/token")
	amazonToken := token(file, "amazon/"+a.Shop()+"/token")

	values = []value{
		bare(secret("canaryPLAINcanary")), bare(rakutenKeys), bare(yahooKeys), bare(amazonKeys), bare(aupayKeys),
		bare(yahooGrant), bare(amazonGrant),
		bare(yahooConsentConfig), bare(amazonConsentConfig), bare(yahooConsent), bare(amazonConsent), bare(rdt),
		bare(notified[0]), bare(hookConfig), bare(mailConfig), of(mailer),
		of(rakutenConfig), of(yahooConfig), of(amazonConfig), of(aupayConfig), of(rakutenClient), of(yahooClient),
		of(amazonClient), of(aupayClient),
		of(yahooStore), of(amazonStore), of(hook), of(store), of(file), of(monitor),
		of[credential.Source[rakuten.Keys]](credential.Static(rakutenKeys)),
	}
	canaries = map[string]string{
		"plain secret": "canaryPLAINcanary", "Rakuten service secret": r.ServiceSecret(), "Rakuten licence key": r.LicenseKey(), "old licence key": "canaryOLDcanary",
		"au key": u.APIKey(), "Yahoo! client secret": y.ClientSecret(), "Yahoo! refresh token": yahooKeys.RefreshToken.Reveal(),
		"Yahoo! consent": y.RefreshToken(), "Yahoo! access token": yahooToken,
		"Amazon client secret": a.ClientSecret(), "Amazon refresh token": a.RefreshToken(), "Amazon access token": amazonToken,
		"Restricted Data Token": rdt.RestrictedDataToken.Reveal(), "new client secret": "canaryNEWcanary", "webhook": "canaryHOOKcanary", "header": "canaryHEADERcanary", "mail": "canaryMAILcanary",
	}
	for name, canary := range canaries {
		require.Greater(t, len(canary), 12, name)
	}
	return values, canaries
}

// TestPanicsShowNothing lets a process of its own die of a value.
func TestPanicsShowNothing(t *testing.T) {
	keys := aupay.Keys{APIKey: credential.NewSecret("canaryPANICcanary")}
	switch os.Getenv("JPMALL_TEST_PANIC") {
	case "secret":
		panic(keys.APIKey)
	case "keys":
		panic(keys)
	case "held":
		panic(fmt.Sprintf("%+v", held[aupay.Keys]{hidden: keys}))
	case "error":
		panic(fmt.Errorf("with %v", held[*aupay.Keys]{hidden: &keys}))
	}
	exe, err := os.Executable()
	require.NoError(t, err)
	for _, kind := range []string{"secret", "keys", "held", "error"} {
		c := exec.CommandContext(t.Context(), exe, "-test.run=^TestPanicsShowNothing$")
		c.Env = append(os.Environ(), "JPMALL_TEST_PANIC="+kind)
		out, err := c.CombinedOutput()
		require.Error(t, err)
		require.Contains(t, string(out), "panic")
		for _, disguise := range disguises("canaryPANICcanary") {
			require.NotContains(t, string(out), disguise, kind)
		}
	}
}
