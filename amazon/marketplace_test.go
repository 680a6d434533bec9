package amazon_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
)

func TestMarketplaceByCountry(t *testing.T) {
	jp, ok := amazon.MarketplaceByCountry("jp")
	require.True(t, ok)
	require.Equal(t, "A1VC38T7YXB528", jp.ID)
	gb, ok := amazon.MarketplaceByCountry("UK")
	require.True(t, ok)
	require.Equal(t, "GB", gb.Country)
	for _, m := range amazon.Marketplaces() {
		same, ok := amazon.MarketplaceByCountry(m.Country)
		require.True(t, ok)
		require.Equal(t, m, same, "one marketplace a country")
	}
	_, ok = amazon.MarketplaceByCountry("XX")
	require.False(t, ok)
}
