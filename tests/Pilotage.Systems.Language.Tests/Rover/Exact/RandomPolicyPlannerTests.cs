using Pilotage.Systems.Language.Rover;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rover.Exact;

public sealed class RandomPolicyPlannerTests
{
    private static readonly TreeNode Strings = TreeNode.Of(StringTree.Paper);

    [Fact]
    public void UniformValue_PapersStrings_AreTheWorkedExample()
    {
        Assert.All(Strings.Children, child => Assert.Equal(1.0 / 16, child.UniformValue, 1e-15));
        var a = Strings.Children[0];
        Assert.Equal([0, 0, 0.25, 0], a.Children.Select(child => child.UniformValue));
        Assert.Equal([0, 0, 0, 1], a.Children[2].Children.Select(child => child.UniformValue));
        Assert.Equal(1, RandomPolicyPlanner.GreedyValue(Strings));
        Assert.Equal([0, 2, 3], RandomPolicyPlanner.GreedyPath(Strings));                // ACD
    }

    [Theory]
    [InlineData(1, 0.142479)]
    [InlineData(0.1, 0.802295)]
    [InlineData(0.02, 0.999989)]
    public void SoftmaxValue_PapersStrings_IsTheWorkedExampleAndItsBound(double temperature, double success)
    {
        Assert.Equal(success, RandomPolicyPlanner.SoftmaxValue(Strings, temperature), 1e-6);
        Assert.Equal(success, RandomPolicyPlanner.Bound(Strings, temperature), 1e-6);    // one good choice in each key state: an equality
    }

    [Fact]
    public void Bound_SuccessOfAnotherSize_ScalesWithTheTemperature()
    {
        var scaled = TreeNode.Choice([.. Strings.Children.Select(Scaled)]);
        Assert.Equal(5 * RandomPolicyPlanner.SoftmaxValue(Strings, 0.3), RandomPolicyPlanner.SoftmaxValue(scaled, 1.5), 1e-12);
        Assert.Equal(5 * RandomPolicyPlanner.Bound(Strings, 0.3), RandomPolicyPlanner.Bound(scaled, 1.5, success: 5), 1e-12);

        static TreeNode Scaled(TreeNode node) => node.IsEnd ? TreeNode.End(5 * node.Reward) : TreeNode.Choice([.. node.Children.Select(Scaled)]);
    }

    [Fact]
    public void Planners_RandomTrees_KeepToTheTheorems()
    {
        var random = new Randomness(5);
        var slack = 0.0;
        for (var i = 0; i < 60; i++)
        {
            var tree = RandomTrees.Draw(ref random, out var successes);
            Assert.Equal(successes, Ends(tree).Count(end => end.Reward == 1));
            Assert.Equal(1, tree.BestValue);
            Assert.Equal(1, RandomPolicyPlanner.GreedyValue(tree));
            var before = 0.0;
            foreach (var temperature in new[] { 1000, 1, 0.1, 0.01, 1e-5 })
            {
                var (value, bound) = (RandomPolicyPlanner.SoftmaxValue(tree, temperature), RandomPolicyPlanner.Bound(tree, temperature));
                Assert.True(value >= bound - 1e-10);
                slack = Math.Max(slack, value - bound);
                if (temperature == 1000) Assert.Equal(tree.UniformValue, value, 1e-3);
                if (temperature is 1000 or 1e-5) Assert.True(value >= before - 1e-12);
                before = value;
            }
            Assert.Equal(1, before, 1e-6);                                               // rho to 0
        }
        Assert.True(slack > 0.01);                                                       // the bound is no equality in general
    }

    [Fact]
    public void Greedy_ConditionsBroken_IsWrong()
    {
        var partial = RandomTrees.PartialRewards();
        Assert.Equal(0.6, RandomPolicyPlanner.GreedyValue(partial), 1e-12);
        Assert.Equal(1, partial.BestValue);
        var stochastic = RandomTrees.Stochastic();
        Assert.Equal(0.5, RandomPolicyPlanner.GreedyValue(stochastic), 1e-12);
        Assert.Equal(1, stochastic.BestValue);
    }

    [Fact]
    public void Chance_IsAveragedByEveryPolicy()
    {
        var tree = TreeNode.Chance([TreeNode.Choice(TreeNode.End(1), TreeNode.End(0)), TreeNode.End(0)], 0.25, 0.75);
        Assert.Equal(0.125, tree.UniformValue, 1e-15);
        Assert.Equal(0.25, tree.BestValue, 1e-15);
        Assert.Equal(0.25, RandomPolicyPlanner.GreedyValue(tree), 1e-15);
        Assert.Equal(0.25 / (1 + Math.Exp(-1)), RandomPolicyPlanner.SoftmaxValue(tree, 1), 1e-12);
    }

    [Fact]
    public void SharedState_CountsOnEveryWay()
    {
        var shared = TreeNode.Choice(TreeNode.End(0), TreeNode.End(1));
        var tree = TreeNode.Choice(shared, TreeNode.Choice(shared, TreeNode.End(0)));
        Assert.Equal((0.5 + 0.25) / 2, tree.UniformValue, 1e-15);
        Assert.Equal(1, RandomPolicyPlanner.GreedyValue(tree));
    }

    [Fact]
    public void Tree_NumbersWrong_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => TreeNode.End(-1));
        Assert.Throws<ArgumentException>(() => TreeNode.End(double.NaN));
        Assert.Throws<ArgumentException>(() => TreeNode.Choice());
        Assert.Throws<ArgumentException>(() => TreeNode.Chance([TreeNode.End(1)], 0.5));
        Assert.Contains("PIL1873", Assert.Throws<UserMistakeException>(() => TreeNode.Of(StringTree.Paper, maximumNodes: 84)).Message, StringComparison.Ordinal);
        Assert.Equal(64, Ends(TreeNode.Of(StringTree.Paper, maximumNodes: 85)).Count());
    }

    private static IEnumerable<TreeNode> Ends(TreeNode node) => node.IsEnd ? [node] : node.Children.SelectMany(Ends);
}
