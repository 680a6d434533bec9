package oauth_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// garbling answers for the token endpoint, as a gateway in between does, and counts what else is
// sent.
type garbling struct {
	through http.RoundTripper
	status  int
	body    string
	others  int
}

func (g *garbling) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.Contains(r.URL.Path, "token") {
		g.others++
		return g.through.RoundTrip(r)
	}
	return &http.Response{StatusCode: g.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(g.body)),
		Request: r}, nil
}

// Where no token can be had, nothing was sent for the write: no result is unknown, and the error
// names the token request.
func TestAWriteWithoutATokenWasNotSent(t *testing.T) {
	type shipper interface {
		order.Source
		order.Shipper
	}
	malls := map[string]func(*testing.T, *garbling) (shipper, []string){
		"yahoo": func(t *testing.T, g *garbling) (shipper, []string) {
			m := yahootest.New(yahootest.Options{Orders: 3})
			t.Cleanup(m.Close)
			g.through = m.Transport()
			c, err := yahoo.New(yahoo.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: g},
				Keys: credential.Static(yahoo.Keys{
					ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
					RefreshToken: credential.NewSecret(m.RefreshToken())})})
			require.NoError(t, err)
			return c, m.Numbers()
		},
		"amazon": func(t *testing.T, g *garbling) (shipper, []string) {
			m := amazontest.New(amazontest.Options{Orders: 3})
			t.Cleanup(m.Close)
			g.through = m.Transport()
			c, err := amazon.New(amazon.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: g},
				Keys: credential.Static(amazon.Keys{
					ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
					RefreshToken: credential.NewSecret(m.RefreshToken())})})
			require.NoError(t, err)
			return c, m.Numbers()
		},
	}
	for name, reply := range map[string]struct {
		status int
		body   string
		class  order.Class
	}{
		"a gateway's page":       {200, "<html>be patient</html>", order.ErrTemporary},
		"a gateway's JSON":       {200, `{"message":"Service Unavailable"}`, order.ErrTemporary},
		"nothing":                {200, "", order.ErrTemporary},
		"null":                   {200, "null", order.ErrTemporary},
		"cut off":                {200, `{"access_token":"Atza|x","expi`, order.ErrTemporary},
		"a life that is no life": {200, `{"access_token":"Atza|x","expires_in":"soon"}`, order.ErrTemporary},
		"down":                   {503, "", order.ErrTemporary},
		"wrong secret":           {401, `{"error":"invalid_client"}`, order.ErrUnauthorized},
		"over":                   {400, `{"error":"invalid_grant"}`, order.ErrCredentialExpired},
	} {
		for mall, open := range malls {
			t.Run(mall+", "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					g := &garbling{status: reply.status, body: reply.body}
					c, numbers := open(t, g)
					var shipments []order.Shipment
					for _, id := range numbers {
						shipments = append(shipments, order.Shipment{Order: id, Carrier: timeslot.Yamato,
							Numbers: order.Tracking("405548424883"), At: time.Now()})
					}
					results, err := c.Ship(t.Context(), shipments, order.WriteOptions{})
					if err == nil {
						require.Len(t, results, len(shipments))
					}
					for _, r := range results {
						require.NotEqual(t, order.Unsettled, r.Outcome, "%+v", r)
						require.NotEqual(t, order.Done, r.Outcome, "%+v", r)
						if r.Err != nil {
							err = r.Err
						}
					}
					require.ErrorIs(t, err, reply.class)
					require.NotErrorIs(t, err, order.ErrUndecodable)
					require.ErrorContains(t, err, "token")
					require.ErrorContains(t, err, "nothing was sent")
					require.Zero(t, g.others)
				})
			})
		}
	}
}
