package pgstore_test

import (
	"testing"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"

	"example.com/jpmall-worker/pgstore"
)

// TestCredentialsAreAStore: what package credential promises of a store, on PostgreSQL; another
// process is another value.
func TestCredentialsAreAStore(t *testing.T) {
	credentialtest.TestStore(t, func() (*credentialtest.Store, error) {
		db := open(t)
		again := func() (credential.Store, error) { return pgstore.Credentials{DB: db}, nil }
		return &credentialtest.Store{Store: pgstore.Credentials{DB: db}, Reopen: again, Beside: again}, nil
	})
}
