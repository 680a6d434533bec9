package timeslot_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

func day(t testing.TB, text string) timeslot.Date {
	t.Helper()
	if text == "" {
		return timeslot.Date{}
	}
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return timeslot.DateOf(d)
}

// Each carrier's table on the days around its changes. A refusal is written as "!"
// with the nearest slots.
func TestCodes(t *testing.T) {
	for _, c := range []struct {
		software        timeslot.Software
		slot, day, want string
	}{
		{timeslot.B2, "12:00-14:00", "2017-06-18", "1214"},
		{timeslot.B2, "12:00-14:00", "2017-06-19", "! 14:00-16:00 am"},
		{timeslot.B2, "12:00-14:00", "", "! 14:00-16:00 am"},
		{timeslot.B2, "20:00-21:00", "2017-06-18", "2021"},
		{timeslot.B2, "20:00-21:00", "2017-06-19", "! 19:00-21:00 18:00-20:00"},
		{timeslot.B2, "19:00-21:00", "2017-06-18", "! 20:00-21:00 18:00-20:00"},
		{timeslot.B2, "19:00-21:00", "2017-06-19", "1921"},
		{timeslot.B2, "19:00-21:00", "", "1921"},
		{timeslot.B2, "am", "2026-06-06", "0812"},
		{timeslot.B2, "08:00-12:00", "2026-06-06", "0812"},
		{timeslot.B2, "09:00-12:00", "2026-06-06", "! am 14:00-16:00"},
		{timeslot.B2, "14:00-16:00", "2026-06-06", "1416"},
		{timeslot.B2, "16:00-18:00", "2026-06-06", "1618"},
		{timeslot.B2, "18:00-20:00", "2026-06-06", "1820"},
		{timeslot.B2, "18:00-21:00", "2026-06-06", "! 18:00-20:00 19:00-21:00"},
		{timeslot.B2, "pm", "2026-06-06", "! 14:00-16:00 16:00-18:00"},
		{timeslot.B2, "20:00-", "2026-06-06", "! 19:00-21:00 18:00-20:00"},
		{timeslot.B2, "none", "2026-06-06", ""},
		{timeslot.B2TimeService, "-10:00", "2026-06-06", "0010"},
		{timeslot.B2TimeService, "-17:00", "2026-06-06", "0017"},
		{timeslot.B2TimeService, "am", "2026-06-06", "! -10:00 -17:00"},
		{timeslot.B2TimeService, "00:00-10:00", "2026-06-06", "! -10:00 -17:00"},
		{timeslot.YamatoWeb, "am", "2026-06-06", "1"},
		{timeslot.YamatoWeb, "14:00-16:00", "2026-06-06", "3"},
		{timeslot.YamatoWeb, "16:00-18:00", "2026-06-06", "4"},
		{timeslot.YamatoWeb, "18:00-20:00", "2026-06-06", "5"},
		{timeslot.YamatoWeb, "19:00-21:00", "2026-06-06", "7"},
		{timeslot.YamatoWeb, "none", "2026-06-06", "0"},

		{timeslot.EHiden2Five, "am", "2026-06-06", "01/016"},
		{timeslot.EHiden2Five, "12:00-14:00", "2026-06-06", "12/007"},
		{timeslot.EHiden2Five, "14:00-16:00", "2026-06-06", "14/007"},
		{timeslot.EHiden2Five, "16:00-18:00", "2026-06-06", "16/007"},
		{timeslot.EHiden2Five, "18:00-21:00", "2026-06-06", "04/007"},
		{timeslot.EHiden2Five, "18:00-20:00", "2026-06-06", "! 18:00-21:00 16:00-18:00"},
		{timeslot.EHiden2Five, "none", "2026-06-06", ""},
		{timeslot.EHiden2Six, "am", "2026-06-06", "01/019"},
		{timeslot.EHiden2Six, "18:00-20:00", "2026-06-06", "18/019"},
		{timeslot.EHiden2Six, "19:00-21:00", "2026-06-06", "19/019"},
		{timeslot.EHiden2Six, "18:00-21:00", "2026-06-06", "! 18:00-20:00 19:00-21:00"},
		{timeslot.EHiden3Five, "am", "2026-06-06", "01/020"},
		{timeslot.EHiden3Five, "18:00-21:00", "2026-06-06", "04/021"},
		{timeslot.EHiden3Six, "12:00-14:00", "2026-06-06", "12/022"},
		{timeslot.EHiden3Six, "14:00-16:00", "2026-06-06", "14/023"},
		{timeslot.EHiden3Six, "16:00-18:00", "2026-06-06", "16/024"},
		{timeslot.EHiden3Six, "18:00-20:00", "2026-06-06", "18/025"},
		{timeslot.EHiden3Six, "19:00-21:00", "2026-06-06", "19/026"},
		{timeslot.EHidenProSix, "19:00-21:00", "2026-06-06", "19"},

		{timeslot.YuPri, "am", "2026-06-06", "51"},
		{timeslot.YuPri, "12:00-14:00", "2026-06-06", "52"},
		{timeslot.YuPri, "14:00-16:00", "2026-06-06", "53"},
		{timeslot.YuPri, "16:00-18:00", "2026-06-06", "54"},
		{timeslot.YuPri, "18:00-20:00", "2026-06-06", "55"},
		{timeslot.YuPri, "19:00-21:00", "2024-09-30", "57"},
		{timeslot.YuPri, "19:00-21:00", "2024-10-01", "57"},
		{timeslot.YuPri, "20:00-21:00", "2024-09-30", "56"},
		{timeslot.YuPri, "20:00-21:00", "2024-10-01", "! 19:00-21:00 18:00-20:00"},
		{timeslot.YuPri, "none", "2026-06-06", "00"},
		{timeslot.YuPackApp, "20:00-21:00", "2024-09-30", "66"},
		{timeslot.YuPackApp, "20:00-21:00", "2024-10-01", "! 19:00-21:00 18:00-20:00"},
		{timeslot.YuPackApp, "19:00-21:00", "2026-06-06", "67"},
		{timeslot.TimedMailForm, "am", "2013-09-30", "!"},
		{timeslot.TimedMailForm, "am", "2013-10-01", "unknown"},

		{timeslot.KangarooMagic2, "09:00-12:00", "2026-06-06", "unknown"},
		{timeslot.KangarooMagic2, "pm", "2026-06-06", "unknown"},
		{timeslot.KangarooMagic2, "14:00-16:00", "2026-06-06", "! pm am"},
		{timeslot.ISTAR2, "pm", "2026-06-06", "unknown"},
		{timeslot.ISTAR2, "10:00-12:00", "2026-06-06", "unknown"},
		{timeslot.ISTAR2, "12:00-17:00", "2026-06-06", "! pm 12:00-14:00"},
		{timeslot.NittsuLegacy, "20:00-21:00", "2026-06-06", "unknown"},
	} {
		require.Equal(t, c.want, answer(c.software.Code(slot(t, c.slot), day(t, c.day))), "%s %s on %s", c.software,
			c.slot, c.day)
	}
}

func answer(code timeslot.Code, err error) string {
	var refusal *timeslot.NotOfferedError
	switch {
	case errors.As(err, &refusal):
		text := "!"
		for _, s := range refusal.Nearest {
			text += " " + s.String()
		}
		return text
	case errors.Is(err, timeslot.ErrCodeUnknown):
		return "unknown"
	case err != nil:
		return err.Error()
	case code.Seal != "":
		return code.Text + "/" + code.Seal
	}
	return code.Text
}

// Every code of every table goes there and back on the days around each change.
func TestCodesRoundTrip(t *testing.T) {
	days := []string{"", "2013-09-30", "2013-10-01", "2017-06-18", "2017-06-19", "2024-09-30", "2024-10-01",
		"2026-06-06"}
	for _, software := range timeslot.Softwares() {
		require.True(t, software.Known())
		require.True(t, software.Carrier().Known())
		for _, d := range days {
			for _, offer := range software.Offers(day(t, d)) {
				code, err := software.Code(offer.Slot, day(t, d))
				if offer.Code == "" {
					require.ErrorIs(t, err, timeslot.ErrCodeUnknown)
					continue
				}
				require.NoError(t, err)
				require.Equal(t, software, code.Software)
				require.NotEmpty(t, code.Text)
				require.NotEmpty(t, code.Label)
				require.NotEqual(t, timeslot.NotKnown, code.Sure)
				back, err := software.Slot(code.Text, day(t, d))
				require.NoError(t, err)
				require.Equal(t, offer.Slot, back)
				// The carrier's own wording is a label that the Reader reads.
				require.Equal(t, offer.Slot.String(), reading(timeslot.Reader{}, offer.Label))
			}
		}
	}
}

func TestSlotOfCode(t *testing.T) {
	s, err := timeslot.B2.Slot("1214", day(t, "2026-06-06"))
	require.ErrorIs(t, err, timeslot.ErrNotOffered)
	require.EqualError(t, err,
		"timeslot: b2 does not offer 12:00-14:00 on 2026-06-06 (offered until 2017-06-18); nearest: 14:00-16:00, am")
	require.Equal(t, slot(t, "12:00-14:00"), s, "what the code meant is known all the same")
	_, err = timeslot.B2.Slot("1921", day(t, "2017-06-18"))
	require.ErrorContains(t, err, "on 2017-06-18 (offered since 2017-06-19)")

	s, err = timeslot.B2.Slot("", timeslot.Date{})
	require.NoError(t, err)
	require.Equal(t, timeslot.NoPreference, s)
	_, err = timeslot.YuPri.Slot("", timeslot.Date{})
	require.ErrorIs(t, err, timeslot.ErrCode, "ゆうプリ writes 00 for it")
	_, err = timeslot.EHiden2Six.Slot("04", timeslot.Date{})
	require.ErrorIs(t, err, timeslot.ErrCode, "18-21 belongs to the other contract")
}

func TestCodeRefuses(t *testing.T) {
	_, err := timeslot.B2.Code(timeslot.Unresolved, timeslot.Date{})
	require.ErrorIs(t, err, timeslot.ErrUnresolved)
	_, err = timeslot.Software("my-own").Code(timeslot.Morning, timeslot.Date{})
	require.ErrorIs(t, err, timeslot.ErrNoTable)
	_, err = timeslot.B2.Code(timeslot.Morning, timeslot.Date{Month: 4, Day: 1})
	require.ErrorIs(t, err, timeslot.ErrDay, "a date without its year")
	_, err = timeslot.B2.Code(timeslot.Morning, timeslot.Date{Year: 2026, Month: 2, Day: 30})
	require.ErrorIs(t, err, timeslot.ErrDay)
}

func TestCarriers(t *testing.T) {
	for _, c := range timeslot.Carriers() {
		require.True(t, c.Known())
		require.NotEmpty(t, c.Name())
		require.NotEmpty(t, c.EnglishName())
		require.True(t, c.Company().Known())
		require.Equal(t, c, timeslot.ParseCarrier(string(c)))
		require.Equal(t, c, timeslot.ParseCarrier(c.Name()))
		if s := c.Software(); s != "" {
			require.Equal(t, c, s.Carrier())
		}
	}
	require.Equal(t, "ヤマト運輸", timeslot.Yamato.Name())
	require.Equal(t, timeslot.Yamato, timeslot.Nekopos.Company())
	require.Equal(t, timeslot.Yamato, timeslot.ParseCarrier("クロネコ　ヤマト"))
	require.Equal(t, timeslot.FedEx, timeslot.ParseCarrier("ＦＥＤＥＸ"))
	other := timeslot.ParseCarrier(" 架空配送 ")
	require.False(t, other.Known())
	require.Equal(t, "架空配送", other.Name())
	_, err := other.Code(timeslot.Morning, timeslot.Date{})
	require.ErrorIs(t, err, timeslot.ErrNoTable)
}

func TestCarrierCode(t *testing.T) {
	code, err := timeslot.Yamato.Code(timeslot.Morning, timeslot.Date{})
	require.NoError(t, err)
	require.Equal(t, "0812", code.Text)
	s, err := timeslot.JapanPost.Slot("51", timeslot.Date{})
	require.NoError(t, err)
	require.Equal(t, timeslot.Morning, s)
	for c, why := range map[timeslot.Carrier]string{timeslot.Sagawa: "the contract decides",
		"": "no carrier is known", timeslot.DHL: "no table for this carrier"} {
		_, err = c.Code(timeslot.Morning, timeslot.Date{})
		require.ErrorIs(t, err, timeslot.ErrNoTable)
		require.ErrorContains(t, err, why)
	}

	for _, c := range []timeslot.Carrier{timeslot.Nekopos, timeslot.YuPacket, timeslot.ClickPost, timeslot.KuronekoDM,
		timeslot.YuMail, timeslot.HikyakuMail} {
		require.True(t, c.NoSlots())
		code, err := c.Code(timeslot.NoPreference, timeslot.Date{})
		require.NoError(t, err)
		require.Empty(t, code.Text)
		_, err = c.Code(timeslot.Morning, timeslot.Date{})
		require.ErrorIs(t, err, timeslot.ErrNotOffered)
		_, err = c.Code(timeslot.Unresolved, timeslot.Date{})
		require.ErrorIs(t, err, timeslot.ErrUnresolved)
	}
}

// A name as people write it stands for the carrier wherever one is asked, not only in ParseCarrier.
func TestACarrierByAnyName(t *testing.T) {
	for _, name := range []timeslot.Carrier{"ヤマト運輸", "クロネコヤマト", "ﾔﾏﾄ運輸", "Yamato Transport", timeslot.Yamato} {
		require.True(t, name.Known())
		require.Equal(t, timeslot.Yamato, name.Company())
		require.Equal(t, []string{"ヤマト運輸", "Yamato Transport"}, []string{name.Name(), name.EnglishName()})
		require.Equal(t, timeslot.B2, name.Software())
		code, err := name.Code(timeslot.Morning, timeslot.Date{})
		require.NoError(t, err)
		require.Equal(t, "0812", code.Text)
		res, err := timeslot.Resolver{Carrier: name}.Resolve(timeslot.Label{Text: "午前中"}, timeslot.Date{}, "")
		require.NoError(t, err)
		require.Equal(t, "0812", res.Code.Text)
	}
	require.Equal(t, timeslot.Yamato, timeslot.Carrier("ネコポス").Company())
	require.True(t, timeslot.Carrier("ゆうパケット").NoSlots())
	_, err := timeslot.Carrier("佐川急便").Code(timeslot.Morning, timeslot.Date{})
	require.ErrorContains(t, err, "contract")
	for _, names := range [][2]timeslot.Carrier{{"佐川急便", timeslot.Sagawa}, {timeslot.Sagawa, "佐川"}, {"飛脚", "佐川急便"}} {
		r := timeslot.Resolver{Software: map[timeslot.Carrier]timeslot.Software{names[0]: timeslot.EHiden3Six, timeslot.Seino: "x"}}
		res, err := r.Resolve(timeslot.Label{Text: "18～20時"}, timeslot.Date{}, names[1])
		require.NoError(t, err)
		require.Equal(t, "18", res.Code.Text)
	}
	unknown := timeslot.Carrier("架空配送")
	require.False(t, unknown.Known())
	require.Equal(t, unknown, unknown.Company())
}

func TestCodeMatcher(t *testing.T) {
	for _, c := range []struct {
		software   timeslot.Software
		label, out string
	}{
		{timeslot.B2, "0812", "am"}, {timeslot.B2, "１４１６", "14:00-16:00"}, {timeslot.B2, "1214", "12:00-14:00"}, {timeslot.B2, "", "?"},
		{timeslot.B2, "14", "?"}, {timeslot.EHiden2Five, "14", "14:00-16:00"}, {timeslot.EHiden2Five, "04", "18:00-21:00"},
		{timeslot.EHiden2Six, "04", "?"}, {timeslot.YuPri, "51", "am"}, {timeslot.YuPri, "00", "none"}, {timeslot.KangarooMagic2, "", "?"},
		{timeslot.Software("my-own"), "14", "?"},
	} {
		require.Equal(t, c.out, reading(c.software.Matcher(), c.label), "%s %q", c.software, c.label)
	}
}

// Names as people write them; what is no carrier's name stays unknown.
func TestParseCarrier(t *testing.T) {
	for want, names := range map[timeslot.Carrier][]string{
		timeslot.Yamato: {"ヤマト", "クロネコ", "黒猫ヤマト", "ﾔﾏﾄ運輸", "ヤマト運輸(株)", "株式会社 ヤマト運輸", "宅急便", "yamato",
			"Yamato Transport Co., Ltd."},
		timeslot.Sagawa:          {"佐川", "佐川急便株式会社", "飛脚宅配便", "SagawaExpress"},
		timeslot.JapanPost:       {"郵便局", "日本郵便", "日本郵便株式会社", "ゆうパック", "ＪａｐａｎＰｏｓｔ"},
		timeslot.Seino:           {"西濃", "カンガルー便", "西濃運輸㈱"},
		timeslot.Fukuyama:        {"福山", "福通", "フクツー"},
		timeslot.Nittsu:          {"日通", "日通通運", "日本通運"},
		timeslot.NXTransport:     {"日本トラック", "NXトランスポート"},
		timeslot.LetterPackLight: {"レターパックライト", "ﾚﾀｰﾊﾟｯｸﾗｲﾄ"},
		timeslot.LetterPackPlus:  {"レターパックプラス"},
		timeslot.NonStandardMail: {"定形外郵便", "定形外", "定型外郵便"},
		timeslot.StandardMail:    {"定形郵便"},
		timeslot.SmartLetter:     {"スマートレター"},
		timeslot.ClickPost:       {"クリックポスト"},
		timeslot.YuMail:          {"ゆうメール"},
		timeslot.YuPacket:        {"ゆうパケット"},
		timeslot.YuPacketPost:    {"ゆうパケットポスト"},
		timeslot.YuPacketPlus:    {"ゆうパケットプラス"},
		timeslot.Nekopos:         {"ネコポス", "ﾈｺﾎﾟｽ"},
		timeslot.KonekoBin:       {"こねこ便420", "こねこ便"},
		timeslot.HikyakuMail:     {"飛脚メール便"},
	} {
		for _, name := range names {
			got, ok := timeslot.LookupCarrier(name)
			require.True(t, ok, name)
			require.Equal(t, want, got, name)
			require.Equal(t, want, timeslot.ParseCarrier(name), name)
		}
	}
	for _, name := range []string{"", "  ", "ヤマト運輸で送ります", "レターパック", "株式会社", "架空運送", "ヤマト 佐川", "1001"} {
		got, ok := timeslot.LookupCarrier(name)
		require.False(t, ok, "%q is %s", name, got)
	}
}

// No name is that of two carriers.
func TestCarrierNamesAreOnesOwn(t *testing.T) {
	seen := map[string]timeslot.Carrier{}
	for _, c := range timeslot.Carriers() {
		for _, name := range []string{c.Name(), c.EnglishName()} {
			if other, taken := seen[name]; taken {
				require.Equal(t, other, c, name)
			}
			seen[name] = c
			require.Equal(t, c, timeslot.ParseCarrier(name), name)
		}
	}
}
