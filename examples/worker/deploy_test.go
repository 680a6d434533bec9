package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
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

// wanted is a label that an expression reads, with the values that it asks for, if any.
type wanted struct {
	label  string
	values []string
}

// selected parses an expression as Prometheus does, and gives each metric that it reads, with the
// labels that it wants of it.
func selected(t *testing.T, expr string) map[string][]wanted {
	t.Helper()
	parsed, err := parser.NewParser(parser.Options{}).ParseExpr(expr)
	require.NoError(t, err, expr)
	all := map[string][]wanted{}
	parser.Inspect(parsed, func(n parser.Node, path []parser.Node) error {
		v, ok := n.(*parser.VectorSelector)
		if !ok {
			return nil
		}
		require.NotEmpty(t, v.Name, expr)
		for _, m := range v.LabelMatchers {
			w := wanted{label: m.Name}
			if m.Name != "__name__" {
				w.values = strings.Split(m.Value, "|") // of a regular expression, the alternatives
			}
			all[v.Name] = append(all[v.Name], w)
		}
		for _, outer := range path {
			if a, ok := outer.(*parser.AggregateExpr); ok {
				for _, label := range a.Grouping {
					all[v.Name] = append(all[v.Name], wanted{label: label})
				}
			}
		}
		return nil
	})
	require.NotEmpty(t, all, expr)
	return all
}

// metrics are the values of each label of each metric.
type metrics map[string]map[string]map[string]bool

// emitted are the metrics of /metrics with their labels and the labels' values, as Prometheus would
// store them.
func emitted(t *testing.T, text string) metrics {
	t.Helper()
	reader := expfmt.NewTextParser(model.UTF8Validation)
	families, err := reader.TextToMetricFamilies(strings.NewReader(text))
	require.NoError(t, err)
	all := metrics{}
	for name, f := range families {
		labels := map[string]map[string]bool{"__name__": {}}
		for _, m := range f.Metric {
			for _, l := range m.Label {
				if labels[l.GetName()] == nil {
					labels[l.GetName()] = map[string]bool{}
				}
				labels[l.GetName()][l.GetValue()] = true
			}
		}
		if f.GetType() != dto.MetricType_HISTOGRAM {
			all[name] = labels
			continue
		}
		all[name+"_count"], all[name+"_sum"] = labels, labels
		bucket := maps.Clone(labels)
		bucket["le"] = nil
		all[name+"_bucket"] = bucket
	}
	return all
}

// closed are the labels whose values are of a closed set, and may be asked for.
func closed() map[string][]string {
	passes := []string{"ok", "store"}
	for _, c := range order.Classes() {
		passes = append(passes, c.Error())
	}
	var states, outcomes []string
	for s := range credential.Expired + 1 {
		states = append(states, s.String())
	}
	for o := range order.NotSent + 1 {
		outcomes = append(outcomes, o.String())
	}
	return map[string][]string{
		"jpmall_worker_shops{jpmall_state}":                         {"ok", "failing", "parked", "paused"},
		"jpmall_worker_pass_duration_seconds_count{jpmall_outcome}": passes,
		"jpmall_worker_shipments_total{jpmall_outcome}":             outcomes,
		"jpmall_credential_state{jpmall_state}":                     states,
		"jpmall_feed_lag_seconds{jpmall_kind}":                      {"new", "status", "detail"},
		"jpmall_feed_queue{jpmall_kind}":                            {"trouble", "nudged"},
		"jpmall_wait_duration_seconds_bucket{jpmall_reason}":        {"quota", "backoff"},
	}
}

// unknown names the first metric, label or value of an expression that is not emitted; empty when
// all are. A value counts as emitted when its closed set has it: nothing fails in most runs.
func unknown(t *testing.T, expr string, there metrics, sets map[string][]string) string {
	t.Helper()
	for name, all := range selected(t, expr) {
		if there[name] == nil {
			return name
		}
		for _, w := range all {
			label := name + "{" + w.label + "}"
			if _, ok := there[name][w.label]; !ok {
				return label
			}
			for _, value := range w.values {
				if !slices.Contains(sets[label], value) {
					return label + " " + value
				}
			}
		}
	}
	return ""
}

// TestDeployed: the unit and the container start the program with arguments that it has.
func TestDeployed(t *testing.T) {
	t.Setenv("DATABASE_URL", "postgres://db.example/orders")
	unit, err := os.ReadFile("deploy/jpmall-worker@.service")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(unit), "\nExecStart=")
	require.True(t, found)
	line, _, _ := strings.Cut(rest, "\n")
	command := strings.Fields(strings.ReplaceAll(line, "%i", "1"))
	o, err := parse(command[1:], io.Discard)
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:9461", o.listen)

	file, err := os.ReadFile("deploy/Containerfile")
	require.NoError(t, err)
	_, rest, found = strings.Cut(string(file), "\nENTRYPOINT ")
	require.True(t, found)
	require.NoError(t, json.Unmarshal([]byte(rest), &command))
	o, err = parse(command[1:], io.Discard)
	require.NoError(t, err)
	require.Equal(t, ":9464", o.listen)
}

// TestExpressionsAreChecked: what would be wrong with a rule is found.
func TestExpressionsAreChecked(t *testing.T) {
	there := metrics{"a_total": {"__name__": {}, "mall": {"x": true}}}
	sets := map[string][]string{"a_total{mall}": {"x", "y"}}
	find := func(expr string) string { return unknown(t, expr, there, sets) }
	require.Empty(t, find(`sum by (mall) (rate(a_total{mall="x"}[5m])) > 0`))
	require.Empty(t, find(`a_total{mall=~"x|y"}`))
	require.Equal(t, "b_total", find(`a_total / b_total`))
	require.Equal(t, "a_total{shop}", find(`sum by (shop) (a_total)`))
	require.Equal(t, "a_total{state}", find(`a_total{state="x"}`))
	require.Equal(t, "a_total{mall} z", find(`a_total{mall="z"}`))
	require.Equal(t, "a_total{mall} z", find(`a_total{mall=~"x|z"}`))
	_, err := parser.NewParser(parser.Options{}).ParseExpr(`sum(rate(a_total))`) // rate wants a range
	require.Error(t, err)
}

// demo runs the program as somebody does who tries it, and gives what it says of itself until the
// outbox gave changes.
func demo(ctx context.Context, t *testing.T, args ...string) (says map[string]string, ended <-chan error) {
	t.Helper()
	out, in := io.Pipe()
	end := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"-demo", "-listen", "127.0.0.1:0"}, args...), in, io.Discard)
		_ = in.CloseWithError(err)
		end <- err
	}()
	says = map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		says[name] = value
		if strings.Contains(value, " changes ") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return says, end
		}
	}
	t.Fatal("no changes came out of the outbox: ", <-end)
	return nil, nil
}

// TestDemoOnAGivenDatabase: where DATABASE_URL names one, it is used, and no other is started.
func TestDemoOnAGivenDatabase(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 2*patience)
	defer stop()
	database, url := open(t)
	t.Setenv("DATABASE_URL", url)
	says, ended := demo(ctx, t, "-shops", "1")
	require.NotContains(t, says, "database")
	var n int
	require.NoError(t, database.QueryRow(ctx, `SELECT count(*) FROM shops`).Scan(&n))
	require.Equal(t, 1, n)
	stop()
	require.NoError(t, <-ended)
}

// TestDemo starts a database of its own, and holds rules and dashboard against what is emitted.
func TestDemo(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithTimeout(t.Context(), 2*patience)
	defer stop()
	says, ended := demo(ctx, t, "-database", "", "-shops", "4")
	address := strings.TrimSuffix(says["metrics"], "/metrics")
	database, err := pgxpool.New(ctx, says["database"])
	require.NoError(t, err)
	defer database.Close()
	for _, path := range []string{"/healthz", "/readyz"} {
		require.Equal(t, http.StatusOK, get(t, address+path, nil), path)
	}
	_, err = database.Exec(ctx, `UPDATE shops SET label_layout = 'clickpost'`)
	require.NoError(t, err)
	// A shop whose second pass went well and a shipment that was refused, so that all metrics are
	// there.
	_, err = database.Exec(ctx, `INSERT INTO shipments (mall, shop, order_id, carrier, numbers, shipped)
		SELECT mall, shop, 'no-such-order', 'yamato', '{000000000001}', now() FROM shops`)
	require.NoError(t, err)
	_, err = database.Exec(ctx, `INSERT INTO shops (mall, shop, every) VALUES ('rakuten', 'without-keys', '1 second')`)
	require.NoError(t, err) // it is parked
	sets := closed()
	require.Eventually(t, func() bool {
		var text strings.Builder
		get(t, address+"/metrics", &text)
		there := emitted(t, text.String())
		for _, expr := range expressions(t) {
			if missing := unknown(t, expr, there, sets); missing != "" {
				t.Log(missing, "is not there yet")
				return false
			}
		}
		for label, set := range sets {
			name, of, _ := strings.Cut(strings.TrimSuffix(label, "}"), "{")
			require.Subset(t, set, slices.Collect(maps.Keys(there[name][of])), label)
		}
		if !there["jpmall_worker_shops"]["jpmall_state"]["parked"] {
			return false
		}
		require.NotContains(t, text.String(), "no-such-order")
		return true
	}, patience, time.Second)
	require.Eventually(t, func() bool {
		var files, orders, keys int
		require.NoError(t, database.QueryRow(ctx,
			`SELECT count(*), coalesce(sum(labels), 0) FROM label_files`).Scan(&files, &orders))
		require.NoError(t, database.QueryRow(ctx, `SELECT count(*) FROM label_keys`).Scan(&keys))
		return files > 0 && keys == orders
	}, patience, time.Second, "label files are written, each label once")
	database.Close()
	stop()
	require.NoError(t, <-ended)
	_, err = http.Get(address + "/healthz")
	require.Error(t, err, "nothing goes on behind its back")
	_, err = pgx.Connect(t.Context(), says["database"])
	require.Error(t, err, "nor does its database")
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
