package amazon_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
)

// tokenSource asks the fake for one token, as a user's own code would.
func tokenSource(t testing.TB, m *amazontest.Mall) credential.TokenSource {
	t.Helper()
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {m.RefreshToken()},
		"client_id": {m.ClientID()}, "client_secret": {m.ClientSecret()}}
	resp, err := (&http.Client{Transport: m.Transport()}).PostForm("https://api.amazon.com/auth/o2/token", form)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	var token oauth2.Token
	require.NoError(t, json.Unmarshal(body, &token))
	require.NotEmpty(t, token.AccessToken)
	return tokenFunc(func(context.Context) (*oauth2.Token, error) { return &token, nil })
}

type tokenFunc func(context.Context) (*oauth2.Token, error)

func (f tokenFunc) Token(ctx context.Context) (*oauth2.Token, error) { return f(ctx) }

const orderChange = `{"NotificationVersion":"1.0","NotificationType":"ORDER_CHANGE","PayloadVersion":"1.0","EventTime":"2026-01-05T00:09:53.109Z",
"Payload":{"OrderChangeNotification":{"NotificationLevel":"OrderLevel","SellerId":"A0MIHON","AmazonOrderId":"250-0000001-0000001",
"OrderChangeType":"BuyerRequestedChange","OrderChangeTrigger":{"TimeOfOrderChange":null,"ChangeReason":"Buyer Requested Cancel"},
"Summary":{"MarketplaceId":"A1VC38T7YXB528","OrderStatus":"Unshipped","PurchaseDate":null,"DestinationPostalCode":null,"FulfillmentType":"MFN",
"OrderType":"StandardOrder","NumberOfItemsUnshipped":2,"OrderPrograms":["Prime"],
"OrderItems":[{"OrderItemId":"11","SellerSKU":"MIHON-TEA-01","SupplySourceId":null,"Quantity":2,"IsBuyerRequestedCancel":"true"}]}}},
"NotificationMetadata":{"ApplicationId":"app","SubscriptionId":"sub","PublishTime":"2026-01-05T00:09:54Z","NotificationId":"n-1"}}`

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestParseNotifications(t *testing.T) {
	forms := map[string]string{
		"SQS body":           orderChange,
		"SQS message":        `{"MessageId":"1","ReceiptHandle":"x","Body":` + quoted(orderChange) + `}`,
		"SQS message by SNS": `{"Body":` + quoted(`{"Type":"Notification","Message":`+quoted(orderChange)+`}`) + `}`,
		"Lambda":             `{"Records":[{"messageId":"1","body":` + quoted(orderChange) + `,"eventSource":"aws:sqs"}]}`,
		"EventBridge":        `{"version":"0","id":"1","detail-type":"ORDER_CHANGE","source":"aws.partner/sellingpartnerapi.amazon.com","detail":` + orderChange + `}`,
	}
	for name, message := range forms {
		t.Run(name, func(t *testing.T) {
			got, err := amazon.ParseNotifications([]byte(message))
			require.NoError(t, err)
			require.Len(t, got, 1)
			n := got[0]
			require.Equal(t, amazon.OrderChange, n.Type)
			require.Equal(t, "n-1", n.ID)
			require.Equal(t, "250-0000001-0000001", n.OrderChange.AmazonOrderID)
			require.Equal(t, amazon.BuyerRequestedChange, n.OrderChange.OrderChangeType)
			require.Empty(t, n.OrderChange.OrderChangeTrigger.TimeOfOrderChange)
			require.True(t, n.OrderChange.Summary.OrderItems[0].IsBuyerRequestedCancel)
		})
	}
	two, err := amazon.ParseNotifications(
		[]byte(`{"Records":[{"body":` + quoted(orderChange) + `},{"body":` + quoted(orderChange) + `}]}`))
	require.NoError(t, err)
	require.Len(t, two, 2)
}

func TestParseSecretNotifications(t *testing.T) {
	got, err := amazon.ParseNotifications(
		[]byte(
			`{"notificationVersion":"1.0","notificationType":"APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY","payloadVersion":"2023-11-30",
		"eventTime":"2026-01-10T02:15:10.045Z","payload":{"applicationOAuthClientSecretExpiry":{"clientId":"amzn1.application-oa2-client.mihon",
		"clientSecretExpiryTime":"2026-03-03T22:06:39.224Z","clientSecretExpiryReason":"PERIODIC_ROTATION"}},
		"notificationMetadata":{"applicationId":"amzn1.sp.solution.mihon","notificationId":"n-2"}}`))
	require.NoError(t, err)
	require.Equal(t, "n-2", got[0].ID)
	end, ok := got[0].SecretExpiry.ClientSecretExpiryTime.Time()
	require.True(t, ok)
	require.Equal(t, "2026-03-04", end.Format("2006-01-02"), "in JST")

	got, err = amazon.ParseNotifications([]byte(
		`{"notificationType":"APPLICATION_OAUTH_CLIENT_NEW_SECRET","payload":{"applicationOAuthClientNewSecret":
		{"clientId":"c","newClientSecret":"canary","newClientSecretExpiryTime":"2026-07-08T22:09:17Z","oldClientSecretExpiryTime":"2026-01-17T22:09:17Z"}}}`))
	require.NoError(t, err)
	require.Equal(t, "canary", got[0].NewSecret.NewClientSecret.Reveal())
	require.Equal(t, "[redacted]", got[0].NewSecret.NewClientSecret.String())
}

func TestParseNotificationsOfUnknownType(t *testing.T) {
	got, err := amazon.ParseNotifications(
		[]byte(`{"NotificationType":"ITEM_INVENTORY_EVENT_CHANGE","Payload":{"a":1}}`))
	require.NoError(t, err)
	require.JSONEq(t, `{"a":1}`, string(got[0].Payload))
	require.Nil(t, got[0].OrderChange)
}

func TestParseNotificationsRefuses(t *testing.T) {
	for name, message := range map[string]string{
		"empty":          "",
		"not JSON":       "hello canary",
		"another thing":  `{"hello":"canary"}`,
		"no payload":     `{"NotificationType":"ORDER_CHANGE"}`,
		"no order":       `{"NotificationType":"ORDER_CHANGE","Payload":{"canary":1}}`,
		"no secret":      `{"notificationType":"APPLICATION_OAUTH_CLIENT_NEW_SECRET","payload":{"canary":1}}`,
		"broken payload": `{"Body":"{\"NotificationType\":\"canary"}`,
		"too deep":       `{"body":` + quoted(`{"body":`+quoted(`{"body":`+quoted(`{"body":`+quoted(`{"body":"{}"}`)+`}`)+`}`)+`}`) + `}`,
		"one bad record": `{"Records":[{"body":` + quoted(orderChange) + `},{"canary":1}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := amazon.ParseNotifications([]byte(message))
			require.Error(t, err)
			require.NotContains(t, err.Error(), "canary")
		})
	}
}

func FuzzParseNotifications(f *testing.F) {
	f.Add([]byte(orderChange))
	f.Add([]byte(`{"Records":[{"body":` + quoted(orderChange) + `}]}`))
	f.Add([]byte(`{"detail":{"notificationType":"X","payload":null}}`))
	f.Fuzz(func(t *testing.T, message []byte) {
		got, err := amazon.ParseNotifications(message)
		if err != nil {
			require.True(t, strings.HasPrefix(err.Error(), "amazon: "))
			return
		}
		require.NotEmpty(t, got)
		for _, n := range got {
			require.NotEmpty(t, n.Type)
			if n.Type == amazon.OrderChange {
				require.NotEmpty(t, n.OrderChange.AmazonOrderID)
			}
		}
	})
}
