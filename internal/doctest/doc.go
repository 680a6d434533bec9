// Package doctest holds the doc comments of all packages to the code: names that they mention
// exist.
package doctest
