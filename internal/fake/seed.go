package fake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Seeder invents shop data, reproducibly for the same seed and sequence of calls. None of it can
// be a real person: names are words such as 見本 (sample), places are called 例示市, telephone numbers
// and postal codes begin with 000, which is not assigned, and mail addresses are at example.com,
// example.jp or example.net. It is not safe for concurrent use.
type Seeder struct{ *rand.Rand }

// NewSeeder returns a Seeder for a seed.
func NewSeeder(seed uint64) *Seeder {
	return &Seeder{rand.New(rand.NewPCG(seed, 0x6a706d616c6c))}
}

// Pick returns a random element of list, or the zero value if it is empty.
func Pick[T any](s *Seeder, list []T) T {
	if len(list) == 0 {
		var zero T
		return zero
	}
	return list[s.IntN(len(list))]
}

// Chance returns true with a probability in percent.
func (s *Seeder) Chance(percent int) bool { return s.IntN(100) < percent }

// Times returns n random instants in [from, to), in whole seconds, ascending. from and to should
// be whole seconds.
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

// Name returns the full name, with a space between its parts.
func (p Person) Name() string { return p.Family + " " + p.Given }

// Kana returns the full name in katakana, with a space between its parts.
func (p Person) Kana() string { return p.FamilyKana + " " + p.GivenKana }

// Address is an invented address in a real prefecture.
type Address struct {
	Postal     string // 000-1234
	Prefecture string // 東京都
	City       string // 例示市
	Street     string // 見本町1-2-3
	Building   string // 架空ハイツ101; often empty
}

// Person returns a random person.
func (s *Seeder) Person() Person {
	family, given := Pick(s, families), Pick(s, givens)
	return Person{
		Family: family.text, Given: given.text, FamilyKana: family.kana, GivenKana: given.kana,
		Email: fmt.Sprintf("%s.%s.%04d@%s", family.latin, given.latin, s.IntN(10_000),
			Pick(s, mailHosts)),
		Phone:   fmt.Sprintf("000-%04d-%04d", s.IntN(10_000), s.IntN(10_000)),
		Address: s.Address(),
	}
}

// Address returns a random address.
func (s *Seeder) Address() Address {
	a := Address{
		Postal:     fmt.Sprintf("000-%04d", s.IntN(10_000)),
		Prefecture: Pick(s, Prefectures()),
		City:       Pick(s, cities),
		Street: fmt.Sprintf("%s%d-%d-%d", Pick(s, streets), 1+s.IntN(9), 1+s.IntN(30),
			1+s.IntN(20)),
	}
	if s.Chance(40) {
		a.Building = fmt.Sprintf("%s%d", Pick(s, buildings), 100*(1+s.IntN(12))+1+s.IntN(12))
	}
	return a
}

// Item is an article of a shop.
type Item struct {
	SKU     string // MIHON-TEA-01, with the variant if the item has variants
	Code    string // the item's own number, the same for all its variants
	Name    string
	Option  string // the buyer's choice, or empty
	Price   int64  // yen, tax included
	TaxRate int    // percent: 8 for food and drink, else 10
}

// Item returns a random item.
func (s *Seeder) Item() Item { return s.item(Pick(s, goods)) }

// Items returns n different items, or all if there are fewer.
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

// SlotLabel returns a random label as shops write them: none, a readable one of many kinds, or
// sometimes an unreadable one.
func (s *Seeder) SlotLabel() string {
	switch n := s.IntN(10); {
	case n < 2:
		return ""
	case n < 9:
		return Pick(s, slotLabels)
	}
	return Pick(s, unreadableLabels)
}

// Remarks returns a random remark of a buyer; mostly none.
func (s *Seeder) Remarks() string {
	if s.Chance(65) {
		return ""
	}
	return Pick(s, remarks)
}

// Tracking returns a random tracking number of twelve digits that begins with 0000.
func (s *Seeder) Tracking() string { return fmt.Sprintf("0000%08d", s.IntN(100_000_000)) }
