package faulttest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
)

// carrierMall is how a mall writes carriers.
type carrierMall struct {
	names map[string]string // the documented codes and the mall's names for them
	read  func(code string) timeslot.Carrier
	write func(timeslot.Carrier) (code string, ok bool)
	older map[string]string // codes that are read and written with another one; "" for those not written any more
}

func carrierMalls() map[order.Mall]carrierMall {
	malls := map[order.Mall]carrierMall{
		order.Rakuten: {
			names: map[string]string{},
			read:  func(code string) timeslot.Carrier { return rakuten.DeliveryCompany(code).Carrier() },
			write: func(c timeslot.Carrier) (string, bool) {
				code, ok := rakuten.CompanyOf(c)
				return string(code), ok
			},
		},
		order.Yahoo: {
			names: map[string]string{"5000": "ASKUL LOGIST", "5001": "店頭受け取り"},
			read:  func(code string) timeslot.Carrier { c, _ := yahoo.ShipCompanyCode(code).Carrier(); return c },
			write: func(c timeslot.Carrier) (string, bool) { code, ok := yahoo.CompanyOf(c); return string(code), ok },
			older: map[string]string{"999": "1000", "103": "1001", "104": "1002", "100": "1003"},
		},
		order.AuPay: {
			names: map[string]string{"1": "ヤマト運輸", "2": "佐川急便", "4": "福山通運", "5": "西濃運輸", "6": "日本郵便", "9": "その他配送会社"},
			read:  func(code string) timeslot.Carrier { return aupay.Carrier(code).Carrier() },
			write: func(c timeslot.Carrier) (string, bool) { code, ok := aupay.CompanyOf(c); return string(code), ok },
			older: map[string]string{"3": "", "7": ""},
		},
		order.Amazon: {
			names: map[string]string{amazon.CarrierYamato: "ヤマト運輸", amazon.CarrierSagawa: "佐川急便",
				amazon.CarrierNittsu:    "日本通運",
				amazon.CarrierJapanPost: "日本郵便", amazon.CarrierSeino: "西濃運輸", amazon.CarrierJPExpress: "JPエクスプレス",
				amazon.CarrierFedEx: "FedEx",
				amazon.CarrierOther: "その他"},
			read: amazon.CarrierOf, write: amazon.CompanyOf,
			older: map[string]string{"YamatoTransport": amazon.CarrierYamato, "SagawaExpress": amazon.CarrierSagawa,
				"NipponExpress": amazon.CarrierNittsu},
		},
	}
	for n := 1000; n <= 1031; n++ {
		code := fmt.Sprint(n)
		malls[order.Rakuten].names[code] = rakuten.DeliveryCompany(code).Name()
		if n <= 1029 {
			malls[order.Yahoo].names[code] = yahoo.ShipCompanyCode(code).Name()
		}
	}
	return malls
}

// One carrier has one identity: at every mall code, carrier and name lead to one another, and no
// two codes are one carrier.
func TestCarriersHaveOneIdentityAtEveryMall(t *testing.T) {
	for mall, m := range carrierMalls() {
		codes := map[timeslot.Carrier]string{}
		for code, name := range m.names {
			carrier := m.read(code)
			require.True(t, carrier.Known(), "%s: code %s (%s)", mall, code, name)
			require.Empty(t, codes[carrier], "%s: %s has two codes", mall, carrier)
			codes[carrier] = code
			back, ok := m.write(carrier)
			require.True(t, ok, "%s: code %s", mall, code)
			require.Equal(t, code, back, "%s: %s", mall, carrier)

			require.Equal(t, carrier, timeslot.ParseCarrier(name), "%s: the mall's own name %s", mall, name)
			back, ok = m.write(timeslot.Carrier(name)) // a name where a carrier belongs
			require.True(t, ok, "%s: %s", mall, name)
			require.Equal(t, code, back, "%s: %s", mall, name)
		}
		for code, now := range m.older {
			require.True(t, m.read(code).Known(), "%s: code %s", mall, code)
			back, ok := m.write(m.read(code))
			require.Equal(t, now != "", ok, "%s: code %s", mall, code)
			require.Equal(t, now, back, "%s: code %s", mall, code)
		}
		// A carrier is written as itself or as the company that runs it, never as another company.
		for _, carrier := range timeslot.Carriers() {
			code, ok := m.write(carrier)
			if !ok {
				continue
			}
			read := m.read(code)
			require.True(t, read == carrier || read == carrier.Company(), "%s reports %s as %s", mall, carrier, read)
		}
	}
}

// What people write reaches the company's code at every mall.
func TestCarrierNamesAtEveryMall(t *testing.T) {
	for name, want := range map[string]timeslot.Carrier{
		"ヤマト": timeslot.Yamato, "クロネコヤマト": timeslot.Yamato, "ヤマト運輸株式会社": timeslot.Yamato, "㈱ヤマト運輸": timeslot.Yamato, "ネコポス": timeslot.Yamato,
		"こねこ便420": timeslot.Yamato, "クロネコゆうメール": timeslot.Yamato, "佐川": timeslot.Sagawa, "佐川急便（株）": timeslot.Sagawa, "飛脚メール便": timeslot.Sagawa,
		"郵便局": timeslot.JapanPost, "レターパックライト": timeslot.JapanPost, "レターパックプラス": timeslot.JapanPost, "定形外郵便": timeslot.JapanPost,
		"スマートレター": timeslot.JapanPost, "クリックポスト": timeslot.JapanPost, "ゆうパケットポスト": timeslot.JapanPost, "西濃": timeslot.Seino,
	} {
		carrier, ok := timeslot.LookupCarrier(name)
		require.True(t, ok, name)
		require.Equal(t, want, carrier.Company(), name)
		for mall, m := range carrierMalls() {
			code, ok := m.write(timeslot.Carrier(name))
			require.True(t, ok, "%s: %s", mall, name)
			read := m.read(code)
			require.Equal(t, want, read.Company(), "%s: %s", mall, name)
		}
	}
	code, ok := yahoo.CompanyOf(timeslot.ParseCarrier("日本トラック"))
	require.True(t, ok)
	require.Equal(t, yahoo.CompanyNihonTruck, code, "the buyer is told the company that carries the parcel")
	code, ok = yahoo.CompanyOf(timeslot.Nittsu)
	require.True(t, ok)
	require.Equal(t, yahoo.CompanyNittsuTransport, code)
}
