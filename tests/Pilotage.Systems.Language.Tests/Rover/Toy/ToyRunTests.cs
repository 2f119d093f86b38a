using Pilotage.Systems.Language.Rover;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rover.Toy;

public sealed class ToyRunTests
{
    [Fact]
    public void Table_Fresh_IsUniform()
    {
        var table = new ToyTable(StringTree.Paper);
        Assert.Equal(21, table.Prefixes);
        Assert.All(table.RightProbabilities(), probability => Assert.Equal(1.0 / 64, probability, 1e-8));
        Assert.All(table.Means, mean => Assert.Equal(-MathF.Log(4), mean, 1e-6f));
        Assert.Equal(20, table.Next(table.Next(0, 3), 3));                                // DD is the last prefix
    }

    [Fact]
    public void Learn_OneStepABatch_IsThePolicyGradientWithTheGroupsMean()
    {
        // The gradient at the old policy is 2 rho times that of -r~ log pi: half the step size gives the same table.
        var run = new ToyRun(64, 5);
        var rover = run.Learn(ToyRule.Rover(1, 1, steps: 1, rate: 0.5), SeedTree.Root(1), CancellationToken.None);
        var reinforce = run.Learn(ToyRule.Reinforce(1), SeedTree.Root(1), CancellationToken.None);
        Assert.Equal(reinforce.Select(figures => figures.Success), rover.Select(figures => figures.Success), EqualityComparer<double>.Create((x, y) => Math.Abs(x - y) < 1e-6, _ => 0));
        Assert.NotEqual(reinforce[0].Success, reinforce[^1].Success);
    }

    [Fact]
    public void Learn_ManySteps_KeepsAllFourWaysWhereTheClipKeepsOne()
    {
        var run = new ToyRun(256, 80);
        Assert.Equal(4, run.Learn(ToyRule.Rover(1, 1, 30, 1), SeedTree.Root(2), CancellationToken.None)[^1].Modes);
        Assert.True(run.Learn(ToyRule.Grpo(0.2, 30, 1), SeedTree.Root(2), CancellationToken.None)[^1].Modes < 4);
    }

    [Fact]
    public void LearnValues_EndsWithOneRightString()
    {
        var figures = new ToyRun(256, 40).LearnValues(0.5, 0.1, SeedTree.Root(3), CancellationToken.None);
        Assert.Equal(new(0, 0), figures[0]);                                              // AAA, the first of equal values
        Assert.Equal(new(1, 1), figures[^1]);
    }

    [Fact]
    public void Learn_SameSeed_GivesTheSameBits()
    {
        var run = new ToyRun(32, 4);
        Assert.Equal(run.Learn(ToyRule.Rover(1, 1, 5, 1), SeedTree.Root(4), CancellationToken.None), run.Learn(ToyRule.Rover(1, 1, 5, 1), SeedTree.Root(4), CancellationToken.None));
    }
}
