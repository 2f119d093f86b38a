using Pilotage.Language.Models;
using Pilotage.Language.Supervised;
using Pilotage.Language.Tests.Groups;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Supervised;

public sealed class WarmStartTests
{
    private static readonly LanguageModelConfig Shape = EchoTask.Model().Config;

    private static readonly WarmStartConfig Config = new() { BatchSize = 8, CheckEvery = 2, LowestSuccess = 0.45, HighestSuccess = 1, LearningRate = 1e-2, MaximumUpdates = 200 };

    [Fact]
    public void LoadOrTrain_Again_ReadsTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var trained = WarmStart.LoadOrTrain(new EchoTask(), Config, Shape, folder.Path, cancellation: TestContext.Current.CancellationToken);
        var file = Assert.Single(Directory.GetFiles(folder.Path));
        Assert.StartsWith("echo-", Path.GetFileName(file), StringComparison.Ordinal);
        var progress = new Calls();
        var read = WarmStart.LoadOrTrain(new EchoTask(), Config, Shape, folder.Path, progress, TestContext.Current.CancellationToken);
        Assert.Equal(trained.Parameters.Values, read.Parameters.Values);
        Assert.Equal(0, progress.Count);

        WarmStart.LoadOrTrain(new EchoTask(), Config with { CorruptedShare = 0.2 }, Shape, folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Train_BandJumpedOver_FailsLoudly() =>
        Snapshot.Matches(Assert.Throws<RunFailedException>(() => WarmStart.Train(new EchoTask(), Config with { LowestSuccess = 0.05, HighestSuccess = 0.1, CheckEvery = 100 }, Shape, cancellation: TestContext.Current.CancellationToken)).Message, "jumped");

    [Fact]
    public void Train_BandNotReached_FailsLoudly() =>
        Snapshot.Matches(Assert.Throws<RunFailedException>(() => WarmStart.Train(new EchoTask(), Config with { LowestSuccess = 1, MaximumUpdates = 4 }, Shape, cancellation: TestContext.Current.CancellationToken)).Message, "missed");

    [Fact]
    public void Loss_IsOfTheResponseTokensAlone()
    {
        var model = EchoTask.Model();
        using var step = Step.Begin();
        var all = -model.Forward(new([new(new[] { 1 }, new[] { 5, 2, 0 })])).LogProbability;
        var expected = (all.Slice(0, 1, 1).Item() + all.Slice(0, 2, 1).Item()) / 2;
        Assert.Equal(expected, WarmStart.Loss(model, new([new(new[] { 1, 5 }, new[] { 2, 0 })])).Item(), 1e-6f);
    }

    private sealed class Calls : IProgress<(int Updates, double Success)>
    {
        public int Count { get; private set; }

        public void Report((int Updates, double Success) value) => Count++;
    }
}
