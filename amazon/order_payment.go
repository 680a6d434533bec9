package amazon

// OrderPayment is how the order is paid.
type OrderPayment struct {
	PaymentExecutions []PaymentExecution `json:"paymentExecutions,omitempty"`
}

// PaymentExecution is one part of the payment. A cash-on-delivery order may be paid in part with
// points or a gift card.
type PaymentExecution struct {
	PaymentMethod     PaymentMethod `json:"paymentMethod,omitempty"`
	PaymentAmount     Money         `json:"paymentAmount,omitzero"`
	AcquirerID        string        `json:"acquirerId,omitempty"`        // Brazil
	CardBrand         string        `json:"cardBrand,omitempty"`         // Brazil
	AuthorizationCode string        `json:"authorizationCode,omitempty"` // Brazil
}

// OrderTax is tax data of the order outside Japan.
type OrderTax struct {
	TaxRegistrations []OrderTaxRegistration `json:"taxRegistrations,omitempty"`
	TaxInvoicing     *OrderTaxInvoicing     `json:"taxInvoicing,omitempty"`
}

// OrderTaxRegistration is one tax registration.
type OrderTaxRegistration struct {
	EntityType                TaxEntity                  `json:"entityType,omitempty"`
	LegalName                 string                     `json:"legalName,omitempty"`
	TaxRegistrationType       TaxRegistrationType        `json:"taxRegistrationType,omitempty"`
	TaxRegistrationNumber     string                     `json:"taxRegistrationNumber,omitempty"`
	TaxRegistrationAddress    *CustomerAddress           `json:"taxRegistrationAddress,omitempty"`
	TaxRegistrationAttributes []TaxRegistrationAttribute `json:"taxRegistrationAttributes,omitempty"`
}

// TaxRegistrationAttribute is a further value of a tax registration.
type TaxRegistrationAttribute struct {
	Key   string `json:"key,omitempty"`
	Value string `json:"value,omitempty"`
}

// OrderTaxInvoicing is the state of the invoice outside Japan.
type OrderTaxInvoicing struct {
	BuyerInvoicePreference InvoicePreference `json:"buyerInvoicePreference,omitempty"` // Turkey
	// Easy Ship and Brazil
	InvoiceStatus InvoiceStatus `json:"invoiceStatus,omitempty"`
}

// DeliveryPreference is what the buyer says about the destination. The delivery slot is elsewhere,
// in [ItemShipping.ScheduledDeliveryWindow].
type DeliveryPreference struct {
	DropOffLocation      string                 `json:"dropOffLocation,omitempty"` // 置き配
	AddressInstruction   string                 `json:"addressInstruction,omitempty"`
	DeliveryTime         *PreferredDeliveryTime `json:"deliveryTime,omitempty"`
	DeliveryCapabilities []DeliveryCapability   `json:"deliveryCapabilities,omitempty"`
}

// PreferredDeliveryTime holds the business hours of the destination (Amazon Business).
type PreferredDeliveryTime struct {
	BusinessHours  []BusinessHour  `json:"businessHours,omitempty"`
	ExceptionDates []ExceptionDate `json:"exceptionDates,omitempty"`
}

// BusinessHour holds the hours of one day of the week.
type BusinessHour struct {
	DayOfWeek   DayOfWeek    `json:"dayOfWeek,omitempty"`
	TimeWindows []TimeWindow `json:"timeWindows,omitempty"`
}

// ExceptionDate is a day with other business hours.
type ExceptionDate struct {
	ExceptionDate     Date              `json:"exceptionDate,omitempty"`
	ExceptionDateType ExceptionDateType `json:"exceptionDateType,omitempty"`
	TimeWindows       []TimeWindow      `json:"timeWindows,omitempty"`
}

// TimeWindow is a part of the day.
type TimeWindow struct {
	StartTime HourMinute `json:"startTime,omitzero"`
	EndTime   HourMinute `json:"endTime,omitzero"`
}

// HourMinute is a time of day at the destination.
type HourMinute struct {
	Hour   int64 `json:"hour,omitempty"` // 0 to 23
	Minute int64 `json:"minute,omitempty"`
}
