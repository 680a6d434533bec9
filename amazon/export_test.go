package amazon

import "github.com/jpmall/jpmall/internal/transport"

// Table is the operation table, for tests of the whole of it.
func Table() []transport.Operation { return operations(false) }
