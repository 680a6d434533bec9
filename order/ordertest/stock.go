package ordertest

import (
	"context"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/order"
)

// StockSubject is a shop whose stock is tested.
type StockSubject struct {
	Keeper  order.StockKeeper
	Ready   []order.SKU // at least two SKUs of the shop; their stock is changed
	Unknown order.SKU   // one that the shop does not have
}

// TestStock tests the contract of [order.StockKeeper]. It calls open once for each clause. Each
// [StockSubject] must have a shop of its own.
func TestStock[Self T[Self]](t Self, open func() (*StockSubject, error)) {
	t.Helper()
	run(t, func() (*StockSubject, func(), error) {
		s, err := open()
		if err == nil && len(s.Ready) < 2 {
			err = errors.New("ordertest: StockSubject.Ready holds fewer than two SKUs")
		}
		return s, func() {}, err
	}, []clause[*StockSubject]{
		{"stock is read in order", stockIsReadInOrder},
		{"stock that is not there is named", missingStockIsNamed},
		{"stock of nothing", stockOfNothing},
		{"stock set shows", stockSetShows},
		{"stock set twice is the same", stockSetTwice},
		{"stock dry run changes nothing", stockDryRun},
		{"stock refuses one alone", stockRefusesOneAlone},
		{"stock cancelled", stockCancelled},
	})
}

// quantities reads the numbers of the subject's SKUs.
func (s *StockSubject) quantities() ([]int64, error) {
	got, err := s.Keeper.ReadStock(context.Background(), s.Ready...)
	if err != nil {
		return nil, err
	}
	all := make([]int64, len(got))
	for i, stock := range got {
		if i >= len(s.Ready) || stock.SKU != s.Ready[i] {
			return nil, fmt.Errorf("stock %d is of %s, not of what was asked for", i, stock.SKU)
		}
		all[i] = stock.Quantity
	}
	if len(all) != len(s.Ready) {
		return nil, fmt.Errorf("%d SKUs were asked for, %d came", len(s.Ready), len(all))
	}
	return all, nil
}

// others returns quantities that the SKUs do not have yet.
func (s *StockSubject) others() ([]order.Stock, error) {
	now, err := s.quantities()
	all := make([]order.Stock, len(now))
	for i, n := range now {
		all[i] = order.Stock{SKU: s.Ready[i], Quantity: n + int64(i) + 1}
	}
	return all, err
}

func (s *StockSubject) shows(want []order.Stock) error {
	got, err := s.quantities()
	if err != nil {
		return err
	}
	for i, n := range got {
		if n != want[i].Quantity {
			return fmt.Errorf("%s has %d, want %d", want[i].SKU, n, want[i].Quantity)
		}
	}
	return nil
}

func stockIsReadInOrder(s *StockSubject) error {
	if _, err := s.quantities(); err != nil {
		return err
	}
	s.Ready[0], s.Ready[1] = s.Ready[1], s.Ready[0]
	_, err := s.quantities()
	return err
}

func missingStockIsNamed(s *StockSubject) error {
	got, err := s.Keeper.ReadStock(context.Background(), s.Ready[0], s.Unknown)
	switch {
	case !errors.Is(err, order.ErrNotFound):
		return fmt.Errorf("a SKU that is not there is %w", cause(err))
	case len(got) != 1 || got[0].SKU != s.Ready[0]:
		return fmt.Errorf("beside a SKU that is not there %d others came, want 1", len(got))
	}
	return nil
}

func stockOfNothing(s *StockSubject) error {
	results, err := s.Keeper.WriteStock(context.Background(), nil, order.WriteOptions{})
	if err != nil || len(results) != 0 {
		return fmt.Errorf("nothing gave %d results and %w", len(results), cause(err))
	}
	return nil
}

func stockSetShows(s *StockSubject) error {
	want, err := s.others()
	if err != nil {
		return err
	}
	results, err := s.Keeper.WriteStock(context.Background(), want, order.WriteOptions{})
	if err != nil {
		return err
	}
	if err := stockResults(results, want, false); err != nil {
		return err
	}
	return s.shows(want)
}

func stockSetTwice(s *StockSubject) error {
	if err := stockSetShows(s); err != nil {
		return err
	}
	now, err := s.quantities()
	if err != nil {
		return err
	}
	same := make([]order.Stock, len(now))
	for i, n := range now {
		same[i] = order.Stock{SKU: s.Ready[i], Quantity: n}
	}
	if _, err := s.Keeper.WriteStock(context.Background(), same, order.WriteOptions{}); err != nil {
		return err
	}
	return s.shows(same)
}

func stockDryRun(s *StockSubject) error {
	want, err := s.others()
	if err != nil {
		return err
	}
	results, err := s.Keeper.WriteStock(context.Background(), want,
		order.WriteOptions{DryRun: true})
	if err != nil {
		return err
	}
	if err := stockResults(results, want, true); err != nil {
		return err
	}
	if s.shows(want) == nil {
		return errors.New("a dry run changed the stock")
	}
	return nil
}

func stockRefusesOneAlone(s *StockSubject) error {
	want, err := s.others()
	if err != nil {
		return err
	}
	bad := []order.Stock{
		{SKU: s.Unknown, Quantity: 1}, {SKU: want[0].SKU, Quantity: want[0].Quantity},
		{SKU: s.Ready[1], Quantity: -1},
	}
	results, err := s.Keeper.WriteStock(context.Background(), bad, order.WriteOptions{})
	if err == nil || len(results) != len(bad) {
		return fmt.Errorf("two bad elements of three gave %d results and %w", len(results),
			cause(err))
	}
	for i, want := range []struct {
		outcome order.Outcome
		class   error
	}{{order.Refused, order.ErrNotFound}, {order.Done, nil}, {order.Refused, order.ErrInvalid}} {
		r := results[i]
		if r.Outcome != want.outcome || want.class != nil &&
			(!errors.Is(r.Err, want.class) || !errors.Is(err, want.class)) {
			return fmt.Errorf("result %d is %s: %w", i, r.Outcome, cause(r.Err))
		}
		if r.Outcome == order.Refused && (r.Next.EN == "" || r.Next.JA == "") {
			return fmt.Errorf("result %d does not say in both languages what comes next", i)
		}
	}
	return nil
}

func stockCancelled(s *StockSubject) error {
	want, err := s.others()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	results, err := s.Keeper.WriteStock(ctx, want, order.WriteOptions{})
	if !errors.Is(err, context.Canceled) || len(results) != len(want) {
		return fmt.Errorf("with a cancelled context %d results came and %w", len(results),
			cause(err))
	}
	if s.shows(want) == nil {
		return errors.New("a write with a cancelled context was applied")
	}
	return nil
}

// stockResults checks the results of a write that succeeded.
func stockResults(results []order.Result, want []order.Stock, dry bool) error {
	if len(results) != len(want) {
		return fmt.Errorf("%d elements gave %d results", len(want), len(results))
	}
	for i, r := range results {
		switch {
		case r.SKU != want[i].SKU:
			return fmt.Errorf("result %d is of %s, want %s", i, r.SKU, want[i].SKU)
		case r.Outcome != order.Done || r.DryRun != dry:
			return fmt.Errorf("result %d is %s, dry run %t", i, r.Outcome, r.DryRun)
		case r.Mall == "" || r.Shop == "" || r.Ability != order.CanStock:
			return fmt.Errorf("result %d does not name mall, shop and ability", i)
		}
	}
	return nil
}

// cause returns an error that can be wrapped, even for nil.
func cause(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}
