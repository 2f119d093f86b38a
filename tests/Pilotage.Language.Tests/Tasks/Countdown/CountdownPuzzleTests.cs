using Pilotage.Language.Tasks.Countdown;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Countdown;

public sealed class CountdownPuzzleTests
{
    [Theory]
    [InlineData("3 5 2 to 16", "3 5 + 2 *", true)]
    [InlineData("3 5 2 to 16", "2 5 3 + *", true)]
    [InlineData("3 5 2 to 16", "(3+5)*2", true)]
    [InlineData("3 5 2 to 16", "2 × (5 + 3)", true)]
    [InlineData("3 5 2 to 16", "3+5*2", false)]
    [InlineData("3 5 2 to 13", "3+5*2", true)]
    [InlineData("9 4 2 to 3", "9-4-2", true)]            // from left to right: 9-(4-2) would be 7
    [InlineData("8 4 2 to 1", "8/4/2", true)]
    [InlineData("8 4 2 to 1", "8 4 / 2 /", true)]
    [InlineData("3 5 2 to 16", "3 5 +", false)]          // a number is missing
    [InlineData("3 5 2 to 16", "3 5 + 2 * 1 *", false)]  // a number that was not given
    [InlineData("3 5 2 to 16", "3 5 + 2 * 2 2 - +", false)]
    [InlineData("2 2 3 to 7", "2 2 * 3 +", true)]
    [InlineData("2 2 3 to 7", "2 3 * 1 +", false)]
    [InlineData("4 4 4 to 5", "4 4 / 4 +", true)]
    [InlineData("1 3 8 to 24", "8 1 3 / /", true)]       // through one third, exactly
    [InlineData("3 8 11 to 6", "3 8 - 11 +", true)]      // through minus five
    [InlineData("3 5 2 to 1", "3 5 2 2 - / +", false)]
    [InlineData("3 3 2 to 2", "2 3 3 - /", false)]       // division by zero
    [InlineData("3 3 0 to 0", "0 3 3 - /", false)]
    [InlineData("3 5 to 8", "3 5 + +", false)]
    [InlineData("3 5 to 8", "+ 3 5", false)]
    [InlineData("3 5 to 8", "3 5", false)]
    [InlineData("3 5 to 8", "(3+5", false)]
    [InlineData("3 5 to 8", "3+5)", false)]
    [InlineData("3 5 to 8", "3 + 5 = 8", false)]
    [InlineData("3 5 to 8", "", false)]
    [InlineData("3 5 to 8", "x", false)]
    [InlineData("35 1 to 36", "3 5 1 + +", false)]
    public void IsSolvedBy_ComputesExactlyAndCountsNumbers(string puzzle, string response, bool expected) =>
        Assert.Equal(expected, CountdownPuzzle.TryParse(puzzle)!.IsSolvedBy(response));

    [Fact]
    public void IsSolvedBy_HostileTexts_AreWrongAndNoMore()
    {
        var puzzle = CountdownPuzzle.TryParse("3 5 to 8")!;
        Assert.False(puzzle.IsSolvedBy(new string('(', 1_000_000)));
        Assert.False(puzzle.IsSolvedBy(string.Concat(Enumerable.Repeat("9*", 100_000)) + "9"));
        Assert.False(puzzle.IsSolvedBy(new string('9', 100_000)));
    }

    [Theory]
    [InlineData("3 5 2 to 16", true)]
    [InlineData("7 to 7", true)]
    [InlineData("to 7", false)]
    [InlineData("3 5 16", false)]
    [InlineData("3 -5 to 2", false)]
    [InlineData("3 five to 2", false)]
    public void TryParse_ReadsWhatToStringWrites(string text, bool expected) => Assert.Equal(expected ? text : null, CountdownPuzzle.TryParse(text)?.ToString());

    [Theory]
    [InlineData("3 5 + 2 *", "2 5 3 + *", true)]
    [InlineData("3 5 + 2 *", "(5+3)*2", true)]
    [InlineData("8 2 - 3 +", "3 8 2 - +", true)]
    [InlineData("8 2 - 3 -", "8 2 3 + -", false)]
    [InlineData("8 2 /", "2 8 /", false)]
    [InlineData("1 2 + 3 +", "1 2 3 + +", false)]        // operands are sorted at a node, nodes are not joined
    public void Key_IsEqualForOtherOrdersOfSumsAndProductsOnly(string first, string second, bool expected) =>
        Assert.Equal(expected, Expression.Parse(first)!.Key == Expression.Parse(second)!.Key);
}
