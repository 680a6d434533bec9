package wire

// room says how many elements a full list of n should grow by. Lists double. The
// outermost list of a document is most of the document, so once a few of its
// elements are read, their length tells how many there are in all: used bytes
// for n elements, of size bytes from the start of the list to the end of the
// document.
func room(n, lists, used, size int) int {
	if n < 8 || lists > 0 {
		return max(1, n)
	}
	all := n * size / max(1, used)
	return min(max(all-n+1, n/4), 4*n+64)
}
