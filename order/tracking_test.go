package order_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestReadTracking(t *testing.T) {
	for text, want := range map[string]string{
		"490714955706":   "490714955706",
		"4907-1495-5706": "490714955706",
		"４９０７－１４９５－５７０６":                         "490714955706",
		"4907 1495 5706\r\n":                     "490714955706",
		"4907–1495—5706":                         "490714955706",
		"4907ー1495−5706":                         "490714955706",
		"'66379134975":                           "66379134975",
		`="490714955706"`:                        "490714955706",
		`"490714955706"`:                         "490714955706",
		"　490714955706　":                         "490714955706",
		"EE123456785JP":                          "EE123456785JP",
		"DA0123456789":                           "DA0123456789",
		strings.Repeat("1", 40):                  strings.Repeat("1", 40),
		"1Z999AA10123456784":                     "1Z999AA10123456784",
		"012345678905":                           "012345678905",
		"tba" + "000000000000":                   "tba000000000000",
		"09AZaz":                                 "09AZaz",
		"1234":                                   "1234",
		"=":                                      "",
		"\"":                                     "",
		"=490714955706":                          "",
		"\u200e490714955706":                     "", // an invisible mark is refused, not stripped
		"4.05548E+11":                            "",
		"4E+11":                                  "",
		"490714955706\r\n490714955710":           "",
		"490714\x00955706":                       "",
		"490714955706/490714955710":              "",
		"490714955706,490714955710":              "",
		"abc":                                    "",
		"":                                       "",
		"  ":                                     "",
		"---":                                    "",
		"123":                                    "",
		"お問い合わせ番号490714955706":                   "",
		strings.Repeat("1", 41):                  "",
		"=HYPERLINK(\"http://example.invalid\")": "",
	} {
		got, err := order.ReadTracking(text)
		require.Equal(t, want, got, "%q", text)
		require.Equal(t, want == "", err != nil, "%q: %v", text, err)
	}
	_, err := order.ReadTracking("4.05548E+11")
	require.ErrorContains(t, err, "spreadsheet")
	for _, text := range []string{"E+11", "4E+", "4E+1X", "XE+11"} {
		_, err := order.ReadTracking(text)
		require.ErrorContains(t, err, "'+'", "%q is no number", text)
	}
}

func FuzzReadTracking(f *testing.F) {
	for _, s := range []string{"4907-1495-5706", `="1"`, "4.05548E+11", "ＡＢ１２３４５６", "'", "="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := order.ReadTracking(text)
		if err != nil {
			require.Empty(t, got)
			return
		}
		again, err := order.ReadTracking(got)
		require.NoError(t, err)
		require.Equal(t, got, again, "what was read reads as itself")
		require.Empty(t, strings.Trim(got, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		require.True(t, order.SameTracking(text, got))
	})
}

func TestSameTracking(t *testing.T) {
	require.True(t, order.SameTracking("4907-1495-5706", "４９０７１４９５５７０６"))
	require.True(t, order.SameTracking("ee123456785jp", "EE123456785JP"))
	require.False(t, order.SameTracking("490714955706", "490714955710"))
	require.True(t, order.SameTracking("", ""))
	require.False(t, order.SameTracking("", "490714955706"))
}

// TestCheckTracking holds numbers that carriers and shippers have published.
func TestCheckTracking(t *testing.T) {
	require.NoError(t, order.CheckTracking("ヤマト運輸", "490714955706"))
	require.Error(t, order.CheckTracking("ヤマト運輸", "490714955705"))
	res, err := order.Delivery{Carrier: "ヤマト運輸", Slot: timeslot.Morning}.Code(timeslot.Resolver{})
	require.NoError(t, err)
	require.Equal(t, "0812", res.Code.Text)
	for _, c := range []struct {
		carrier timeslot.Carrier
		number  string
		good    bool
	}{
		{timeslot.Yamato, "490714955706", true}, {timeslot.Yamato, "444413758703", true}, {timeslot.Nekopos, "490714955706", true},
		{timeslot.Yamato, "490714955705", false}, {timeslot.Nekopos, "490714955707", false},
		{timeslot.Sagawa, "444803009836", true}, {timeslot.Sagawa, "512547514334", true}, {timeslot.Sagawa, "512547514330", false},
		{timeslot.JapanPost, "193715301010", true}, {timeslot.ClickPost, "405548424886", true}, {timeslot.JapanPost, "193715301011", false},
		{timeslot.Fukuyama, "66379134975", true}, {timeslot.Fukuyama, "66393873162", true}, {timeslot.Fukuyama, "66311112222", false},
		{timeslot.EMS, "RR473124829GB", true}, {timeslot.JapanPost, "EE123456785JP", true}, {timeslot.EMS, "EE123456784JP", false},
		{timeslot.Seino, "1234567890", true}, {timeslot.KuronekoYuPacket, "12345678901", true}, {timeslot.Yamato, "1234567890123", true},
		{timeslot.Yamato, "1234", false}, {timeslot.Nekopos, "123456789", false}, {timeslot.Sagawa, "12345678901234", false},
		{timeslot.ClickPost, "123456789", false}, {timeslot.Seino, "123456789", false}, {timeslot.Fukuyama, "1234", false},
		{timeslot.Sagawa, "1234567890", true}, {timeslot.JapanPost, "12345678901", true}, {timeslot.JapanPost, "1234567890123", true},
		{timeslot.OtherCarrier, "1234", true}, {timeslot.UPS, "1Z999AA10123456784", true}, {"", "1234", true},
		{"invented-express", "490714955705", true}, {timeslot.Fukuyama, "490714955705", true}, {timeslot.OtherCarrier, "DA0123456789", true},
	} {
		err := order.CheckTracking(c.carrier, c.number)
		require.Equal(t, c.good, err == nil, "%s %s: %v", c.carrier, c.number, err)
	}
}

// TestCheckDigitFindsTypingErrors: of the ten last digits one is right, and a mistyped digit is
// found unless it differs by 7.
func TestCheckDigitFindsTypingErrors(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		body := dice.Int64N(100_000_000_000)
		good := ""
		for last := range 10 {
			if number := fmt.Sprintf("%011d%d", body, last); order.CheckTracking(timeslot.Yamato, number) == nil {
				require.Empty(t, good)
				good = number
			}
		}
		require.NotEmpty(t, good)
		for at := range good {
			for d := byte('0'); d <= '9'; d++ {
				typed := []byte(good)
				typed[at] = d
				right := (int(d)-int(good[at]))%7 == 0 && (at < len(good)-1 || d < '7') // a check digit is 0 to 6
				require.Equal(t, right, order.CheckTracking(timeslot.Yamato, string(typed)) == nil, "%s for %s", typed,
					good)
			}
		}
	}
}
