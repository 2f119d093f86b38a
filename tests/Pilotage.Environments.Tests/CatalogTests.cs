using System.Buffers;
using Pilotage.Environments.Arcade;
using Pilotage.Environments.Grids;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Environments.Tests;

/// <summary>What holds for every grid and every game.</summary>
public sealed class CatalogTests
{
    private static IReadOnlyList<EnvironmentEntry> All => [.. GridCatalog.All, .. ArcadeCatalog.All];

    [Fact]
    public void All_Names_AreTheFields() => Assert.Equal(
        [
            "MiniGrid-LavaGapS7-v0", "MiniGrid-Dynamic-Obstacles-8x8-v0", "MinAtar/Breakout-v0", "MinAtar/Breakout-v1", "MinAtar/SpaceInvaders-v0", "MinAtar/SpaceInvaders-v1",
        ], All.Select(entry => entry.Name));

    [Fact]
    public void All_Checked_HaveNoProblem()
    {
        Assert.Empty(EnvironmentCheck.Problems<LavaGap>());
        Assert.Empty(EnvironmentCheck.Problems<DynamicObstacles>());
        Assert.Empty(EnvironmentCheck.Problems<Breakout>());
        Assert.Empty(EnvironmentCheck.Problems<SpaceInvaders>());
    }

    // Bars that separate a working rule from a silly one; seeds are evaluation seeds.
    [Theory]
    [InlineData("MiniGrid-LavaGapS7-v0", 98, 3, 196, 0.94)]
    [InlineData("MiniGrid-Dynamic-Obstacles-8x8-v0", 98, 3, 256, 0.9)]
    [InlineData("MinAtar/Breakout-v0", 100, 6, 10_000, 10)]
    [InlineData("MinAtar/Breakout-v1", 100, 3, 10_000, 10)]
    [InlineData("MinAtar/SpaceInvaders-v0", 100, 6, 10_000, 20)]
    [InlineData("MinAtar/SpaceInvaders-v1", 100, 4, 10_000, 20)]
    public void Entry_HeuristicOverFiftyEpisodes_ClearsItsBarAndBeatsChance(string name, int size, int actions, int limit, double bar)
    {
        var entry = EnvironmentCatalog.Find(name, All);
        Assert.Equal((size, limit), (entry.Spec.ObservationSize, entry.Spec.TimeLimit));
        Assert.Equal(new ActionSpace.Discrete(actions), entry.Spec.Actions);
        var rule = PolicyEvaluation.Run(entry.CreateHeuristic(), entry.Create, episodes: 50, SeedTree.Root(1).Evaluation);
        var chance = PolicyEvaluation.Run(new RandomPolicy(), entry.Create, episodes: 50, SeedTree.Root(1).Evaluation);
        Assert.True(rule.Mean >= bar, $"mean {rule.Mean}, chance {chance.Mean}");
        Assert.True(rule.Mean > 3 * chance.Mean, $"mean {rule.Mean}, chance {chance.Mean}");
    }

    [Theory]
    [InlineData("MiniGrid-LavaGapS7-v0")]
    [InlineData("MiniGrid-Dynamic-Obstacles-8x8-v0")]
    [InlineData("MinAtar/Breakout-v1")]
    [InlineData("MinAtar/SpaceInvaders-v1")]
    public void Load_InTheMiddle_GoesOnWithTheSameBits(string name)
    {
        var entry = EnvironmentCatalog.Find(name, All);
        var one = entry.Create(3, SeedTree.Root(4));
        Play(one, 1, 100);
        var saved = new ArrayBufferWriter<byte>();
        one.Save(saved);
        var other = entry.Create(3, SeedTree.Root(5));
        var reader = new SequenceReader<byte>(new(saved.WrittenMemory));
        other.Load(ref reader);
        Assert.Equal(Play(one, 2, 300), Play(other, 2, 300));
    }

    [Fact]
    public void Time_OnlyTurning_IsTruncatedAtTheLimitAndNotTerminated()
    {
        foreach (var entry in GridCatalog.All)
        {
            var environment = entry.Create(1, SeedTree.Root(1));
            var actions = new ActionBatch(entry.Spec.Actions, 1);
            for (var step = 1; step < entry.Spec.TimeLimit; step++) Assert.Equal(End.Running, environment.Step(actions).Ends[0]);
            Assert.Equal(End.Truncated, environment.Step(actions).Ends[0]);
        }
    }

    // The bits of play that agreed with the sources' own code, view by view and screen by screen.
    [Theory]
    [InlineData("MiniGrid-LavaGapS7-v0", 14531747512664462416UL)]
    [InlineData("MiniGrid-Dynamic-Obstacles-8x8-v0", 3391203932479902364UL)]
    [InlineData("MinAtar/Breakout-v0", 11587747669255745397UL)]
    [InlineData("MinAtar/SpaceInvaders-v0", 241650816922147279UL)]
    public void Step_FixedSeedsAndActions_GivesTheSameBits(string name, ulong expected) =>
        Assert.Equal(expected, Play(EnvironmentCatalog.Find(name, All).Create(3, SeedTree.Root(1)), 2, 1500));

    private static ulong Play(IVectorEnvironment environment, long seed, int steps)
    {
        var (policy, random, actions) = (new RandomPolicy(), SeedTree.Root(seed).Actions.Start(), new ActionBatch(environment.Spec.Actions, environment.Rows));
        var hash = 0xCBF29CE484222325;
        for (var step = 0; step < steps; step++)
        {
            policy.Act(environment.Frames, PolicyMemory.None, ref random, actions);
            var transition = environment.Step(actions);
            foreach (var value in transition.Rewards) hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x100000001B3;
            foreach (var value in environment.Frames.Observations) hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x100000001B3;
        }
        return hash;
    }
}
