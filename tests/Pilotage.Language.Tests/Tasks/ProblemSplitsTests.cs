using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Language.Tasks.Countdown;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Tasks;

public sealed class ProblemSplitsTests
{
    private static ProblemSplits.Draw Numbers(int count) => (ref random) => { var number = random.NextInt(count).ToString(); return new(number, number, 0, number); };

    [Fact]
    public void Splits_OfAnySizesAndSeeds_DoNotOverlap()
    {
        var random = SeedTree.Root(5).Start();
        HashSet<string>[] seen = [[], [], []];
        for (var trial = 0; trial < 20; trial++)
        {
            var splits = new ProblemSplits("numbers", new() { Train = 1 + random.NextInt(300), Validation = 1 + random.NextInt(100), Test = 1 + random.NextInt(100), Seed = trial % 4 }, Numbers(2_000));
            foreach (var split in Enum.GetValues<Split>()) seen[(int)split].UnionWith(splits[split].Select(problem => problem.Prompt));
        }
        Assert.Empty(seen[0].Intersect(seen[1]));
        Assert.Empty(seen[0].Intersect(seen[2]));
        Assert.Empty(seen[1].Intersect(seen[2]));
    }

    [Fact]
    public void Prompts_And_Ids_AreDifferent()
    {
        var problems = new ProblemSplits("numbers", new() { Train = 500, Validation = 50, Test = 50 }, Numbers(1_000))[Split.Train];
        Assert.Equal(500, problems.Select(problem => problem.Prompt).Distinct().Count());
        Assert.Equal(500, problems.Select(problem => problem.Id).Distinct().Count());
        Assert.Equal("numbers-train-0", problems[0].Id);
    }

    [Fact]
    public void LargerSplits_BeginAsSmallerOnes()
    {
        var small = new ProblemSplits("numbers", new() { Train = 20, Validation = 5, Test = 5 }, Numbers(1_000));
        var large = new ProblemSplits("numbers", new() { Train = 200, Validation = 50, Test = 50 }, Numbers(1_000));
        foreach (var split in Enum.GetValues<Split>()) Assert.Equal(small[split], large[split].Take(small[split].Count));
        Assert.NotEqual(small[Split.Test], new ProblemSplits("numbers", new() { Train = 20, Validation = 5, Test = 5, Seed = 1 }, Numbers(1_000))[Split.Test]);
    }

    [Fact]
    public void Shares_AreSixOneAndOneInEight()
    {
        var counts = Enumerable.Range(0, 8_000).GroupBy(i => ProblemSplits.Of(i.ToString())).ToDictionary(group => group.Key, group => group.Count());
        Assert.InRange(counts[Split.Train], 5_800, 6_200);
        Assert.InRange(counts[Split.Validation], 900, 1_100);
        Assert.InRange(counts[Split.Test], 900, 1_100);
    }

    [Fact]
    public void TooFewProblems_AreSaid()
    {
        var splits = new ProblemSplits("numbers", new() { Train = 100, Validation = 5, Test = 5 }, Numbers(60));
        var error = Assert.Throws<ArgumentException>(() => splits[Split.Train]);
        Assert.Contains("numbers: 100 different problems of the train split were wanted", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ProblemSplits("numbers", new() { Test = 0 }, Numbers(60)));
    }

    [Fact]
    public void TheLaboratorysTasks_AreTheSameForTheSameSeed()
    {
        var sizes = new SplitSettings { Train = 30, Validation = 30, Test = 30 };
        IGeneratedTask[] tasks = [new CountdownTask(new() { Splits = sizes }), new ChainTask(new() { Splits = sizes })];
        IGeneratedTask[] again = [new CountdownTask(new() { Splits = sizes }), new ChainTask(new() { Splits = sizes })];
        foreach (var (task, other) in tasks.Zip(again))
        {
            foreach (var split in Enum.GetValues<Split>()) Assert.Equal(task.Problems(split), other.Problems(split));
        }
        Snapshot.Matches(string.Join('\n', tasks.SelectMany(task => Enum.GetValues<Split>().SelectMany(split => task.Problems(split).Take(5).Select(problem => $"{problem.Id} | {problem.Prompt} | {problem.Answer} | {problem.Difficulty}")))));
    }
}
