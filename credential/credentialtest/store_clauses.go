package credentialtest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func refusesKeys(s *Store) error {
	for name, k := range map[string]string{"no key": "",
		"a key that is too long": strings.Repeat("k", credential.MaxKey+1)} {
		if _, err := s.Store.Save(context.Background(), k, []byte(`1`), ""); err == nil {
			return fmt.Errorf("%s was taken", name)
		}
		if _, err := s.Store.Load(context.Background(), k); err == nil {
			return fmt.Errorf("%s was looked for", name)
		}
	}
	return nil
}

func refusesValues(s *Store) error {
	for name, value := range map[string][]byte{
		"no JSON":                  []byte(`{"a":`),
		"an empty value":           {},
		"a value that is too long": []byte(`"` + strings.Repeat("a", credential.MaxValue) + `"`),
	} {
		if _, err := s.Store.Save(context.Background(), key, value, ""); err == nil {
			return fmt.Errorf("%s was taken", name)
		}
		if err := holds(s.Store, key, "", ""); err != nil {
			return fmt.Errorf("%s was refused: %w", name, err)
		}
	}
	return nil
}

func quotesNothing(s *Store) error {
	const secret = "a-secret-that-shows-nowhere"
	refused := func(value, version string) error {
		_, err := s.Store.Save(context.Background(), key, []byte(value), version)
		if err == nil {
			return errors.New("a save that is to be refused was taken")
		}
		if strings.Contains(err.Error(), secret) {
			return errors.New("an error quotes the value, which may be secret")
		}
		return nil
	}
	if _, err := s.save(`"`+secret+`"`, ""); err != nil {
		return err
	}
	return errors.Join(refused(`"`+secret, ""), refused(`"`+secret+`2"`, ""))
}

func obeysContext(s *Store) error {
	version, err := s.save(`1`, "")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Store.Load(ctx, key); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("with a context that has ended, Load gives context.Canceled, not: %w",
			orNone(err))
	}
	if _, err := s.Store.Save(ctx, key, []byte(`2`), version); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("with a context that has ended, Save gives context.Canceled, not: %w",
			orNone(err))
	}
	return holds(s.Store, key, `1`, version)
}

// oneWins: of concurrent saves with one version, one is stored and the others are conflicts.
func oneWins(s *Store) error {
	version, err := s.save(`"nobody"`, "")
	if err != nil {
		return err
	}
	const many = 8
	var versions [many]string
	var errs [many]error
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			versions[i], errs[i] = s.Store.Save(context.Background(), key, []byte(strconv.Itoa(i)),
				version)
		})
	}
	wg.Wait()
	winner := -1
	for i, err := range errs {
		switch {
		case err == nil && winner >= 0:
			return errors.New("two saves in one version were stored")
		case err == nil:
			winner = i
		case !errors.Is(err, order.ErrConflict):
			return fmt.Errorf("a save that came too late is order.ErrConflict, not: %w", err)
		}
	}
	if winner < 0 {
		return errors.New("of the saves in one version none was stored")
	}
	return holds(s.Store, key, strconv.Itoa(winner), versions[winner])
}

// losesNoUpdate calls credential.Update on one key and on others, from many goroutines; all have
// loaded before the first one saves.
func losesNoUpdate(s *Store) error {
	const many, each = 4, 8
	errs := make([]error, many)
	var wg, loaded sync.WaitGroup
	loaded.Add(many)
	for i := range many {
		wg.Go(func() {
			arrived := sync.OnceFunc(loaded.Done)
			defer arrived()
			count := func(old []byte) ([]byte, error) {
				arrived()
				loaded.Wait()
				n, _ := strconv.Atoi(string(old)) // nil is the first
				return []byte(strconv.Itoa(n + 1)), nil
			}
			for range each {
				errs[i] = errors.Join(errs[i],
					credential.Update(context.Background(), s.Store, key, count),
					credential.Update(context.Background(), s.Store, "own/"+strconv.Itoa(i), count))
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for k, want := range map[string]int{key: many * each, "own/0": each} {
		e, err := s.Store.Load(context.Background(), k)
		if err != nil {
			return fmt.Errorf("calling Load: %w", err)
		}
		if got, _ := strconv.Atoi(string(e.Value)); got != want {
			return fmt.Errorf("%d updates of %q were stored, and it counts %d", want, k, got)
		}
	}
	return nil
}

func reopens(s *Store) error {
	version, err := s.save(`{"n":1}`, "")
	if err != nil {
		return err
	}
	gone, err := saveIn(s.Store, "gone", `1`, "")
	if err != nil {
		return err
	}
	if _, err := s.Store.Save(context.Background(), "gone", nil, gone); err != nil {
		return fmt.Errorf("a nil value removes: %w", err)
	}
	again, err := s.Reopen()
	if err != nil {
		return fmt.Errorf("calling Reopen: %w", err)
	}
	return errors.Join(holds(again, key, `{"n":1}`, version), holds(again, "gone", "", ""))
}

func reopensVersions(s *Store) error {
	one, err := s.save(`1`, "")
	if err != nil {
		return err
	}
	two, err := s.save(`2`, one)
	if err != nil {
		return err
	}
	gone, err := s.Store.Save(context.Background(), key, nil, two)
	if err != nil || gone != "" {
		return fmt.Errorf("a nil value removes, and gives no version: %w", orNone(err))
	}
	again, err := s.Reopen()
	if err != nil {
		return fmt.Errorf("calling Reopen: %w", err)
	}
	three, err := saveIn(again, key, `3`, "")
	if err == nil && (three == one || three == two) {
		err = fmt.Errorf("the version %q has come back after a restart", three)
	}
	return err
}

func isShared(s *Store) error {
	version, err := s.save(`1`, "")
	if err != nil {
		return err
	}
	other, err := s.Beside()
	if err != nil {
		return fmt.Errorf("calling Beside: %w", err)
	}
	if err := holds(other, key, `1`, version); err != nil {
		return err
	}
	now, err := saveIn(other, key, `2`, version)
	if err != nil {
		return err
	}
	if err := conflicts(s.Store, []byte(`3`), version); err != nil {
		return fmt.Errorf("the other one has saved: %w", err)
	}
	return holds(s.Store, key, `2`, now)
}

// tells checks how many notices a pass of a new Monitor over a store sends about keys that expire
// in three days, one per shop.
func tells(store credential.Store, monitor string, began time.Time, want int) error {
	var keys []credential.Record
	for _, shop := range []string{"10000001", "10000002"} {
		keys = append(keys, credential.Record{Mall: order.AuPay, Shop: shop,
			Kind: credential.KindAPIKey, Start: began})
	}
	m, err := credential.NewMonitor(credential.MonitorConfig{
		Records: credential.Static(keys), Store: store, Name: monitor,
		Notifier: credential.NotifierFunc(
			func(context.Context, credential.Notice) error { return nil }),
	})
	if err != nil {
		return err
	}
	report, err := m.Run(context.Background())
	if err == nil && len(report.Notices) != want {
		err = fmt.Errorf("a pass of a Monitor told %d notices, and there were %d to tell",
			len(report.Notices), want)
	}
	return err
}

func endsInThreeDays() time.Time { return time.Now().AddDate(0, 0, -87) }

// tellsOnce: each Monitor is a new one, as after a restart.
func tellsOnce(s *Store) error {
	began := endsInThreeDays()
	return errors.Join(tells(s.Store, "", began, 2), tells(s.Store, "", began, 0))
}

// tellsApart: monitors with different names remember separately.
func tellsApart(s *Store) error {
	began := endsInThreeDays()
	return errors.Join(tells(s.Store, "day", began, 2), tells(s.Store, "night", began, 2),
		tells(s.Store, "day", began, 0))
}

func tellsOnceReopened(s *Store) error {
	began := endsInThreeDays()
	if err := tells(s.Store, "", began, 2); err != nil {
		return err
	}
	again, err := s.Reopen()
	if err != nil {
		return fmt.Errorf("calling Reopen: %w", err)
	}
	return tells(again, "", began, 0)
}
