package rakuten

import (
	"reflect"

	"github.com/jpmall/jpmall/internal/wire"
)

// decode reads a reply into out. Of a document that is broken nothing is kept: an order that ends in the middle looks whole.
func decode(body []byte, out any) ([]wire.Problem, error) {
	problems, err := wire.JSON(body, out)
	if err != nil {
		reflect.ValueOf(out).Elem().SetZero()
	}
	return problems, err
}
