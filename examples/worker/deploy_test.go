package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// expressions are those of the alert rules and of the dashboard.
func expressions(t *testing.T) (all []string) {
	t.Helper()
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	data, err := os.ReadFile("deploy/alerts.yml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(data, &rules))
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			require.NotEmpty(t, r.Expr, r.Alert)
			all = append(all, r.Expr)
		}
	}
	var board struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	data, err = os.ReadFile("deploy/dashboard.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &board))
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			all = append(all, target.Expr)
		}
	}
	require.Greater(t, len(all), 12)
	return all
}

var metricName = regexp.MustCompile(`\b(?:jpmall|http)_[a-z_]+[a-z]`)
var labelName = regexp.MustCompile(`\bjpmall_(?:mall|state|outcome)\b`)

// TestDemo runs the program as a newcomer does, and holds rules and dashboard against what it emits.
func TestDemo(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	database, url := open(t)
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"-demo", "-shops", "4", "-listen", "127.0.0.1:0", "-database", url}, in, io.Discard)
		_ = in.CloseWithError(err)
		ended <- err
	}()
	var address string
	changes := false
	for lines := bufio.NewScanner(out); !changes && lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "metrics "); ok {
			address = strings.TrimSuffix(rest, "/metrics")
		}
		changes = strings.Contains(lines.Text(), " changes ")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	require.True(t, changes, "the outbox gave changes")
	for _, path := range []string{"/healthz", "/readyz"} {
		require.Equal(t, http.StatusOK, get(t, address+path, nil), path)
	}
	_, err := database.Exec(ctx, `UPDATE shops SET label_layout = 'clickpost'`)
	require.NoError(t, err)
	// A shop whose second pass went well and a shipment that was refused, so that all metrics are there.
	_, err = database.Exec(ctx, `INSERT INTO shipments (mall, shop, order_id, carrier, numbers, shipped)
		SELECT mall, shop, 'no-such-order', 'yamato', '{000000000001}', now() FROM shops`)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		var text strings.Builder
		get(t, address+"/metrics", &text)
		parser := expfmt.NewTextParser(model.UTF8Validation)
		families, err := parser.TextToMetricFamilies(strings.NewReader(text.String()))
		require.NoError(t, err)
		for _, expr := range expressions(t) {
			names := metricName.FindAllString(expr, -1)
			found := 0
			for _, name := range names {
				if labelName.MatchString(name) && !strings.HasPrefix(name, "jpmall_worker") {
					continue // a label
				}
				found++
				base := strings.TrimSuffix(strings.TrimSuffix(name, "_count"), "_bucket")
				if families[name] == nil && families[base] == nil {
					t.Log(name, "is not there yet")
					return false
				}
			}
			require.NotZero(t, found, expr)
			require.Equal(t, strings.Count(expr, "("), strings.Count(expr, ")"), expr)
		}
		for _, label := range []string{"jpmall_mall", "jpmall_state", "jpmall_outcome", `jpmall_outcome="ok"`} {
			require.Contains(t, text.String(), label)
		}
		require.NotContains(t, text.String(), "no-such-order")
		return true
	}, 60*time.Second, time.Second)
	require.Eventually(t, func() bool {
		var files, orders, keys, twice int
		require.NoError(t, database.QueryRow(ctx, `SELECT count(*), coalesce(sum(labels), 0) FROM label_files`).Scan(&files, &orders))
		require.NoError(t, database.QueryRow(ctx, `SELECT count(*) FROM label_keys`).Scan(&keys))
		require.NoError(t, database.QueryRow(ctx, `SELECT count(*) FROM (SELECT id FROM labelled GROUP BY mall, shop, id HAVING count(*) > 1) t`).Scan(&twice))
		return files > 0 && keys == orders && twice == 0
	}, 60*time.Second, time.Second, "label files are written")
	stop()
	require.NoError(t, <-ended)
	_, err = http.Get(address + "/healthz")
	require.Error(t, err, "nothing goes on behind its back")
}

func get(t *testing.T, url string, into *strings.Builder) int {
	t.Helper()
	reply, err := http.Get(url)
	require.NoError(t, err)
	defer func() { require.NoError(t, reply.Body.Close()) }()
	body, err := io.ReadAll(reply.Body)
	require.NoError(t, err)
	if into != nil {
		into.Write(body)
	}
	return reply.StatusCode
}
