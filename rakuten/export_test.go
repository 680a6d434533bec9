package rakuten

// Operations is the operation table, for tests that walk it.
var Operations = operations

// CodeForm is for a fuzz target: codes come from the mall.
var CodeForm = codeForm
