package fake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Seeder makes plainly invented shop data: the same for the same seed and the same order of calls. Nothing it makes can be a
// real person: names are words such as 見本 (sample), places are called 例示市, telephone numbers and postal codes begin with
// 000, which nobody is given, and mail goes to example.com or example.jp. Not for concurrent use.
type Seeder struct{ *rand.Rand }

// NewSeeder starts from a seed.
func NewSeeder(seed uint64) *Seeder {
	return &Seeder{rand.New(rand.NewPCG(seed, 0x6a706d616c6c))}
}

// Pick draws one of a list; the zero value from an empty one.
func Pick[T any](s *Seeder, list []T) T {
	if len(list) == 0 {
		var zero T
		return zero
	}
	return list[s.IntN(len(list))]
}

// Chance is true in percent of 100 draws.
func (s *Seeder) Chance(percent int) bool { return s.IntN(100) < percent }

// Times draws n instants in [from, to), whole seconds, ascending. Both ends should be whole seconds.
func (s *Seeder) Times(n int, from, to time.Time) []time.Time {
	span := int64(to.Sub(from) / time.Second)
	all := make([]time.Time, max(n, 0))
	for i := range all {
		all[i] = from
		if span > 0 {
			all[i] = from.Add(time.Duration(s.Int64N(span)) * time.Second)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// Person is an invented buyer or recipient.
type Person struct {
	Family, Given         string // 見本, 太郎
	FamilyKana, GivenKana string // ミホン, タロウ
	Email                 string // mihon.taro.0042@example.jp
	Phone                 string // 000-0123-4567
	Address               Address
}

// Name is the whole name, with a space between its parts.
func (p Person) Name() string { return p.Family + " " + p.Given }

// Kana is the whole name in katakana, with a space between its parts.
func (p Person) Kana() string { return p.FamilyKana + " " + p.GivenKana }

// Address is an invented address in a real prefecture.
type Address struct {
	Postal     string // 000-1234
	Prefecture string // 東京都
	City       string // 例示市
	Street     string // 見本町1-2-3
	Building   string // 架空ハイツ101; often empty
}

// Person makes one.
func (s *Seeder) Person() Person {
	family, given := Pick(s, families), Pick(s, givens)
	return Person{
		Family: family.text, Given: given.text, FamilyKana: family.kana, GivenKana: given.kana,
		Email:   fmt.Sprintf("%s.%s.%04d@%s", family.latin, given.latin, s.IntN(10_000), Pick(s, mailHosts)),
		Phone:   fmt.Sprintf("000-%04d-%04d", s.IntN(10_000), s.IntN(10_000)),
		Address: s.Address(),
	}
}

// Address makes one.
func (s *Seeder) Address() Address {
	a := Address{
		Postal:     fmt.Sprintf("000-%04d", s.IntN(10_000)),
		Prefecture: Pick(s, Prefectures()),
		City:       Pick(s, cities),
		Street:     fmt.Sprintf("%s%d-%d-%d", Pick(s, streets), 1+s.IntN(9), 1+s.IntN(30), 1+s.IntN(20)),
	}
	if s.Chance(40) {
		a.Building = fmt.Sprintf("%s%d", Pick(s, buildings), 100*(1+s.IntN(12))+1+s.IntN(12))
	}
	return a
}

// Item is something that a shop sells.
type Item struct {
	SKU     string // MIHON-TEA-01, with a variant where the item has some
	Code    string // the item's own number, the same for all its variants
	Name    string
	Option  string // the buyer's choice; empty where there is none
	Price   int64  // yen, tax included
	TaxRate int    // percent: 8 for food and drink, else 10
}

// Item makes one.
func (s *Seeder) Item() Item { return s.item(Pick(s, goods)) }

// Items makes n different ones, or as many as there are.
func (s *Seeder) Items(n int) []Item {
	var all []Item
	for _, i := range s.Perm(len(goods))[:min(max(n, 0), len(goods))] {
		all = append(all, s.item(goods[i]))
	}
	return all
}

func (s *Seeder) item(g good) Item {
	item := Item{SKU: g.code, Code: g.code, Name: g.name, Price: g.price, TaxRate: g.tax}
	if len(g.options) > 0 {
		n := s.IntN(len(g.options))
		item.Option, item.SKU = g.options[n], fmt.Sprintf("%s-%02d", g.code, n+1)
	}
	return item
}

// SlotLabel draws a label as shops write them: none, a readable one of many kinds, or now and then one that nobody can read.
func (s *Seeder) SlotLabel() string {
	switch n := s.IntN(10); {
	case n < 2:
		return ""
	case n < 9:
		return Pick(s, slotLabels)
	}
	return Pick(s, unreadableLabels)
}

// Remarks draws what a buyer wrote; mostly nothing.
func (s *Seeder) Remarks() string {
	if s.Chance(65) {
		return ""
	}
	return Pick(s, remarks)
}

// Tracking makes a tracking number of twelve digits that begins with 0000.
func (s *Seeder) Tracking() string { return fmt.Sprintf("0000%08d", s.IntN(100_000_000)) }
