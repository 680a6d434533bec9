package credentialtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Notifier is a [credential.Notifier] under test, opened for one clause. Notifier and Told are
// required.
type Notifier struct {
	Notifier credential.Notifier
	Told     func() int // returns how many notices were received so far
	// makes every later Notify fail; nil skips the clause about it
	Fail  func()
	Close func() // nil: there is nothing to close
}

// TestNotifier tests what [credential.Notifier] promises. It calls open once within each clause,
// and once before, to see which clauses apply.
func TestNotifier[Self T[Self]](t Self, open func() (*Notifier, error)) {
	t.Helper()
	test(t, func() (*Notifier, func(), error) {
		n, err := open()
		switch {
		case err != nil:
			return nil, nil, err
		case n == nil || n.Notifier == nil || n.Told == nil:
			return nil, nil, errors.New("credentialtest: Notifier.Notifier and Told are required")
		case n.Close == nil:
			return n, func() {}, nil
		}
		return n, n.Close, nil
	}, func(probe *Notifier) []clause[*Notifier] {
		list := []clause[*Notifier]{
			{"tells every event", tellsEvents},
			{"cancelled", tellsOrFails},
			{"concurrent", tellsConcurrently},
		}
		if probe.Fail != nil {
			list = append(list, clause[*Notifier]{"a failure is an error", tellsFailure})
		}
		return list
	})
}

// notices returns one notice of each event, built by a Monitor.
func notices() ([]credential.Notice, error) {
	now := time.Now()
	var all []credential.Notice
	m, err := credential.NewMonitor(credential.MonitorConfig{
		Records: credential.Static([]credential.Record{
			{Mall: order.AuPay, Shop: "10000001", Kind: credential.KindAPIKey,
				Start: now.AddDate(0, 0, -87)},
			{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindLicenseKey,
				Start: now.AddDate(0, 0, -100), Note: "見本"},
			{Mall: order.Yahoo, Shop: "mihon-store", Kind: credential.KindPublicKey, Name: "2"},
		}),
		Store: new(credential.Memory), Concurrency: 1,
		Notifier: credential.NotifierFunc(func(_ context.Context, n credential.Notice) error {
			all = append(all, n)
			return nil
		}),
	})
	if err != nil {
		return nil, err
	}
	_, err = m.Run(context.Background())
	return all, err
}

func tellsEvents(n *Notifier) error {
	all, err := notices()
	if err != nil {
		return err
	}
	for i, notice := range all {
		if err := n.Notifier.Notify(context.Background(), notice); err != nil {
			return fmt.Errorf("a notice of the event %s: %w", notice.Event, err)
		}
		if got := n.Told(); got != i+1 {
			return fmt.Errorf("after %d notices, the last of the event %s, %d were received", i+1,
				notice.Event, got)
		}
	}
	return nil
}

// tellsOrFails: an error means that nobody was notified, and no error that someone was, even when
// the context has ended.
func tellsOrFails(n *Notifier) error {
	all, err := notices()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	err = n.Notifier.Notify(ctx, all[0])
	switch got := n.Told(); {
	case err != nil && !errors.Is(err, context.Canceled):
		return fmt.Errorf("the context has ended, and the error is another: %w", err)
	case err != nil && got != 0:
		return fmt.Errorf("%d notices were received, and Notify says: %w", got, err)
	case err == nil && got != 1:
		return fmt.Errorf("%d notices were received, and no error says so", got)
	}
	return nil
}

func tellsConcurrently(n *Notifier) error {
	all, err := notices()
	if err != nil {
		return err
	}
	const each = 4
	errs := make([]error, each*len(all))
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = n.Notifier.Notify(context.Background(), all[i%len(all)]) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if got := n.Told(); got != len(errs) {
		return fmt.Errorf("%d notices were told at the same time, and %d were received", len(errs),
			got)
	}
	return nil
}

func tellsFailure(n *Notifier) error {
	all, err := notices()
	if err != nil {
		return err
	}
	n.Fail()
	for _, notice := range all {
		if err := n.Notifier.Notify(context.Background(), notice); err == nil {
			return errors.New(
				"nobody can be told, and no error says so: a Monitor would never tell it again")
		}
	}
	return nil
}
