using Pilotage.Language.Tasks.Countdown;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Countdown;

public sealed class CountdownFileTests
{
    private static readonly string Data = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../shared/data/countdown-test/countdown_test.csv"));

    [Fact]
    public void PublishedTestSet_IsReadAndSolvable()
    {
        Assert.SkipUnless(File.Exists(Data), "../shared/data/countdown-test is not beside the checkout.");
        var problems = CountdownFile.Read(Data);
        Assert.Equal(1024, problems.Count);
        Assert.Equal(490, problems.Count(problem => problem.Difficulty == 3));
        Assert.Equal("79 17 60 to 36", problems[0].Answer);
        Assert.Contains("79 17 60", problems[0].Prompt, StringComparison.Ordinal);
        var task = new CountdownTask(new());
        var random = SeedTree.Root(1).Start();
        foreach (var problem in problems.Where(problem => CountdownSolver.Solutions(CountdownPuzzle.TryParse(problem.Answer)!.Numbers, CountdownPuzzle.TryParse(problem.Answer)!.Target).Count > 0).Take(100))
            Assert.Equal(1, task.Verify(problem, task.Demonstrate(problem, ref random)));
    }

    [Fact]
    public void BadRows_AreSaid()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "puzzles.csv");
        File.WriteAllLines(path, ["index,numbers,target", "0,3 5,8", "1,3 x,8", "2,3 5"]);
        var bad = Assert.Throws<UserMistakeException>(() => CountdownFile.Read(path)).Message;
        File.WriteAllLines(path, ["index,numbers,target"]);
        var empty = Assert.Throws<UserMistakeException>(() => CountdownFile.Read(path)).Message;
        Snapshot.Matches(bad + "\n\n" + empty);
    }
}
