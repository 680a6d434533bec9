package amazon

import "encoding/json"

// V0OrderAddress is where an order goes.
type V0OrderAddress struct {
	AmazonOrderID       string                 `json:"AmazonOrderId"`
	BuyerCompanyName    string                 `json:"BuyerCompanyName,omitempty"`
	ShippingAddress     *V0Address             `json:"ShippingAddress,omitempty"`
	DeliveryPreferences *V0DeliveryPreferences `json:"DeliveryPreferences,omitempty"`
}

// V0Address is an address.
type V0Address struct {
	Name           string                   `json:"Name,omitempty"`
	CompanyName    string                   `json:"CompanyName,omitempty"`
	AddressLine1   string                   `json:"AddressLine1,omitempty"`
	AddressLine2   string                   `json:"AddressLine2,omitempty"`
	AddressLine3   string                   `json:"AddressLine3,omitempty"`
	City           string                   `json:"City,omitempty"`
	County         string                   `json:"County,omitempty"`
	District       string                   `json:"District,omitempty"`
	StateOrRegion  string                   `json:"StateOrRegion,omitempty"`
	Municipality   string                   `json:"Municipality,omitempty"`
	PostalCode     string                   `json:"PostalCode,omitempty"`
	CountryCode    string                   `json:"CountryCode,omitempty"`
	Phone          string                   `json:"Phone,omitempty"` // withheld for FBA and some time after delivery
	ExtendedFields *V0AddressExtendedFields `json:"ExtendedFields,omitempty"`
	AddressType    string                   `json:"AddressType,omitempty"`
}

// V0AddressExtendedFields is the split address of Brazil, and of groceries.
type V0AddressExtendedFields struct {
	StreetName     string            `json:"StreetName,omitempty"`
	StreetNumber   string            `json:"StreetNumber,omitempty"`
	Complement     string            `json:"Complement,omitempty"`
	Neighborhood   string            `json:"Neighborhood,omitempty"`
	GeoCoordinates *V0GeoCoordinates `json:"GeoCoordinates,omitempty"`
}

// V0GeoCoordinates is a place on the map, as decimal texts.
type V0GeoCoordinates struct {
	Latitude  json.Number `json:"Latitude,omitempty"`
	Longitude json.Number `json:"Longitude,omitempty"`
}

// V0DeliveryPreferences is what the buyer says of the place; not the delivery slot.
type V0DeliveryPreferences struct {
	DropOffLocation       string                   `json:"DropOffLocation,omitempty"`
	PreferredDeliveryTime *V0PreferredDeliveryTime `json:"PreferredDeliveryTime,omitempty"`
	OtherAttributes       []string                 `json:"OtherAttributes,omitempty"`
	AddressInstructions   string                   `json:"AddressInstructions,omitempty"`
}

// V0PreferredDeliveryTime are business hours of the destination (Amazon Business).
type V0PreferredDeliveryTime struct {
	BusinessHours  []V0BusinessHours  `json:"BusinessHours,omitempty"`
	ExceptionDates []V0ExceptionDates `json:"ExceptionDates,omitempty"`
}

// V0BusinessHours are the hours of one day of the week.
type V0BusinessHours struct {
	DayOfWeek     string           `json:"DayOfWeek,omitempty"`
	OpenIntervals []V0OpenInterval `json:"OpenIntervals,omitempty"`
}

// V0ExceptionDates is a day with other hours.
type V0ExceptionDates struct {
	ExceptionDate Date             `json:"ExceptionDate,omitempty"`
	IsOpen        bool             `json:"IsOpen,omitempty"`
	OpenIntervals []V0OpenInterval `json:"OpenIntervals,omitempty"`
}

// V0OpenInterval is a window of the day.
type V0OpenInterval struct {
	StartTime *V0OpenTimeInterval `json:"StartTime,omitempty"`
	EndTime   *V0OpenTimeInterval `json:"EndTime,omitempty"`
}

// V0OpenTimeInterval is a time of day.
type V0OpenTimeInterval struct {
	Hour   int64 `json:"Hour,omitempty"`
	Minute int64 `json:"Minute,omitempty"`
}
