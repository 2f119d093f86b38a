using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Pilotage.Policies.Heuristics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Experience.Datasets;

public sealed class DatasetGeneratorTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(5);

    [Fact]
    public void Kinds_CartPole_OrderAsTheirQualityDoes()
    {
        var random = DatasetGenerator.Random(CartPoles(), 2000, Seeds);
        var expert = DatasetGenerator.Expert(new CartPoleFeedback(), "feedback", CartPoles(), 2000, Seeds);
        var noisy = DatasetGenerator.Noisy(new CartPoleFeedback(), "feedback", CartPoles(), 2000, Seeds, epsilon: 0.6);
        var mixed = DatasetGenerator.Mixed(random, expert);
        TransitionDataset[] all = [random, expert, noisy, mixed];
        Assert.All(all, set => Assert.Equal(2000, set.Count));
        Assert.Equal([DatasetKind.Random, DatasetKind.Expert, DatasetKind.Noisy, DatasetKind.Mixed], all.Select(set => set.Origin.Kind));
        Assert.Equal("feedback, epsilon 0.6", noisy.Origin.Behaviour);
        Assert.Equal("random, then feedback", mixed.Origin.Behaviour);
        Assert.True(expert.MeanReturn > noisy.MeanReturn && noisy.MeanReturn > random.MeanReturn);
        Assert.Equal(500, expert.MeanReturn);
        Assert.InRange(random.MeanReturn, 18, 26);
    }

    [Fact]
    public void Mixed_TwoLogs_HoldsTheFirstFourFifthsAndAFifth()
    {
        var random = Logs.Of([.. Enumerable.Range(0, 10).Select(i => ((float)i, 0))]);
        var expert = Logs.Of([.. Enumerable.Range(0, 10).Select(i => (100f + i, 1))]);
        var mixed = DatasetGenerator.Mixed(random, expert);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 100, 101], mixed.Steps.Observations.ToArray());
        Assert.Equal(8, mixed.NextObservation(7)[0]);                                      // not the expert's first frame
        Assert.Equal(End.Running, mixed.EndOf(7));
        Assert.Throws<ArgumentException>(() => DatasetGenerator.Mixed(random, expert.First(1)));
    }

    [Fact]
    public void Noisy_ConstantRule_ReplacesTheShareItSays()
    {
        var noisy = DatasetGenerator.Noisy(new RulePolicy((_, _) => 1), "right", CartPoles(), 20_000, Seeds);
        var others = noisy.Steps.ActionIndices.ToArray().Count(action => action == 0) / 20_000.0;
        Assert.InRange(others, 0.1 - 4 * 0.0021, 0.1 + 4 * 0.0021);                        // half of 0.2 by chance; four standard errors
    }

    [Fact]
    public void Noisy_BoxOfActions_IsRefused()
    {
        var pendulum = new VectorEnvironment<Pendulum>(new Pendulum[1], Seeds);
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => DatasetGenerator.Noisy(new RandomPolicy(), "random", pendulum, 10, Seeds)).Message, "noise_in_a_box");
        Assert.Equal(10, DatasetGenerator.Random(pendulum, 10, Seeds).Steps.ActionValues.Length);
    }

    [Fact]
    public void Record_SameSeed_GivesTheSameBits()
    {
        var (one, other) = (DatasetGenerator.Random(CartPoles(), 500, Seeds), DatasetGenerator.Random(CartPoles(), 500, Seeds));
        Assert.Equal(one.Steps.Observations.ToArray(), other.Steps.Observations.ToArray());
        Assert.Equal(one.Episodes, other.Episodes);
    }

    private static VectorEnvironment<CartPole> CartPoles() => new(new CartPole[4], Seeds);
}
