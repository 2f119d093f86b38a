using Pilotage.Environments;
using Pilotage.Experience;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class NStepWindowTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(4) };

    [Fact]
    public void Add_OneStep_PassesStepsThrough()
    {
        var drawn = Play(1, 0.9, (End.Running, 1), (End.Terminated, 2));

        Assert.Equal([(0f, 0, 1f, 0.9f, 1f), (1f, 1, 2f, 0f, 2f)], drawn);
    }

    [Fact]
    public void Add_ThreeStepsRunning_SumsDiscountedRewards()
    {
        var drawn = Play(3, 0.5, (End.Running, 1), (End.Running, 2), (End.Running, 4), (End.Running, 8));

        Assert.Equal([(0f, 0, 1 + 0.5f * 2 + 0.25f * 4, 0.125f, 3f), (1f, 1, 2 + 0.5f * 4 + 0.25f * 8, 0.125f, 4f)], drawn);
    }

    [Fact]
    public void Add_Terminated_EmptiesTheWindowWithoutBootstrap()
    {
        var drawn = Play(3, 0.5, (End.Running, 1), (End.Terminated, 2));

        Assert.Equal([(0f, 0, 2f, 0f, 2f), (1f, 1, 2f, 0f, 2f)], drawn);
    }

    [Fact]
    public void Add_Truncated_EmptiesTheWindowAndBootstrapsByItsLength()
    {
        var drawn = Play(3, 0.5, (End.Running, 1), (End.Truncated, 2));

        Assert.Equal([(0f, 0, 2f, 0.25f, 2f), (1f, 1, 2f, 0.5f, 2f)], drawn);
    }

    [Fact]
    public void Add_AfterAnEnd_BeginsAnew()
    {
        var drawn = Play(2, 0.5, (End.Terminated, 1), (End.Running, 2), (End.Running, 4));

        Assert.Equal([(0f, 0, 1f, 0f, 1f), (1f, 1, 4f, 0.25f, 3f)], drawn);
    }

    [Fact]
    public void Add_ABox_KeepsTheActionOfTheFirstStep()
    {
        var box = new EnvironmentSpec { Name = "Box", ObservationSize = 1, Actions = new ActionSpace.Box([-1, -1], [1, 1]) };
        var window = new NStepWindow(2, 1, box, 2);
        var replay = new Replay(16, box);
        for (var t = 0; t < 4; t++)
            for (var row = 0; row < 2; row++) window.Add(row, [10 * row + t], new([], [10 * row + t, -t]), t, End.Running, [t + 1], [], replay);

        var batch = new TransitionBatch(64, box);
        var random = new Randomness(1);
        replay.Sample(batch, 0, ref random);

        Assert.Equal(6, replay.Count);
        for (var i = 0; i < 64; i++) Assert.Equal([batch.Observations[i], -(batch.Observations[i] % 10)], batch.ActionValues.AsSpan(2 * i, 2).ToArray());
    }

    /// <summary>Steps from place t to place t + 1 with action t; returns (from, action, reward, discount, to) in the order in which they became complete.</summary>
    private static List<(float, int, float, float, float)> Play(int length, double discount, params (End End, float Reward)[] steps)
    {
        var window = new NStepWindow(length, discount, Spec, 1);
        var replay = new Replay(16, Spec);
        for (var t = 0; t < steps.Length; t++) window.Add(0, [t], new(new[] { t }, []), steps[t].Reward, steps[t].End, [t + 1], [], replay);

        // Every transition begins at another place, so that drawing often and sorting gives the order back.
        var batch = new TransitionBatch(512, Spec);
        var random = new Randomness(1);
        replay.Sample(batch, 0, ref random);
        return [.. Enumerable.Range(0, 512)
            .Select(i => (batch.Observations[i], batch.ActionIndices[i], batch.Rewards[i], batch.Discounts[i], batch.NextObservations[i])).Distinct().Order()];
    }
}
