package amazon

import "encoding/json"

// V0OrderAddress is the delivery address of an order, with the buyer's preferences.
type V0OrderAddress struct {
	AmazonOrderID       string                 `json:"AmazonOrderId"`
	BuyerCompanyName    string                 `json:"BuyerCompanyName,omitempty"`
	ShippingAddress     *V0Address             `json:"ShippingAddress,omitempty"`
	DeliveryPreferences *V0DeliveryPreferences `json:"DeliveryPreferences,omitempty"`
}

// V0Address is an address.
type V0Address struct {
	Name          string `json:"Name,omitempty"`
	CompanyName   string `json:"CompanyName,omitempty"`
	AddressLine1  string `json:"AddressLine1,omitempty"`
	AddressLine2  string `json:"AddressLine2,omitempty"`
	AddressLine3  string `json:"AddressLine3,omitempty"`
	City          string `json:"City,omitempty"`
	County        string `json:"County,omitempty"`
	District      string `json:"District,omitempty"`
	StateOrRegion string `json:"StateOrRegion,omitempty"`
	Municipality  string `json:"Municipality,omitempty"`
	PostalCode    string `json:"PostalCode,omitempty"`
	CountryCode   string `json:"CountryCode,omitempty"`
	// absent for FBA, and some time after delivery
	Phone          string                   `json:"Phone,omitempty"`
	ExtendedFields *V0AddressExtendedFields `json:"ExtendedFields,omitempty"`
	AddressType    string                   `json:"AddressType,omitempty"`
}

// V0AddressExtendedFields are the parts of an address in Brazil, and for groceries.
type V0AddressExtendedFields struct {
	StreetName     string            `json:"StreetName,omitempty"`
	StreetNumber   string            `json:"StreetNumber,omitempty"`
	Complement     string            `json:"Complement,omitempty"`
	Neighborhood   string            `json:"Neighborhood,omitempty"`
	GeoCoordinates *V0GeoCoordinates `json:"GeoCoordinates,omitempty"`
}

// V0GeoCoordinates is a position, as decimal texts.
type V0GeoCoordinates struct {
	Latitude  json.Number `json:"Latitude,omitempty"`
	Longitude json.Number `json:"Longitude,omitempty"`
}

// V0DeliveryPreferences is what the buyer says about the destination. It is not the delivery slot.
type V0DeliveryPreferences struct {
	DropOffLocation       string                   `json:"DropOffLocation,omitempty"`
	PreferredDeliveryTime *V0PreferredDeliveryTime `json:"PreferredDeliveryTime,omitempty"`
	OtherAttributes       []string                 `json:"OtherAttributes,omitempty"`
	AddressInstructions   string                   `json:"AddressInstructions,omitempty"`
}

// V0PreferredDeliveryTime holds the business hours of the destination (Amazon Business).
type V0PreferredDeliveryTime struct {
	BusinessHours  []V0BusinessHours  `json:"BusinessHours,omitempty"`
	ExceptionDates []V0ExceptionDates `json:"ExceptionDates,omitempty"`
}

// V0BusinessHours holds the hours of one day of the week.
type V0BusinessHours struct {
	DayOfWeek     string           `json:"DayOfWeek,omitempty"`
	OpenIntervals []V0OpenInterval `json:"OpenIntervals,omitempty"`
}

// V0ExceptionDates is a day with other business hours.
type V0ExceptionDates struct {
	ExceptionDate Date             `json:"ExceptionDate,omitempty"`
	IsOpen        bool             `json:"IsOpen,omitempty"`
	OpenIntervals []V0OpenInterval `json:"OpenIntervals,omitempty"`
}

// V0OpenInterval is a part of the day.
type V0OpenInterval struct {
	StartTime *V0OpenTimeInterval `json:"StartTime,omitempty"`
	EndTime   *V0OpenTimeInterval `json:"EndTime,omitempty"`
}

// V0OpenTimeInterval is a time of day.
type V0OpenTimeInterval struct {
	Hour   int64 `json:"Hour,omitempty"`
	Minute int64 `json:"Minute,omitempty"`
}
