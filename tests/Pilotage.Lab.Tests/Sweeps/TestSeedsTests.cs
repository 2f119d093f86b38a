using Pilotage.Lab.Runs;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps;

/// <summary>The tuner can never see the test seeds.</summary>
public sealed class TestSeedsTests
{
    [Fact]
    public void Run_NoTestSeedIsTouchedBeforeTheChoiceIsOnTheDisk()
    {
        using var folder = new TemporaryFolder();
        var (before, after) = (new List<ulong>(), new List<ulong>());
        HillSystem? system = null;
        system = new HillSystem { Tell = _ => (File.Exists(Path.Combine(folder.Path, "choice.json")) ? after : before).Add(0) };

        SweepCases.Begin(SweepCases.Settings, folder.Path, system).Run(1, null, CancellationToken.None);

        var nodes = system.Nodes.ToList();
        var (tuning, test) = (nodes.Take(before.Count).ToHashSet(), nodes.Skip(before.Count).ToHashSet());
        Assert.Equal(2, tuning.Count);                                  // the tuning seeds, whoever is tried on them
        Assert.Equal(7, test.Count);
        Assert.Equal(3 * 7, after.Count);                               // rule, default and choice
        Assert.Empty(tuning.Intersect(test));
        Assert.Equal([.. Enumerable.Range(0, 2).Select(seed => new TuningSeeds(SeedTree.Root(0)).Trial(seed).Key)], tuning.Order().ToHashSet().Order().ToArray().OrderBy(key => Array.IndexOf([.. Enumerable.Range(0, 2).Select(seed => new TuningSeeds(SeedTree.Root(0)).Trial(seed).Key)], key)));
    }

    // Other scores, another choice file, other test seeds: they are no function of what is known before.
    [Fact]
    public void Run_OtherScores_GiveOtherTestSeeds()
    {
        using var folder = new TemporaryFolder();
        HashSet<ulong> Test(double bonus)
        {
            var system = new HillSystem { Bonus = bonus };
            SweepCases.Begin(SweepCases.Settings, folder.In(FormattableString.Invariant($"run{bonus}")), system).Run(1, null, CancellationToken.None);
            return [.. system.Nodes.TakeLast(21)];
        }

        Assert.Empty(Test(0).Intersect(Test(1e-9)));
        Assert.Equal(7, Test(0.5).Count);
    }

    // Somebody in the middle of the search asks for a trial of the verdict, with a digest that he made up.
    [Fact]
    public void Compute_TestTrialBeforeTheChoice_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var configuration = SweepCases.Configuration(SweepCases.Settings);
        var target = new SystemTarget(new HillSystem(), new HillSettings(), SweepCases.Settings, Evaluation.Scale.Laptop, null, Tensors.Device.Managed);
        var plan = SweepPlan.Of(target, SweepCases.Settings, new(SeedTree.Root(0)));
        var work = new SweepWork(plan, configuration, RunFolder.Create(configuration, folder.In("run"), TimeProvider.System), 1, null, null, CancellationToken.None);
        var cheat = new TrialKey(new string('a', 64), IsRule: false, new Dictionary<string, string>());

        var refused = Assert.Throws<InvalidOperationException>(() => work.Compute(cheat, 0, CancellationToken.None));

        Assert.Equal("A trial of the verdict was asked for, and its choice is not on the disk.", refused.Message);
        Assert.NotEmpty(work.Compute(TrialKey.TuningRule, 0, CancellationToken.None).Measurements);
    }

    // ... and the seeds that his digest gives are not those of the verdict.
    [Fact]
    public void Of_AnotherDigest_GivesOtherSeeds()
    {
        using var folder = new TemporaryFolder();
        var choice = WrittenChoice.Write(folder.Path, new(Choice.CurrentSchema, "default", new Dictionary<string, string>(), 1, "return", []));

        var after = TestSeeds.After(SeedTree.Root(0), choice).Trial(3);

        Assert.Equal(after, TestSeeds.Of(SeedTree.Root(0), choice.Digest).Trial(3));
        Assert.NotEqual(after, TestSeeds.Of(SeedTree.Root(0), new string('a', 64)).Trial(3));
        Assert.NotEqual(after, new TuningSeeds(SeedTree.Root(0)).Trial(3));
    }

    [Fact]
    public void Write_AChoiceThatIsThereAlready_MustBeTheSame()
    {
        using var folder = new TemporaryFolder();
        var choice = new Choice(Choice.CurrentSchema, "default", new Dictionary<string, string>(), 1, "return", []);
        var first = WrittenChoice.Write(folder.Path, choice);

        Assert.Equal(first.Digest, WrittenChoice.Write(folder.Path, choice).Digest);
        var refused = Assert.Throws<UserMistakeException>(() => WrittenChoice.Write(folder.Path, choice with { Score = 2 }));
        Snapshot.Matches(refused.Problems[0].Replace(folder.Path, "FOLDER", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_FullDisk_LeavesNoChoice()
    {
        using var folder = new TemporaryFolder();
        var choice = new Choice(Choice.CurrentSchema, "default", new Dictionary<string, string>(), 1, "return", []);

        var failure = Assert.Throws<RunFailedException>(() => WrittenChoice.Write(folder.Path, choice, path => new FullDisk(path, 20, isSilent: false)));

        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }
}
