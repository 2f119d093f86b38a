using Pilotage.Algorithms.Offline;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms.Offline;

public sealed class OfflineLearnerTests
{
    private static readonly OfflineConfig Small = new() { Steps = 10_000, BatchSize = 16, Hidden = [16, 16], TargetPeriod = 30, LearningRate = 1e-3, Quantiles = 5, Heads = 7 };
    private static readonly TransitionDataset Data = DatasetGenerator.Random(Play(2, SeedTree.Root(8)), 400, SeedTree.Root(8));

    public static TheoryData<string> Names => [.. OfflineCatalog.All.Select(entry => entry.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Load_OfACheckpoint_ContinuesBitForBit(string name) => LearnerChecks.ContinuesBitForBit(() => Make(name, Small, 5), Play);

    [Theory, MemberData(nameof(Names))]
    public void Iterate_SameSeed_GivesTheSameBits(string name) => LearnerChecks.GivesTheSameBits(seed => Make(name, Small, seed));

    [Theory, MemberData(nameof(Names))]
    public void Iterate_SteadyState_AllocatesNothingPerUpdate(string name)
    {
        // A hundred updates an iteration: what is left is its list of figures.
        var learner = Make(name, Small with { Steps = 1_000_000 }, 5);
        Assert.InRange(Allocations.Fewest(learner.Iterate, repetitions: 1, warmUp: 3), 0, 600);
    }

    [Theory, MemberData(nameof(Names))]
    public void Memory_BeforeTheFirstIteration_IsKnown(string name) => LearnerChecks.TellsItsMemory(Make(name, Small, 5));

    [Fact]
    public void Iterate_NineTinyRuns_LeaveTheSameTraces()
    {
        var traces = OfflineCatalog.All.Select(entry =>
        {
            var learner = Make(entry.Name, Small, 42);
            learner.Iterate();
            return $"{entry.Name} {ParameterHash.Of(learner.Weights)}";
        });
        Snapshot.Matches(string.Join("\n", traces) + "\n", "traces");
    }

    [Fact]
    public void Iterate_PastTheLastStep_StopsThere()
    {
        var learner = Make("bc", Small with { Steps = 299 }, 5);
        for (var i = 0; i < 149; i++) learner.Iterate();
        Assert.Equal(298, learner.Steps);
        learner.Iterate();
        Assert.Equal(299, learner.Steps);
    }

    [Fact]
    public void Draw_TerminalAndCutSteps_LeadToTheirTrueLastFrames()
    {
        var shown = new Demonstrations(new() { Name = "Toy", ObservationSize = 1, Actions = new ActionSpace.Discrete(3) });
        shown.Add([1, 2], [], [0, 1], [], [1, 2], End.Terminated, [3], []);
        shown.Add([10, 20], [], [2, 0], [], [5, 6], End.Truncated, [30], []);
        var batch = new OfflineBatch(new(shown, new()), 64, 0.9);
        var random = new Randomness(1);
        batch.Draw(ref random);

        var seen = new HashSet<int>();
        for (var i = 0; i < batch.Size; i++)
        {
            seen.Add(batch.Steps[i]);
            var (observation, action, reward, discount, next, nextAction) = batch.Steps[i] switch
            {
                0 => (1, 0, 1, 0.9f, 2, 1),
                1 => (2, 1, 2, 0f, 3, -1),
                2 => (10, 2, 5, 0.9f, 20, 0),
                _ => (20, 0, 6, 0.9f, 30, -1),
            };
            Assert.Equal(
                (observation, action, reward, discount, next, nextAction),
                ((int)batch.Observations[i], batch.Actions[i], (int)batch.Rewards[i], batch.Discounts[i], (int)batch.NextObservations[i], batch.NextActions[i]));
        }
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void Draw_NextActionsNeeded_LeavesOutWhereNobodyKnowsThem()
    {
        var shown = new Demonstrations(new() { Name = "Toy", ObservationSize = 1, Actions = new ActionSpace.Discrete(3) });
        shown.Add([1, 2], [], [0, 1], [], [1, 2], End.Terminated, [3], []);
        shown.Add([10, 20], [], [2, 0], [], [5, 6], End.Running, [30], []);
        var batch = new OfflineBatch(new(shown, new()), 64, 0.9, needsNextAction: true);
        var random = new Randomness(1);
        batch.Draw(ref random);
        Assert.Equal([0, 1, 2], batch.Steps.Distinct().Order());
    }

    [Fact]
    public void Constructor_DataThatDoNotSuit_AreRefusedWithAWayOut()
    {
        var box = new Demonstrations(new() { Name = "Toy", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) });
        box.Add([1], [], [], [0.5f], [1], End.Terminated, [3], []);
        var pieces = new Demonstrations(new() { Name = "Toy", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) });
        for (var i = 0; i < 3; i++) pieces.Add([1], [], [0], [], [1], End.Running, [3], []);

        string[] messages =
        [
            Assert.Throws<UserMistakeException>(() => new OfflineLearner(OfflineCatalog.Find("cql"), Small, new(box, new()), SeedTree.Root(1))).Message,
            Assert.Throws<UserMistakeException>(() => new OfflineLearner(OfflineCatalog.Find("BVE"), Small, new(pieces, new()), SeedTree.Root(1))).Message,
            Assert.Throws<UserMistakeException>(() => OfflineCatalog.Find("cqll")).Message,
        ];
        Snapshot.Matches(string.Join("\n", messages) + "\n", "mistakes");
    }

    [Fact]
    public void Policy_OfEach_CanBeKeptInAFile()
    {
        using var folder = new TemporaryFolder();
        foreach (var entry in OfflineCatalog.All)
        {
            var learner = Make(entry.Name, Small, 5);
            PolicyFile.Save(learner.Policy, Data.Spec, folder.In(entry.Name));
            Assert.Equal(((IPortablePolicy)learner.Policy).Describe().GetType(), PolicyFile.Load(folder.In(entry.Name), Data.Spec).Describe().GetType());
        }
    }

    private static IVectorEnvironment Play(int rows, SeedTree seeds) => new VectorEnvironment<CartPole>(new CartPole[rows], seeds);

    private static OfflineLearner Make(string name, OfflineConfig config, long seed) => new(OfflineCatalog.Find(name), config, Data, SeedTree.Root(seed));
}
