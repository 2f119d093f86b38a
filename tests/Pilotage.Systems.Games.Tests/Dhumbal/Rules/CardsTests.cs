using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Rules;

public class CardsTests
{
    [Fact]
    public void ValueOf_EverySingleCard_IsItsRank()
    {
        for (var card = 0; card < Cards.Count; card++)
        {
            Assert.Equal(card / 4 + 1, Cards.ValueOf(card));
            Assert.Equal(card / 4 + 1, Cards.ValueOf(Cards.Bit(card)));
        }
        Assert.Equal(4 * 13 * 14 / 2, Cards.ValueOf(Cards.All));
    }

    [Fact]
    public void AllHandsOfFive_MeanAndLowValues_AreTheExactOnes()
    {
        long hands = 0, sum = 0, low = 0, ten = 0, least = 0;
        for (var a = 0; a < 48; a++)
            for (var b = a + 1; b < 49; b++)
                for (var c = b + 1; c < 50; c++)
                    for (var d = c + 1; d < 51; d++)
                        for (var e = d + 1; e < 52; e++)
                        {
                            var value = Cards.ValueOf(1UL << a | 1UL << b | 1UL << c | 1UL << d | 1UL << e);
                            hands++;
                            sum += value;
                            if (value <= 10) low++;
                            if (value == 10) ten++;
                            if (value == 6) least++;
                            if (value < 6) Assert.Fail($"a hand of {value}");
                        }
        Assert.Equal((2_598_960, 35 * 2_598_960L, 848, 484, 4), (hands, sum, low, ten, least));
    }

    [Theory]
    [InlineData("10h", "10♥")]
    [InlineData("TH", "10♥")]
    [InlineData("k♦", "K♦")]
    [InlineData("as", "A♠")]
    [InlineData("2C", "2♣")]
    public void Parse_WhatPlayersType_IsTheCard(string typed, string card) => Assert.Equal(card, Cards.Text(Cards.Parse(typed)));

    [Theory]
    [InlineData("1s")]
    [InlineData("10")]
    [InlineData("11h")]
    [InlineData("")]
    [InlineData("7x")]
    public void Parse_NoCard_IsRefused(string typed) => Assert.Equal(-1, Cards.Parse(typed));

    [Fact]
    public void Text_EveryCard_ReadsBack()
    {
        for (var card = 0; card < Cards.Count; card++) Assert.Equal(card, Cards.Parse(Cards.Text(card)));
    }
}
