package wire_test

import (
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
)

type memoRequest struct {
	OrderNumber string            `json:"orderNumber" xml:"OrderId"`
	Memo        *string           `json:"memo,omitempty" xml:"Memo,omitempty"`
	Parcels     []memoParcel      `json:"parcels,omitempty" xml:"Ship"`
	Extra       map[string]string `json:"extra,omitempty" xml:"-"`
	base
}

type memoParcel struct {
	Number string `json:"number" xml:"No"`
}

func TestEncodeJSONKeepsCharacters(t *testing.T) {
	memo := "のし <希望> & \\u2028 \u2028\u2029\n🍵\x7f"
	body, err := wire.EncodeJSON(memoRequest{OrderNumber: "a-1", Memo: &memo})
	require.NoError(t, err)
	require.Equal(t, `{"orderNumber":"a-1","memo":"のし <希望> & \\u2028 `+"\u2028\u2029"+`\n🍵`+"\x7f"+
		`","shop":"","kind":""}`, string(body))

	var back memoRequest
	_, err = wire.JSON(body, &back)
	require.NoError(t, err)
	require.Equal(t, memo, *back.Memo)
}

func TestEncodeXMLEscapes(t *testing.T) {
	memo := "<のし> & \"希望\" ]]>\n🍵"
	type request struct {
		XMLName xml.Name `xml:"Req"`
		memoRequest
	}
	body, err := wire.EncodeXML(request{memoRequest: memoRequest{OrderNumber: "a-1", Memo: &memo,
		Parcels: []memoParcel{{"1"}}}})
	require.NoError(t, err)
	require.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<Req><OrderId>a-1</OrderId><Memo>&lt;のし&gt; &amp; &#34;希望&#34; ]]&gt;&#xA;🍵</Memo><Ship><No>1</No></Ship><Shop></Shop><Kind></Kind></Req>`, string(body))

	var back struct {
		Memo string `xml:"Memo"`
	}
	_, err = wire.XML(body, &back)
	require.NoError(t, err)
	require.Equal(t, memo, back.Memo)
}

func TestEncodersNameTheFieldThatCannotBeSent(t *testing.T) {
	for _, text := range []string{"canary\x00", "canary\x1b", "canary\uFFFE", "canary\xff"} {
		for path, request := range map[string]memoRequest{
			"memo":              {Memo: &text},
			"parcels[1].number": {Parcels: []memoParcel{{"1"}, {text}}},
			"extra.{}":          {Extra: map[string]string{"a": text}},
			"shop":              {base: base{Shop: text}},
		} {
			_, err := wire.EncodeJSON(&request)
			require.ErrorIs(t, err, wire.ErrCharacter)
			require.ErrorContains(t, err, "wire: "+path+": ")
			require.NotContains(t, err.Error(), "canary")
		}
		_, err := wire.EncodeXML(memoRequest{Parcels: []memoParcel{{text}}})
		require.ErrorContains(t, err, "wire: Ship[0].No: ")
	}
	_, err := wire.EncodeJSON(map[string]any{"a": []any{1, nil, "ok", true}})
	require.NoError(t, err)
	_, err = wire.EncodeJSON(func() {})
	require.Error(t, err)
	_, err = wire.EncodeXML(map[string]string{})
	require.Error(t, err)
}
