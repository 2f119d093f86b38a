using Pilotage.Cluster.Rollouts;
using Xunit;

namespace Pilotage.Cluster.Tests.Rollouts;

public sealed class RolloutQuestionTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSamePiece()
    {
        var question = new RolloutQuestion("run-äß", "text", new(Sequence: 7_000_000_000, Shard: 2, First: 5, Rows: 3, Versions: [40, 44], State: new byte[] { 1, 2, 3 }));

        var read = RolloutQuestion.Read(question.ToBytes());

        Assert.Equal(("run-äß", "text"), (read.Run, read.TextKey));
        Assert.Equal((7_000_000_000, 2, 5, 3), (read.Task.Sequence, read.Task.Shard, read.Task.First, read.Task.Rows));
        Assert.Equal([40L, 44L], read.Task.Versions);
        Assert.Equal(new byte[] { 1, 2, 3 }, read.Task.State.ToArray());
    }

    [Fact]
    public void WeightsKey_OfTwoRunsOrVersions_Differs() => Assert.Distinct(new[]
    {
        RolloutQuestion.WeightsKey("a", 1), RolloutQuestion.WeightsKey("a", 11), RolloutQuestion.WeightsKey("b", 1),
    });
}
