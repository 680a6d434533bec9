package rakuten

// Operations is the operation table, for tests that walk it.
var Operations = operations
