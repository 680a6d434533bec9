package credentialtest_test

import (
	"path/filepath"
	"testing"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"
)

// A store of your own is opened anew for each clause; here it is a file.
func ExampleTestStore() {
	_ = func(t *testing.T) {
		credentialtest.TestStore(t, func() (*credentialtest.Store, error) {
			path := filepath.Join(t.TempDir(), "keys.json")
			open := func() (credential.Store, error) { return credential.OpenFile(credential.FileConfig{Path: path}) }
			store, err := open()
			return &credentialtest.Store{Store: store, Reopen: open, Beside: open}, err
		})
	}
}
