// Package kit holds what the clients of all malls are built with: every write of package order
// goes through [Writer.Write], whichever the mall. A mall adds its tables, its wire structs and
// its texts.
package kit
