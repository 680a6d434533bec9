package credential_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// The state of a license key that was issued on 30 August.
func ExampleAssess() {
	var rules credential.Rulebook
	rule, _ := rules.Rule(order.Rakuten, credential.KindLicenseKey)
	record := credential.Record{
		Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindLicenseKey,
		Start: time.Date(2026, 8, 30, 11, 0, 0, 0, order.JST),
	}
	x := credential.Assess(rule, record, time.Date(2026, 11, 23, 9, 0, 0, 0, order.JST))
	fmt.Println(x.State, x.End.Format(time.DateTime), x.Days, "days left")
	fmt.Println(x.Why.EN)

	// What the mall reports takes precedence.
	record.Observed = credential.Observation{At: time.Date(2026, 11, 23, 9, 0, 0, 0, order.JST),
		State: credential.Expired}
	fmt.Println(credential.Assess(rule, record, record.Observed.At).State)
	// Output:
	// expiring 2026-11-28 23:59:59 5 days left
	// The end is computed: 90 days from issue (2026-08-30 11:00 JST).
	// expired
}

// A Monitor in a cron job: it sends new notices and remembers them in a file.
func ExampleMonitor() {
	folder, err := os.MkdirTemp("", "jpmall")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	store, err := credential.OpenFile(credential.FileConfig{Path: filepath.Join(folder, "credentials.json")})
	if err != nil {
		fmt.Println(err)
		return
	}
	records := []credential.Record{
		{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindServiceSecret},
		{Mall: order.AuPay, Shop: "10000001", Kind: credential.KindAPIKey, Start: time.Now().Add(-86 * 24 * time.Hour)},
	}
	for range 2 { // a program that runs twice
		monitor, err := credential.NewMonitor(credential.MonitorConfig{
			Records: credential.Static(records),
			Store:   store,
			Notifier: credential.NotifierFunc(func(_ context.Context, n credential.Notice) error {
				fmt.Println(n.Mall, n.Shop, n.Kind, n.State, n.Days, "days left")
				return nil
			}),
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		report, err := monitor.Run(context.Background())
		fmt.Println(len(report.Notices), "told, worst:", report.Worst(), err)
	}
	// Output:
	// aupay 10000001 api-key expiring 4 days left
	// 1 told, worst: expiring <nil>
	// 0 told, worst: expiring <nil>
}

// A rotated token is stored before it is used, and only if no other process has rotated it.
func ExampleStore() {
	ctx := context.Background()
	var store credential.Store = new(credential.Memory) // or OpenFile
	token := credential.NewSecret("Atzr|demo")
	plain, err := token.MarshalPlain() // the only call that writes a secret unredacted
	if err != nil {
		fmt.Println(err)
		return
	}
	version, err := store.Save(ctx, "token/amazon/A0DEMOSELLER00", plain, "")
	fmt.Println("saved:", err)

	_, err = store.Save(ctx, "token/amazon/A0DEMOSELLER00", []byte(`"Atzr|late"`), "")
	fmt.Println("too late:", errors.Is(err, order.ErrConflict))

	entry, err := store.Load(ctx, "token/amazon/A0DEMOSELLER00")
	if err != nil {
		fmt.Println(err)
		return
	}
	var winner credential.Secret
	err = json.Unmarshal(entry.Value, &winner)
	fmt.Println(winner == token, entry.Version == version, winner, err)
	// Output:
	// saved: <nil>
	// too late: true
	// true true [redacted] <nil>
}

// A rule for another mall, beside the built-in ones.
func ExampleNewRulebook() {
	rules, err := credential.NewRulebook(credential.Rule{
		Mall: "qoo10", Kind: "qapi-key", Name: credential.Text{JA: "QAPIキー", EN: "QAPI key"},
		Lifetimes: []credential.Lifetime{{Months: 12}}, From: credential.FromIssue,
		Renewal: credential.RenewedByPerson,
		Where:   credential.Text{JA: "QSMのAPI設定画面", EN: "QSM, API settings"},
		Steps:   []credential.Text{{JA: "キーを再発行します。", EN: "Issue the key again."}},
		Warn:    []time.Duration{30 * 24 * time.Hour, 7 * 24 * time.Hour},
		Sure:    credential.Reported,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	rule, ok := rules.Rule("qoo10", "qapi-key")
	fmt.Println(rule.Name.EN, ok, len(rules.Rules())-len(credential.Rules()))
	// Output: QAPI key true 1
}
