package pgstore_test

import (
	"context"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"

	"example.com/jpmall-worker/internal/servertest"
	"example.com/jpmall-worker/pgstore"
)

// shopFeeds is an order.FeedStore of all shops that has a ShopFeed for each.
type shopFeeds struct {
	db    *pgxpool.Pool
	feeds sync.Map
}

func (s *shopFeeds) of(mall order.Mall, shop string) *pgstore.ShopFeed {
	f, _ := s.feeds.LoadOrStore(order.Ref{Mall: mall, Shop: shop}, pgstore.NewShopFeed(s.db, mall, shop))
	return f.(*pgstore.ShopFeed)
}

func (s *shopFeeds) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (int64, error) {
	return s.of(mall, shop).Load(ctx, mall, shop, row)
}

func (s *shopFeeds) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	return s.of(mall, shop).Save(ctx, mall, shop, version, changes)
}

// TestFeedStores is the whole contract of order.FeedStore, for both that are here.
func TestFeedStores(t *testing.T) {
	for name, make := range map[string]func(*pgxpool.Pool) order.FeedStore{
		"plain":       func(db *pgxpool.Pool) order.FeedStore { return pgstore.FeedStore{DB: db} },
		"with orders": func(db *pgxpool.Pool) order.FeedStore { return &shopFeeds{db: db} },
	} {
		t.Run(name, func(t *testing.T) {
			ordertest.TestFeedStore(t, func() (*ordertest.Store, error) {
				db, url := servertest.Open(t, postgres, pgstore.Migrate)
				return &ordertest.Store{
					Store: make(db),
					Reopen: func() (_ order.FeedStore, err error) {
						db.Close()
						db, err = pgxpool.New(t.Context(), url)
						return make(db), err
					},
					Close: func() { db.Close() },
				}, nil
			})
		})
	}
}
