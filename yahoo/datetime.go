package yahoo

// DateTime is an instant as the mall writes it.
type DateTime string

// Date is a day as the mall writes it.
type Date string
