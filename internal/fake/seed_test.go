package fake_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/fake"
)

func TestSameSeedSameShop(t *testing.T) {
	shop := func(seed uint64) (all []any) {
		s := fake.NewSeeder(seed)
		for range 20 {
			all = append(all, s.Person(), s.Item(), s.Items(3), s.SlotLabel(), s.Remarks(), s.GiftMessage(),
				s.Tracking())
		}
		return all
	}
	require.Equal(t, shop(1), shop(1))
	require.NotEqual(t, shop(1), shop(2))
}

func TestNobodyIsReal(t *testing.T) {
	s := fake.NewSeeder(3)
	phone, postal := regexp.MustCompile(`^000-\d{4}-\d{4}$`), regexp.MustCompile(`^000-\d{4}$`)
	mail := regexp.MustCompile(`^[a-z]+\.[a-z]+\.\d{4}@example\.(com|jp|net)$`)
	kana := regexp.MustCompile(`^[ァ-ヶー]+ [ァ-ヶー]+$`)
	names, prefectures := make(map[string]bool), make(map[string]bool)
	for range 2000 {
		p := s.Person()
		require.Regexp(t, phone, p.Phone)
		require.Regexp(t, postal, p.Address.Postal)
		require.Regexp(t, mail, p.Email)
		require.Regexp(t, kana, p.Kana())
		require.NotEmpty(t, p.Address.City)
		require.NotEmpty(t, p.Address.Street)
		names[p.Name()], prefectures[p.Address.Prefecture] = true, true
		require.Len(t, s.Tracking(), 12)
		require.True(t, strings.HasPrefix(s.Tracking(), "0000"))
	}
	require.Greater(t, len(names), 200)
	require.Len(t, prefectures, 47)
	list := fake.Prefectures()
	require.Equal(t, []string{"北海道", "東京都", "沖縄県"}, []string{list[0], list[12], list[46]}, "JIS codes 1, 13, 47")
	list[0] = ""
	require.Equal(t, "北海道", fake.Prefectures()[0], "a copy")
}

func TestGoods(t *testing.T) {
	s := fake.NewSeeder(4)
	codes, rates, options := make(map[string]bool), make(map[int]bool), 0
	for range 500 {
		item := s.Item()
		require.True(t, strings.HasPrefix(item.SKU, item.Code))
		require.Positive(t, item.Price)
		require.True(t, utf8.ValidString(item.Name))
		codes[item.Code], rates[item.TaxRate] = true, true
		if item.Option != "" {
			options++
			require.NotEqual(t, item.Code, item.SKU)
		}
	}
	require.Equal(t, map[int]bool{8: true, 10: true}, rates)
	require.Positive(t, options)

	all := s.Items(1000)
	require.Len(t, all, len(codes))
	slices.SortFunc(all, func(a, b fake.Item) int { return strings.Compare(a.Code, b.Code) })
	require.Len(t, slices.CompactFunc(all, func(a, b fake.Item) bool { return a.Code == b.Code }), len(codes),
		"different ones")
	require.Empty(t, s.Items(-1))
}

func TestTimes(t *testing.T) {
	s := fake.NewSeeder(5)
	from, to := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	all := s.Times(200, from, to)
	require.Len(t, all, 200)
	require.True(t, slices.IsSortedFunc(all, time.Time.Compare))
	for _, at := range all {
		require.False(t, at.Before(from))
		require.True(t, at.Before(to))
		require.Zero(t, at.Nanosecond())
	}
	require.Equal(t, []time.Time{from, from}, s.Times(2, from, from))
	require.Empty(t, s.Times(-3, from, to))
}

func TestTextsVary(t *testing.T) {
	s := fake.NewSeeder(6)
	slots, remarks := make(map[string]int), make(map[string]int)
	for range 1000 {
		slots[s.SlotLabel()]++
		remarks[s.Remarks()]++
	}
	require.InDelta(t, 200, slots[""], 50)
	require.Greater(t, len(slots), 30)
	require.Positive(t, slots["14"], "a label that nobody can read")
	require.Greater(t, remarks[""], 500)
	require.Greater(t, len(remarks), 5)
	require.Empty(t, fake.Pick(s, []string(nil)))
}
