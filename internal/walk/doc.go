// Package walk is what is alike in the four malls' iterations of orders: time windows, pages, de-duplication, batches of
// detail calls, and which error ends an iteration.
//
// A mall's source.go describes itself in a Plan and hands it to Orders:
//
//	windows (Windows, halved when a window holds more than the mall exposes)
//	  -> pages (Search, until Page.More is false)
//	    -> rows not seen before and not Known
//	      -> batches (Detail, where a row is not the order itself)
//	        -> orders inside the window and of a wanted status
//
// Nothing here starts a goroutine or keeps state between iterations; leaving a loop early leaves nothing behind. Memory is one
// page, one batch of details, and the ids of the current and the previous window.
package walk
