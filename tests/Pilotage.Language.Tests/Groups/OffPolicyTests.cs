using System.Buffers;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;
using Xunit;

namespace Pilotage.Language.Tests.Groups;

public sealed class OffPolicyTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(19, 0)]
    [InlineData(20, 17)]
    [InlineData(45, 37)]
    public void VersionAt_IntervalTwentyOffsetThree_IsTheLastRefreshLessTheOffset(long step, long version) => Assert.Equal(version, new LagSchedule(20, 3).VersionAt(step));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 3)]
    [InlineData(3, 7)]
    public void LaggedPolicy_HasTheWeightsOfItsVersionAtEveryStep_AlsoAfterResuming(int interval, int offset)
    {
        var (learner, schedule) = (EchoTask.Model(), new LagSchedule(interval, offset));
        var lagged = new LaggedPolicy(learner, schedule, SeedTree.Root(9));
        for (var step = 0; step < 30; step++)
        {
            learner.Parameters.Values.Fill(step);
            lagged.Advance(step);
            Assert.Equal(schedule.VersionAt(step), lagged.Version);
            Assert.Equal(lagged.Version, lagged.Model.Parameters.Values[0]);
            if (step % 5 != 2) continue;
            var bytes = new ArrayBufferWriter<byte>();
            lagged.Save(bytes);
            lagged = new(learner, schedule, SeedTree.Root(8));
            var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
            lagged.Load(ref reader);
        }
    }

    [Fact]
    public void Store_ForgetsTheOldestAndLeavesOutTheOld()
    {
        var store = new GroupStore(3);
        store.Add(Enumerable.Range(0, 5).Select(version => Group(version)));
        Assert.Equal([2, 3, 4], store.Groups.Select(group => group.Version));
        var random = SeedTree.Root(1).Start();
        Assert.Equal([3, 4], store.Sample(9, step: 5, maximumAge: 2, ref random).Select(group => group.Version).Order());
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.5, 8)]
    [InlineData(0.2, 5)]
    public void Mix_AddsStoredGroupsUpToTheShare(double share, int expected)
    {
        var store = new GroupStore(100);
        store.Add(Enumerable.Range(0, 50).Select(version => Group(version)));
        var random = SeedTree.Root(1).Start();
        var fresh = Enumerable.Range(50, 4).Select(version => Group(version)).ToArray();
        var mixed = store.Mix(fresh, share, 54, 100, ref random);
        Assert.Equal(expected, mixed.Count);
        Assert.Equal(fresh, mixed.Take(4));
        Assert.Equal(expected, mixed.Distinct().Count());
    }

    [Fact]
    public void Store_SavedAndLoaded_HoldsTheSameBits()
    {
        var store = new GroupStore(3);
        store.Add([Group(1), Group(2)]);
        var bytes = Save(store);
        var other = new GroupStore(3);
        var reader = new SequenceReader<byte>(new(bytes));
        other.Load(ref reader);
        Assert.True(reader.End);
        Assert.Equal(bytes, Save(other));
        var (group, read) = (store.Groups.Last(), other.Groups.Last());
        Assert.Equal(group.Problem, read.Problem);
        Assert.Equal(group.Prompt, read.Prompt);
        Assert.Equal(group.Responses[0].Tokens, read.Responses[0].Tokens);
        Assert.Equal(group.Responses[0].LogProbabilities, read.Responses[0].LogProbabilities);
        Assert.Equal((group.Responses[0].Reason, group.Responses[0].Reward, group.Responses[0].Text, group.Responses[0].Tag), (read.Responses[0].Reason, read.Responses[0].Reward, read.Responses[0].Text, read.Responses[0].Tag));
        Assert.Equal(group.Responses[0].Lead, read.Responses[0].Lead);
    }

    [Fact]
    public void ProblemStream_GivesEachOnceAPassInAnotherOrder_AndResumes()
    {
        var problems = Enumerable.Range(0, 10).Select(i => new TextProblem($"{i}", "", "")).ToArray();
        var stream = new ProblemStream(problems, SeedTree.Root(4));
        var first = stream.Take(7).Concat(stream.Take(3)).ToArray();
        Assert.Equal(problems, first.OrderBy(problem => problem.Id));
        var bytes = new ArrayBufferWriter<byte>();
        stream.Save(bytes);
        var second = stream.Take(10);
        Assert.Equal(problems, second.OrderBy(problem => problem.Id));
        Assert.NotEqual(first, second);

        var resumed = new ProblemStream(problems, SeedTree.Root(4));
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        resumed.Load(ref reader);
        Assert.Equal(second, resumed.Take(10));
    }

    private static ResponseGroup Group(long version) =>
        new(new("id", "prompt", "answer", 2), [1, 2], [new([3, 4], [-0.5f, -1.25f], FinishReason.Stopped, 0.5f) { Text = "über", Lead = [7], Tag = "0/1" }], version);

    private static byte[] Save(GroupStore store)
    {
        var bytes = new ArrayBufferWriter<byte>();
        store.Save(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
