using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;
using Pilotage.Policies.Heuristics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Datasets.Tests;

public sealed class DatasetDescriptionTests
{
    private static readonly EnvironmentSpec Line = new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(3) };

    [Fact]
    public void Of_SmallLog_CountsCompleteEpisodesAlone()
    {
        var steps = new Demonstrations(Line);
        steps.Add([1, 1, 2, 3], [], [0, 0, 1, 1], [], [0, 0, 0, 60], End.Terminated, [0], []);
        steps.Add([1, 2], [], [0, 0], [], [60, 0], End.Truncated, [0], []);
        steps.Add([1, 1], [], [0, 0], [], [500, 500], End.Running, [0], []);
        var it = DatasetDescription.Of(new(steps, new()), new(20, 120), SeedTree.Root(0));
        Assert.Equal((60, 60, 60), it.Returns);
        Assert.Equal((2, 3, 4), it.Lengths);
        Assert.Equal((0.75 + 0.5) / 2, it.Sparsity);
        Assert.Equal([0.75, 0.25, 0], it.ActionShares);
        Assert.Equal(0.4, it.Quality);
        Assert.Equal((0, 4L), (it.Bins.Edges, it.Pairs));
        Assert.Null(it.Coverage);
    }

    [Fact]
    public void Of_OnlyAPiece_LeavesUnknownWhatItDoesNotShow()
    {
        var steps = new Demonstrations(Line);
        steps.Add([1], [], [0], [], [500], End.Running, [0], []);
        var it = DatasetDescription.Of(new(steps, new()), new(20, 120), SeedTree.Root(0));
        Assert.True(it is { Returns: null, Lengths: null, Sparsity: null, Quality: null, CloneEntropy: null, Pairs: 1 });
    }

    [Fact]
    public void Of_KindsOfCartPole_StandInTheOrderOfTheirDefinition()
    {
        var seeds = SeedTree.Root(3);
        var random = DatasetGenerator.Random(Poles(), 1500, seeds);
        var expert = DatasetGenerator.Expert(new CartPoleFeedback(), "rule", Poles(), 1500, seeds);
        var noisy = DatasetGenerator.Noisy(new CartPoleFeedback(), "rule", Poles(), 1500, seeds, 0.5);
        var references = new DatasetReferences(random.MeanReturn, expert.MeanReturn, TransitionDataset.Join(new(), random, expert, noisy));
        DatasetDescription[] all = [.. new[] { random, expert, noisy }.Select(set => DatasetDescription.Of(set, references, seeds))];
        Assert.Equal((0, 1), (all[0].Quality, all[1].Quality));
        Assert.Equal(100, all[0].Bins.Edges);
        Assert.True(all[1].CloneEntropy < all[2].CloneEntropy && all[2].CloneEntropy < all[0].CloneEntropy);
        Assert.InRange(all[0].CloneEntropy!.Value, 0.95, 1);                               // uniform play
        Assert.All(all, it => Assert.InRange(it.Coverage!.Value, 0, 1));
        Assert.All(all, it => Assert.True(Math.Exp(it.PairEntropy) <= it.Pairs * (1 + 1e-12)));
    }

    [Fact]
    public void Advice_EachCorner_FollowsTheFiguresAndSaysThem() => Snapshot.Matches(string.Join('\n',
        from quality in new double?[] { null, -0.1, 0.3, 0.75 }
        from coverage in new double?[] { null, 0.1, 0.3, 1.2 }
        select DatasetAdvice.Of(quality, coverage) is var advice ? $"{advice.Family} <- {advice.Evidence}" : ""));

    private static VectorEnvironment<CartPole> Poles() => new(new CartPole[2], SeedTree.Root(8));
}
