package wire

import "strings"

// blockSize is the size of the blocks that decoded strings are packed into:
// about one order, so that a kept order number does not pin a whole page.
const blockSize = 4096

// An arena copies byte slices to strings with one allocation per block.
type arena struct {
	block strings.Builder
	// left is an upper bound for what is still to come, so that a short
	// document does not get a whole block.
	left int
}

// add copies p. Long texts get memory of their own, as they would fill a block.
func (a *arena) add(p []byte) string {
	if len(p) == 0 {
		return ""
	}
	if len(p) > blockSize/4 {
		return string(p)
	}
	if a.block.Cap()-a.block.Len() < len(p) {
		// The strings made so far keep the old block alive, the builder lets
		// go of it.
		a.block.Reset()
		a.block.Grow(max(len(p), min(blockSize, a.left)))
	}
	start := a.block.Len()
	a.block.Write(p)
	a.left -= len(p)
	return a.block.String()[start:]
}
