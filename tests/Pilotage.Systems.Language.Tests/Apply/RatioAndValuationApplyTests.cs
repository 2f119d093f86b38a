using Pilotage.Systems.Language.R2vpo;
using Pilotage.Systems.Language.Rover;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Apply;

/// <summary>A user's problems through r2vpo and rover.</summary>
public sealed class RatioAndValuationApplyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ApplyRequest Request(object settings) => new(settings, [SumProblems.Write(_folder.In("sums.jsonl"))], 1, _folder.Path);

    [Fact]
    public void R2vpo_Problems_TrainsAndWarnsWhereNothingBinds()
    {
        var small = SumProblems.Small with { Batch = SumProblems.Small.Batch with { Epochs = 2, Minibatches = 2 } };
        var report = new R2vpoSystem().Apply(Request(new R2vpoConfig { Apply = small, ApplyReplay = new() { Share = 0.5 } }), null, TestContext.Current.CancellationToken);
        Assert.NotEmpty(report.Rows);
        Assert.DoesNotContain(report.Notes, note => note.Contains("ratios stay 1", StringComparison.Ordinal));
    }

    [Fact]
    public void R2vpo_OneUpdateAStepWithoutBound_SaysBoth()
    {
        var report = new R2vpoSystem().Apply(Request(new R2vpoConfig { Apply = SumProblems.Small, Constraint = new() { InitialMultiplier = 0, MultiplierRate = 0 } }), null, TestContext.Current.CancellationToken);
        Assert.Contains(report.Notes, note => note.Contains("ratios stay 1", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("importance weighting without any bound", StringComparison.Ordinal));
    }

    [Fact]
    public void Rover_Problems_Trains() => Assert.NotEmpty(new RoverSystem().Apply(Request(new RoverConfig { Apply = SumProblems.Small }), null, TestContext.Current.CancellationToken).Rows);

    [Fact]
    public void Rover_AnswersAlone_AreRefused() => Assert.Contains("nothing to learn", Assert.Throws<UserMistakeException>(() =>
        new RoverSystem().Apply(Request(new RoverConfig { Apply = SumProblems.Small with { Batch = new() { GroupSize = 1 } } }), null, CancellationToken.None)).Message, StringComparison.Ordinal);
}
