using Pilotage.Systems.Language.Hbpo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Hbpo;

public sealed class BudgetCreditTests
{
    [Fact]
    public void Compute_ByHand()
    {
        // Means 2 and 1 of the subgroups, 1.5 of all; sample deviation 1 (squares 2.25, .25, .25, .25 → 3 over 3).
        Close([3 - 1.5 + (2 - 2.5), 1 - 1.5 + (2 - 2.5), 1 - 1.5 + (1 - 1.0), 1 - 1.5 + (1 - 1.0)], Advantages([3, 1, 1, 1], [2.5, 1], 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Compute_Weight_ScalesTheFirstTermAlone(double weight)
    {
        var inter = Advantages([3, 1, 1, 1], [2.5, 1], 0);
        Close([inter[0] - 0.5 * weight, inter[1] - 0.5 * weight, inter[2], inter[3]], Advantages([3, 1, 1, 1], [2.5, 1], weight));
    }

    [Fact]
    public void Compute_AllCorrectWithinTheirBudgets_HasNoFirstTerm()
    {
        var reward = new BudgetReward(4096);
        int[] budgets = [512, 1024, 2048, 2560], tokens = [10, 500, 900, 1000, 3, 2048, 2000, 1];
        float[] rewards = [.. tokens.Select((n, i) => (float)reward.Of(true, true, n, budgets[i / 2]))];
        double[] within = [.. budgets.Select(reward.Within)];
        Close([.. Advantages(rewards, within, 0).Select(value => (double)value)], Advantages(rewards, within, 1), 1e-6);
    }

    [Fact]
    public void Compute_EqualRewards_LeaveTheFirstTermAlone()
    {
        Close([-2, -2, -1, -1], Advantages([0, 0, 0, 0], [2, 1], 1));                 // all wrong: whatever was said is lowered
        Close([0, 0, 0, 0], Advantages([0, 0, 0, 0], [2, 1], 0));
    }

    [Fact]
    public void Compute_FirstTerm_IsNeverPositiveUnderThePaperRule()
    {
        var (reward, random) = (new BudgetReward(96), SeedTree.Root(4).Start());
        int[] budgets = [12, 24, 48, 60];
        double[] within = [.. budgets.Select(reward.Within)];
        for (var trial = 0; trial < 200; trial++)
        {
            var rewards = new float[16];
            for (var i = 0; i < 16; i++) rewards[i] = (float)reward.Of(random.NextInt(2) == 0, true, 1 + random.NextInt(96), budgets[i / 4]);
            var (with, without) = (Advantages(rewards, within, 1), Advantages(rewards, within, 0));
            for (var i = 0; i < 16; i++) Assert.True(with[i] <= without[i] + 1e-6f);
            Assert.Equal(0, without.Sum(), 1e-4);
        }
    }

    [Fact]
    public void Compute_SubgroupsThatDoNotDivide_AreRefused() => Assert.Throws<ArgumentException>(() => Advantages([1, 2, 3], [1, 2], 1));

    private static float[] Advantages(float[] rewards, double[] within, double weight)
    {
        var advantages = new float[rewards.Length];
        BudgetCredit.Compute(rewards, within, weight, advantages);
        return advantages;
    }

    private static void Close(double[] expected, float[] actual, double tolerance = 1e-5) => Assert.Equal(expected, actual.Select(value => (double)value), (a, b) => Math.Abs(a - b) < tolerance);
}
