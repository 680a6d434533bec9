// Package walk holds what the four malls' iterations of orders share: time windows, pages,
// de-duplication, batches of detail calls, and which error ends an iteration.
//
// A mall's source.go describes the mall in a Plan and passes it to Orders:
//
//	windows (Windows, cut again when one holds more than the mall exposes)
//	  -> pages (Search, until Page.More is false)
//	    -> rows not seen before and not Known
//	      -> batches (Detail, where a row is not the order itself)
//	        -> orders inside the window and of a wanted status
//
// Nothing here starts a goroutine or keeps state between iterations; leaving a loop early leaves
// nothing behind. Memory is one page, one batch of details, and the ids of the current and the
// previous window.
package walk
