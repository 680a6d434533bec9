package amazon

import (
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// scheduledMatcher is Delivery.Matcher of a slot that was read from instants.
const scheduledMatcher = "amazon.scheduledDeliveryWindow"

// parcels makes one parcel for each scheduled delivery window (お届け日時指定便) of the lines, or one in
// all. Amazon keeps the window in the line, and goods wanted at different times cannot travel
// together.
func (c *converter) parcels() {
	var windows []DateTimeRange
	for i := range c.w.OrderItems {
		windows = addWindow(windows, c.w.OrderItems[i].window())
	}
	if len(windows) == 0 {
		windows = append(windows, DateTimeRange{})
	}
	c.out.Parcels = make([]order.Parcel, len(windows))
	to := recipient(c.address())
	var shipBy time.Time
	var level string
	if f := c.w.Fulfillment; f != nil {
		shipBy = c.instant("fulfillment.shipByWindow.latestDateTime", f.ShipByWindow.LatestDateTime)
		level = string(f.FulfillmentServiceLevel)
	}
	for n, window := range windows {
		p := &c.out.Parcels[n]
		p.Recipient, p.ShipBy, p.Delivery.Method = to, shipBy, level
		if len(windows) > 1 {
			p.ID = label(window)
		}
		c.parcel(p, window)
	}
}

func addWindow(windows []DateTimeRange, w DateTimeRange) []DateTimeRange {
	for _, known := range windows {
		if known == w {
			return windows
		}
	}
	return append(windows, w)
}

func (c *converter) parcel(p *order.Parcel, window DateTimeRange) {
	p.Lines = make([]order.Line, 0, len(c.w.OrderItems))
	for i := range c.w.OrderItems {
		if item := &c.w.OrderItems[i]; item.window() == window {
			p.Lines = append(p.Lines, c.line(item))
		}
	}
	c.pickup(p)
	c.preference(p)
	c.slot(&p.Delivery, window)
	problems := p.Delivery.ReadRemarks(c.opts.Slots, c.label(&p.Delivery, ""), c.out.Remarks,
		order.DateOf(c.out.Placed))
	c.out.Problems = append(c.out.Problems, problems...)
	for i := range c.w.Packages {
		if pack := &c.w.Packages[i]; len(c.out.Parcels) == 1 || pack.holds(p.Lines) {
			p.Shipments = append(p.Shipments, c.shipment(pack))
		}
	}
}

func (c *converter) pickup(p *order.Parcel) {
	if a := c.address(); a != nil && a.AddressType == PickupPoint {
		p.Pickup = &order.Pickup{Kind: string(PickupPoint), Name: a.CompanyName}
		return
	}
	for _, program := range c.w.Programs {
		if program == ProgramInStorePickUp {
			p.Pickup = &order.Pickup{Kind: string(program)}
		}
	}
}

func (c *converter) preference(p *order.Parcel) {
	if c.w.Recipient == nil || c.w.Recipient.DeliveryPreference == nil {
		return
	}
	d := c.w.Recipient.DeliveryPreference
	p.Delivery.DropOff = d.DropOffLocation
	c.out.Remarks = d.AddressInstruction // what the buyer wrote about the way to the door
}

// slot reads day and slot from a window. Without a window there is no wish, unless the order is a
// scheduled delivery whose window is missing: that wish cannot be read, and the slot stays
// unresolved.
func (c *converter) slot(d *order.Delivery, window DateTimeRange) {
	if window == (DateTimeRange{}) {
		text := ""
		if d.Method == string(LevelScheduled) {
			text = d.Method
		}
		d.ReadSlot(c.opts.Slots, c.label(d, text), order.FromField)
		return
	}
	const field = "fulfillment.shipping.scheduledDeliveryWindow"
	from := c.instant(field+".earliestDateTime", window.EarliestDateTime)
	to := c.instant(field+".latestDateTime", window.LatestDateTime)
	var read bool
	d.Date, d.DateTo, d.Slot, read = slotBetween(from, to)
	hours := hoursOf(from, to)
	if from.IsZero() != (window.EarliestDateTime == "") ||
		to.IsZero() != (window.LatestDateTime == "") {
		// an end was there that is no instant
		d.Slot, read, hours = timeslot.Unresolved, false, label(window)
	}
	d.Label, d.From = label(window), order.FromField
	if read {
		d.Matcher = scheduledMatcher
	}
	if d.Slot == timeslot.NoPreference {
		return
	}
	d.Asked = hours
	if c.opts.Slots == nil {
		return
	}
	// 9:00-12:00 too, as people write it
	for _, text := range []string{hours, strings.TrimPrefix(hours, "0")} {
		if match, ok := timeslot.Read(c.opts.Slots, c.label(d, text)); ok && match.Slot != d.Slot {
			d.Slot, d.Matcher, d.Rule = match.Slot, match.Matcher, match.Rule
			return
		}
	}
}

// hoursOf returns a window as a label without its day: 08:00-12:00, or 22:00-翌02:00 where it ends
// the next day, with the number of days after 翌 where it ends later. An end that is missing or no
// instant is empty.
func hoursOf(from, to time.Time) string {
	clock := func(t time.Time) string {
		if t.Second() != 0 || t.Nanosecond() != 0 {
			return t.In(order.JST).Format("15:04:05.999")
		}
		return t.In(order.JST).Format("15:04")
	}
	var a, b string
	if !from.IsZero() {
		a = clock(from)
	}
	if to.Second() == 59 { // an inclusive end
		to = to.Add(time.Second)
	}
	if !to.IsZero() {
		b = clock(to)
		switch last := order.DateOf(to); {
		case from.IsZero() || last == order.DateOf(from):
		case b == "00:00" && last == order.DateOf(from).AddDays(1):
			b = "24:00"
		case last == order.DateOf(from).AddDays(1):
			b = "翌" + b
		default:
			days := int(last.Time().Sub(order.DateOf(from).Time()).Hours() / 24)
			b = "翌" + strconv.Itoa(days) + "日" + b
		}
	}
	return a + "-" + b
}

func (c *converter) label(d *order.Delivery, text string) timeslot.Label {
	return timeslot.Label{Text: text, Mall: string(order.Amazon), Shop: c.opts.Shop,
		Method: d.Method}
}

func label(w DateTimeRange) string {
	return string(w.EarliestDateTime) + "/" + string(w.LatestDateTime)
}

// slotBetween returns the day and slot in JST between two instants; either may be zero. ok is false
// when they are no slot of one day: then only the days are returned.
func slotBetween(from, to time.Time) (day, last order.Date, slot timeslot.Slot, ok bool) {
	start, startOK := clock(from)
	end, endOK := clock(to)
	if to.Second() == 59 { // an inclusive end: 23:59:59 is midnight
		to = to.Add(time.Second)
		end, endOK = clock(to)
	}
	day, last = order.DateOf(from), order.DateOf(to)
	if !to.IsZero() && endOK && end == 0 {
		end, last = timeslot.At(24, 0), last.AddDays(-1)
	}
	if day.IsZero() {
		day = last
	}
	if !last.IsZero() && last != day {
		whole := startOK && endOK && start == 0 && end == timeslot.At(24, 0)
		if last.Compare(day) < 0 || !whole {
			return day, last, timeslot.Unresolved, false
		}
		return day, last, timeslot.NoPreference, true // days without hours
	}
	var err error
	switch {
	case !startOK || !endOK || from.IsZero() && to.IsZero():
		return day, order.Date{}, timeslot.Unresolved, false
	case from.IsZero():
		slot, err = timeslot.Until(end)
	case to.IsZero():
		slot, err = timeslot.From(start)
	case start == 0 && end == timeslot.At(24, 0):
		slot = timeslot.NoPreference
	default:
		slot, err = timeslot.Window(start, end)
	}
	return day, order.Date{}, slot, err == nil
}

// clock returns the time of day in JST; ok is false when it is not a whole minute. The zero time is
// midnight, and ok.
func clock(t time.Time) (timeslot.Clock, bool) {
	if t.IsZero() {
		return 0, true
	}
	t = t.In(order.JST)
	return timeslot.At(t.Hour(), t.Minute()), t.Second() == 0 && t.Nanosecond() == 0
}
