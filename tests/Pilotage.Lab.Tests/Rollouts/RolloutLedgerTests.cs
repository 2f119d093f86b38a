using Pilotage.Experience;
using Pilotage.Lab.Rollouts;
using Xunit;

namespace Pilotage.Lab.Tests.Rollouts;

public sealed class RolloutLedgerTests
{
    private readonly RolloutLedger _ledger = new();

    [Fact]
    public void Judge_EachPieceOnce_IsUsedAndClosesTheRollout()
    {
        Begin(sequence: 0, version: 10);

        Assert.Equal(RolloutVerdict.Use, Judge(0, 1, 10, 2));
        Assert.Equal(1, _ledger.Open);
        Assert.Equal(RolloutVerdict.Use, Judge(0, 0, 10, 3));

        Assert.Equal(0, _ledger.Open);
        Assert.Equal(new RolloutFigures(Sent: 2, Used: 2, Lost: 0, Repeated: 0, Late: 0, WeightBytes: 0, TaskBytes: 8, ResultBytes: 2), _ledger.Figures);
    }

    [Fact]
    public void Judge_UsedPieceAgain_IsDroppedAndCounted()
    {
        Begin(sequence: 0, version: 10);
        Judge(0, 1, 10, 2);

        Assert.Equal(RolloutVerdict.Repeated, Judge(0, 1, 10, 2));

        Assert.Equal((1, 1), (_ledger.Figures.Used, _ledger.Figures.Repeated));
        Assert.Equal(1, _ledger.Open);
    }

    [Fact]
    public void Judge_UsedPieceWithAnotherResult_StopsTheRun()
    {
        Begin(sequence: 0, version: 10);
        Judge(0, 1, 10, 2);

        var failure = Assert.Throws<RunFailedException>(() => Judge(0, 1, 10, 3));

        Assert.StartsWith("Two workers computed different results for piece 1 of rollout 0.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_EarlierRolloutOrOtherWeights_IsDroppedAndCounted()
    {
        Begin(sequence: 0, version: 10);
        Judge(0, 0, 10, 1);
        Judge(0, 1, 10, 1);
        Begin(sequence: 1, version: 11);

        Assert.Equal(RolloutVerdict.Late, Judge(0, 0, 10, 1));                    // an earlier rollout's
        Assert.Equal(RolloutVerdict.Late, Judge(1, 0, 10, 1));                    // this rollout's, of the weights before
        Assert.Equal(RolloutVerdict.Late, Judge(1, 7, 11, 1));                    // no such piece
        Assert.Equal(RolloutVerdict.Late, Judge(0, 0, 10, loss: "died"));         // nobody waits for it

        Assert.Equal((2, 4), (_ledger.Open, _ledger.Figures.Late));
        Assert.Equal(RolloutVerdict.Use, Judge(1, 0, 11, 1));
    }

    [Fact]
    public void Judge_Loss_IsSentAgainUntilItIsHopeless()
    {
        Begin(sequence: 0, version: 10);
        for (var i = 0; i < 4; i++) Assert.Equal(RolloutVerdict.SendAgain, Judge(0, 0, 10, loss: "worker 3 was killed."));

        var failure = Assert.Throws<RunFailedException>(() => Judge(0, 0, 10, loss: "worker 4 was killed."));

        Assert.Equal(
            "Rows 0 to 2 of rollout 0 were lost 5 times, the last time because: worker 4 was killed. "
            + "A worker that plays them dies: look at its memory and at what it printed.", failure.Message);
    }

    [Fact]
    public void Judge_LossAfterItsResult_IsNoReasonToSendAgain()
    {
        Begin(sequence: 0, version: 10);
        Judge(0, 0, 10, 1);

        Assert.Equal(RolloutVerdict.Repeated, Judge(0, 0, 10, loss: "died after it had answered"));
    }

    [Fact]
    public void Begin_WhileOpenOrBackwards_IsRefused()
    {
        Begin(sequence: 3, version: 10);
        Assert.Throws<ArgumentException>(() => Begin(sequence: 4, version: 11));
        Judge(3, 0, 10, 1);
        Judge(3, 1, 10, 1);

        Assert.Throws<ArgumentException>(() => Begin(sequence: 3, version: 11));
        Begin(sequence: 4, version: 11);
    }

    private void Begin(long sequence, long version)
    {
        var tasks = new RolloutTask[] { new(sequence, 0, 0, 3, [version], new byte[4]), new(sequence, 1, 3, 3, [version], new byte[4]) };
        _ledger.Begin(tasks);
        foreach (var task in tasks) _ledger.Send(task);
    }

    private RolloutVerdict Judge(long sequence, int shard, long version, byte result = 0, string? loss = null) =>
        _ledger.Judge(new(sequence, shard, [version], loss is null ? new[] { result } : default) { Loss = loss }).Verdict;
}
