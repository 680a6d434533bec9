package amazontest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

func payload(v any) fake.Reply { return fake.JSON(http.StatusOK, object{"payload": v}) }

func (m *Mall) createDestination(c *call) fake.Reply {
	var body struct {
		Name     string `json:"name"`
		Resource object `json:"resourceSpecification"`
	}
	if err := json.Unmarshal(c.Payload, &body); err != nil || body.Name == "" ||
		len(body.Resource) != 1 {
		return m.invalid("The request must name one resource.")
	}
	m.serial++
	id := fmt.Sprintf("mihon-destination-%04d", m.serial)
	resource := object{}
	for kind, v := range body.Resource { // sqs, or eventBridge, whose name Amazon makes
		given, ok := v.(map[string]any)
		if !ok {
			return m.invalid("The resource is not an object.")
		}
		if kind == "eventBridge" {
			given["name"] = fmt.Sprintf("aws.partner/sellingpartnerapi.amazon.com/%v/%v",
				given["accountId"], m.options.ApplicationID)
		}
		resource[kind] = given
	}
	m.places[id] = object{"name": body.Name, "destinationId": id, "resource": resource}
	return payload(m.places[id])
}

func (m *Mall) getDestinations(*call) fake.Reply {
	all := make([]object, 0, len(m.places))
	for _, d := range m.places {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b object) int {
		return cmp.Compare(fmt.Sprint(a["destinationId"]), fmt.Sprint(b["destinationId"]))
	})
	return payload(all)
}

func (m *Mall) getDestination(c *call) fake.Reply {
	d, ok := m.places[c.vars[0]]
	if !ok {
		return m.notFound()
	}
	return payload(d)
}

func (m *Mall) deleteDestination(c *call) fake.Reply {
	if _, ok := m.places[c.vars[0]]; !ok {
		return m.notFound()
	}
	delete(m.places, c.vars[0])
	return fake.JSON(http.StatusOK, object{})
}

func (m *Mall) createSubscription(c *call) fake.Reply {
	var body struct {
		Version     string `json:"payloadVersion"`
		Destination string `json:"destinationId"`
		Directive   object `json:"processingDirective"`
	}
	if err := json.Unmarshal(c.Payload, &body); err != nil || body.Version == "" ||
		m.places[body.Destination] == nil {
		return m.invalid("The destination does not exist.")
	}
	if m.subs[c.vars[0]] != nil {
		return m.fail(http.StatusConflict, "Conflict",
			"A subscription for this notification type already exists.", "")
	}
	m.serial++
	m.subs[c.vars[0]] = object{"subscriptionId": fmt.Sprintf("mihon-subscription-%04d", m.serial),
		"payloadVersion": body.Version, "destinationId": body.Destination}.
		set("processingDirective", body.Directive)
	return payload(m.subs[c.vars[0]])
}

func (m *Mall) getSubscription(c *call) fake.Reply {
	s, ok := m.subs[c.vars[0]]
	if !ok {
		return m.notFound()
	}
	return payload(s)
}

func (m *Mall) getSubscriptions(c *call) fake.Reply {
	kind := c.URL.Query().Get("notificationTypes")
	if kind == "" {
		return m.invalid("notificationTypes is required.")
	}
	list := []any{}
	if s, ok := m.subs[kind]; ok {
		list = append(list, s)
	}
	return payload(object{"subscriptions": list})
}

func (m *Mall) byID(c *call) (object, bool) {
	s, ok := m.subs[c.vars[0]]
	return s, ok && s["subscriptionId"] == c.vars[1]
}

func (m *Mall) getSubscriptionByID(c *call) fake.Reply {
	s, ok := m.byID(c)
	if !ok {
		return m.notFound()
	}
	return payload(s)
}

func (m *Mall) deleteSubscription(c *call) fake.Reply {
	if _, ok := m.byID(c); !ok {
		return m.notFound()
	}
	delete(m.subs, c.vars[0])
	return fake.JSON(http.StatusOK, object{})
}

// testNotification works in the sandbox only, which the fake recognises by its host.
func (m *Mall) testNotification(c *call) fake.Reply {
	if !strings.HasPrefix(c.Host, "sandbox.") {
		return m.fail(http.StatusForbidden, "Unauthorized", denied, "")
	}
	return fake.JSON(http.StatusOK, object{})
}

// RegisterRotationQueue registers the queue for new client secrets, as a developer does in the
// console.
func (m *Mall) RegisterRotationQueue() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rotates = true
}

// Notifications takes the messages out of the queue, as SQS message bodies: the new client secret
// after a rotation and, once, from 90 days before it expires, the notice that it does.
func (m *Mall) Notifications() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.announce(time.Now())
	sent := m.queue
	m.queue = nil
	return sent
}

// rotateSecret puts a new client secret into the queue. The old one works for seven more days.
func (m *Mall) rotateSecret(*call) fake.Reply {
	if !m.rotates {
		return m.invalid("The application has no destination queue registered.")
	}
	now := time.Now()
	m.serial++
	m.secret = secret{current: fmt.Sprintf("amzn1.oa2-cs.v1.mihon-rotated-%04d", m.serial),
		old: m.secret.current, oldEnds: now.AddDate(0, 0, 7),
		issued: now, ends: now.AddDate(0, 0, 180)}
	message, err := json.Marshal(object{
		"notificationVersion": "1.0", "notificationType": "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
		"payloadVersion": "2023-11-30", "eventTime": stamp(now),
		"payload": object{"applicationOAuthClientNewSecret": object{
			"clientId": m.options.ClientID, "newClientSecret": m.secret.current,
			"newClientSecretExpiryTime": stamp(now.AddDate(0, 0, 180)),
			"oldClientSecretExpiryTime": stamp(m.secret.oldEnds),
		}},
		"notificationMetadata": object{"applicationId": "amzn1.sp.solution.mihon",
			"subscriptionId": "mihon", "publishTime": stamp(now),
			"notificationId": fmt.Sprintf("mihon-notification-%04d", m.serial)},
	})
	if err != nil {
		return fake.Text(http.StatusInternalServerError, err.Error())
	}
	m.queue = append(m.queue, string(message))
	return fake.Reply{Status: http.StatusNoContent}
}
