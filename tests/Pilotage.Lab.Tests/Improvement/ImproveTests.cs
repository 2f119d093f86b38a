using System.Text.RegularExpressions;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Improvement;
using Pilotage.Policies;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Improvement;

public sealed class ImproveTests : IDisposable
{
    private static readonly ImproveOptions Small = new() { Steps = 4_096, Seeds = 6, Episodes = 20, ValidationSeeds = 0, FinalEpisodes = 100, Algorithms = ["ppo"], Threads = 1 };
    private static readonly RulePolicy Always1 = new(static (_, _) => 1);
    private static readonly RulePolicy Perfect = new(static (observation, _) => observation[0] > 0 ? 1 : 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_RuleThatCanBeBeaten_FindsBetterAndKeepsThePolicy()
    {
        var report = Run(Always1, "better");

        Assert.Equal(Answer.Better, report.Answer);
        Assert.Equal(Verdict.Reproduced, report.BestClaim.Verdict);
        Assert.Equal(Verdict.Reproduced, report.Kept.Verdict);
        Assert.Equal(6, report.BestClaim.Evidence.Units);                // training seeds, not episodes
        Assert.Equal(100, report.Kept.Evidence.Units);
        Assert.True(report.Study.Evaluation!.Mean > 0.8 * Guessing.Length);
        Assert.Equal(ReportJson.Write(report.Study), File.ReadAllText(Path.Combine(report.Folder, "report.json")));
        Assert.Equal(Decisions(report.Policy), Decisions(PolicyFile.Load(report.Folder, Guessing.Describe())));
    }

    [Fact]
    public void Run_RuleThatIsPerfect_IsNotBeaten()
    {
        var rule = new RulePolicy(static (observation, _) => Sorting.Drawer(observation[0]));
        var report = Improve.Run(static () => new Sorting(), rule, Small with { Steps = 2_048 }, _folder.In("worse"));

        Assert.Equal(Answer.Worse, report.Answer);
        Assert.Equal(Guessing.Length, report.Study.Arms.First(arm => arm.Name == "your-rule").Metrics["return"].Mean);
    }

    [Fact]
    public void Run_ActionsThatChangeNothing_ShowNoDifference() =>
        Assert.Equal(Answer.NoDifference, Improve.Run(static () => new Indifferent(), Always1, Small with { Steps = 2_048 }, _folder.In("same")).Answer);

    [Fact]
    public void Run_FewSeeds_GivesNoVerdict() => Assert.Equal(Answer.NotEvaluated, Run(Always1, "few", Small with { Seeds = 2, Steps = 2_048 }).Answer);

    [Fact]
    public void Run_TwoLearners_ShareTheLevelAndChooseOnValidationSeeds()
    {
        var report = Run(Always1, "two", Small with { Algorithms = [], Seeds = 7, Steps = 2_048, ValidationSeeds = 1 });

        Assert.Equal(["ppo", "dqn"], report.Study.Arms.Where(arm => arm.Kind == ArmKind.Method).Select(arm => arm.Name));
        Assert.All(report.Study.Claims.SkipLast(1), claim => Assert.Equal(2, claim.Evidence.Comparisons));
        Assert.Equal(6 + 2, Directory.GetFiles(Path.Combine(report.Folder, "trials", "choice")).Length);       // three settings each, rule and random
    }

    [Fact]
    public void Run_RuleArm_PlaysTheSameEpisodesAsTheOthers()
    {
        // A learner that ends as the perfect rule earns what the rule earns, episode by episode, only if the episodes are the same.
        var study = new ImproveStudy(Vector, Perfect, [], 1, 30, isJudged: false, static (_, _) => { });
        var trial = new Trial(Scale.Laptop, 0, SeedTree.Root(5));

        var first = study.Arms[0].Run(trial, CancellationToken.None);
        var again = new ImproveStudy(Vector, new RulePolicy(static (observation, _) => observation[0] > 0 ? 1 : 0), [], 1, 30, isJudged: false, static (_, _) => { }).Arms[0].Run(trial, CancellationToken.None);
        var random = study.Arms[1].Run(trial, CancellationToken.None);

        Assert.Equal(first, again);
        Assert.Equal(first.Select(m => m.Instance), random.Select(m => m.Instance));
        Assert.InRange(random.Average(m => m.Value), 3, 7);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(2_500)]
    [InlineData(4_500)]
    public void Run_StoppedAndRunAgain_EndsWithTheSameBits(int acts)
    {
        var whole = Run(Always1, "whole");
        using var interruption = new CancellationTokenSource();
        var left = acts;
        var stopping = new RulePolicy((_, _) =>
        {
            if (--left == 0) interruption.Cancel();
            return 1;
        });
        var stopped = Record.Exception(() => Improve.Run(static () => new Guessing(), stopping, Small, _folder.In("parts"), progress: null, interruption.Token));
        var resumed = Run(Always1, "parts");

        Assert.IsType<OperationCanceledException>(stopped);
        Assert.Equal(ReportJson.Write(whole.Study.WithoutCircumstances()), ReportJson.Write(resumed.Study.WithoutCircumstances()));
        Assert.Equal(Decisions(whole.Policy), Decisions(resumed.Policy));
    }

    [Fact]
    public void Run_TwoThreads_GiveTheSameBits() => Assert.Equal(
        ReportJson.Write(Run(Always1, "one").Study.WithoutCircumstances()), ReportJson.Write(Run(Always1, "two-threads", Small with { Threads = 2 }).Study.WithoutCircumstances()));

    [Fact]
    public void Run_BrokenEnvironment_IsToldBeforeAnythingIsWritten()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Improve.Run(static () => new Forgetful(), Always1, Small, _folder.In("broken")));

        Assert.StartsWith("PIL0806", mistake.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("broken")));
    }

    [Fact]
    public void Run_RuleThatThrowsOrForgets_IsToldBeforeAnythingIsWritten()
    {
        var days = 0;
        var throwing = Assert.Throws<UserMistakeException>(() => Run(new((observation, _) => observation[0] > 0.9 ? throw new DivideByZeroException() : 0), "broken"));
        var illegal = Assert.Throws<UserMistakeException>(() => Run(new((_, _) => 2), "broken"));
        var forgetful = Assert.Throws<UserMistakeException>(() => Run(new((_, _) => days++ / 80 % 2), "broken"));

        Assert.Contains("Your rule threw DivideByZeroException", throwing.Message, StringComparison.Ordinal);
        Assert.Contains("Guessing, on seeing [shown 0.9", throwing.Message, StringComparison.Ordinal);
        Assert.Contains("Your rule chose action 2; allowed are 0 to 1.", illegal.Message, StringComparison.Ordinal);
        Assert.StartsWith("PIL0813  Your rule does not repeat itself", forgetful.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("broken")));
    }

    [Fact]
    public void Run_OptionsThatCannotBeUsed_AreToldBeforeAnythingIsWritten()
    {
        static string Told(Action run) => Assert.Throws<UserMistakeException>(run).Message;

        Snapshot.Matches(string.Join("\n\n",
            Told(() => Run(Always1, "no", Small with { Seeds = 5 })),
            Told(() => Run(Always1, "no", Small with { Steps = 5, Episodes = 0 })),
            Told(() => Run(Always1, "no", Small with { Algorithms = ["ppo", "qlearning", "q-learning"] })),
            Told(() => Run(Always1, "no", Small with { Algorithms = ["ppo", "ppo"] })),
            Told(() => Improve.Run(static () => new Unlimited(), Always1, Small, _folder.In("no")))));
        Assert.False(Directory.Exists(_folder.In("no")));
    }

    [Fact]
    public void Run_IntoAFinishedRun_IsRefused()
    {
        Run(Always1, "finished", Small with { Seeds = 1, Steps = 2_048 });

        Assert.StartsWith("PIL0204", Assert.Throws<UserMistakeException>(() => Run(Always1, "finished", Small with { Seeds = 1, Steps = 2_048 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MinutesInsteadOfSteps_WritesTheStepsThatTheyBecame()
    {
        var report = Run(Always1, "minutes", Small with { Seeds = 1, Minutes = 0.001 });

        var steps = Regex.Match(File.ReadAllText(Path.Combine(report.Folder, "config.yaml")), @"^  steps: (\d+)$", RegexOptions.Multiline).Groups[1].Value;
        Assert.NotEqual("4096", steps);
        Assert.True(steps == "2048" || steps[2..].All(digit => digit == '0'), steps);
    }

    private ImproveReport Run(RulePolicy rule, string name, ImproveOptions? options = null) => Improve.Run(static () => new Guessing(), rule, options ?? Small, _folder.In(name));

    private static VectorEnvironment<Guessing> Vector(int rows, SeedTree seeds) => new(new Guessing[rows], seeds);

    private static int[] Decisions(IPolicy policy)
    {
        var (actions, random) = (new ActionBatch(Guessing.Describe().Actions, 9), SeedTree.Root(1).Start());
        policy.Act(new(9, [-1, -0.5f, -0.2f, -0.1f, 0, 0.1f, 0.2f, 0.5f, 1]), policy.CreateMemory(9), ref random, actions);
        return actions.Indices.ToArray();
    }

    /// <summary>Sixty drawers for one number: more than a short training finds, and no secret for a rule.</summary>
    private struct Sorting : IEnvironment
    {
        private float _shown;

        public static int Drawer(float shown) => Math.Min(59, (int)(shown * 60));

        public static EnvironmentSpec Describe() => Guessing.Describe() with { Name = "Sorting", Actions = new ActionSpace.Discrete(60) };

        public void Reset(Frame first, ref Randomness random) => first.Observation[0] = _shown = random.NextSingle();

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            var reward = action.Index == Drawer(_shown) ? 1 : 0;
            next.Observation[0] = _shown = random.NextSingle();
            return new(reward);
        }
    }

    private struct Indifferent : IEnvironment
    {
        public static EnvironmentSpec Describe() => Guessing.Describe() with { Name = "Indifferent" };

        public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = random.NextSingle();

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random) => new(next.Observation[0] = random.NextSingle());
    }

    private struct Forgetful : IEnvironment
    {
        private int _days;

        public static EnvironmentSpec Describe() => Guessing.Describe() with { Name = "Forgetful" };

        public void Reset(Frame first, ref Randomness random) => first.Observation[0] = _days++;

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = _days;
            return new(0);
        }
    }

    private struct Unlimited : IEnvironment
    {
        private int _days;

        public static EnvironmentSpec Describe() => Guessing.Describe() with { Name = "Unlimited", TimeLimit = null };

        public void Reset(Frame first, ref Randomness random) => first.Observation[0] = _days = 0;

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = ++_days;
            return new(0, _days == 5 ? End.Terminated : End.Running);
        }
    }
}
