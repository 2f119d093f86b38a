using Pilotage.Systems.Language.Hbpo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Hbpo;

public sealed class BudgetRewardTests
{
    private static readonly int[] Budgets = [512, 1024, 2048, 2560];
    private static readonly BudgetReward Published = new(4096);
    private static readonly BudgetReward Code = new(4096, Rule: BudgetRule.CodeMin);

    [Theory]
    [InlineData(512, 3.923141)]
    [InlineData(1024, 3.695518)]
    [InlineData(2048, 2.828427)]
    [InlineData(2560, 2.222281)]
    [InlineData(4096, 0)]
    public void Within_AsPublished(int budget, double expected) => Assert.Equal(expected, Published.Within(budget), 1e-6);

    [Theory]
    [InlineData(300, new[] { 3.923141, 3.695518, 2.828427, 2.222281 })]
    [InlineData(1500, new[] { 3.115030, 3.240030, 2.828427, 2.222281 })]
    [InlineData(3000, new[] { 1.024755, 1.149755, 1.399755, 1.524755 })]
    public void Of_CorrectAnswer_AsPublished(int tokens, double[] expected)
    {
        for (var i = 0; i < Budgets.Length; i++) Assert.Equal(expected[i], Published.Of(true, true, tokens, Budgets[i]), 1e-6);
    }

    [Fact]
    public void Of_IsContinuousAtTheBudgetAndFallsStrictlyBeyond()
    {
        foreach (var budget in Budgets)
        {
            Assert.Equal(Published.Within(budget), Published.Beyond(budget, budget), 1e-12);
            for (var tokens = budget; tokens < 4096; tokens++) Assert.True(Published.Of(true, true, tokens + 1, budget) < Published.Of(true, true, tokens, budget));
            for (var tokens = 1; tokens <= budget; tokens += 37) Assert.Equal(Published.Within(budget), Published.Of(true, true, tokens, budget));
        }
    }

    [Fact]
    public void Of_AboveTwoBudgets_DiffersByAlphaTimesTheirDistance() =>
        Assert.Equal((1024 - 512) / 4096.0, Published.Of(true, true, 2000, 1024) - Published.Of(true, true, 2000, 512), 1e-12);

    [Fact]
    public void CodeMin_DiffersForTheSmallestBudgetAndVeryShortAnswersAlone()
    {
        foreach (var budget in Budgets)
        {
            for (var tokens = 1; tokens <= 4096; tokens++)
            {
                var differs = Math.Abs(Code.Of(true, true, tokens, budget) - Published.Of(true, true, tokens, budget)) > 1e-12;
                Assert.Equal(budget == 512 && tokens <= 321, differs);
            }
        }
        Assert.Equal(3.875, Code.Of(true, true, 0, 512), 1e-12);
        Assert.Equal(2.283565, Code.Beyond(2500, 2560), 1e-6);
        Assert.Equal(2.222281, Code.Of(true, true, 2500, 2560), 1e-6);
    }

    [Fact]
    public void Of_WrongOrCutOff_IsWorthNothing()
    {
        Assert.Equal(0, Published.Of(false, true, 100, 512));
        Assert.Equal(0, Published.Of(true, false, 4096, 512));
        Assert.Equal(0, Published.Of(true, true, 4097, 512));
        Assert.Equal(0, Code.Of(false, true, 100, 512));
        Assert.Equal(-1, Code.Of(true, false, 4096, 512));
    }

    [Fact]
    public void Of_LargeAlpha_MayTurnNegative() => Assert.True(new BudgetReward(4096, Deviation: 4).Of(true, true, 4000, 512) < -3);
}
