using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Experience;
using Pilotage.Tests.Algorithms;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class RolloutSourceTests
{
    private const int Rows = 5;
    private static readonly SeedTree Seeds = SeedTree.Root(7);

    /// <summary>Learners, each on the kinds of actions that draw their numbers differently, and on episodes that terminate, that are cut by a limit, that have masks or need memory.</summary>
    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, int>();
            foreach (var learner in new[] { "ppo", "a2c", "recurrent-ppo", "impala" })
                foreach (var problem in new[] { "choice", "box", "several", "both", "limit", "cue" })
                    foreach (var pieces in new[] { 1, 2, 5 })
                        cases.Add(learner, problem, pieces);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Collect_ByWorkers_HasTheBitsOfTheLearnerAlone(string learner, string problem, int pieces)
    {
        var (alone, shared) = (Make(learner, problem), Make(learner, problem));
        shared.Source.Workers = new PlayedElsewhere(pieces, rows => Shard(learner, problem, rows));
        for (var i = 0; i < 3; i++)
        {
            alone.Iterate();
            shared.Iterate();
        }

        Assert.Equal(ParameterHash.Of(alone.Weights), ParameterHash.Of(shared.Weights));
        Assert.Equal(alone.Diagnostics, shared.Diagnostics);
        Assert.Equal(Saved(alone), Saved(shared));                                        // and so the same checkpoint
    }

    [Fact]
    public void Collect_WorkersComeAndGo_ChangesNothing()
    {
        var (alone, shared) = (Make("recurrent-ppo", "cue"), Make("recurrent-ppo", "cue"));
        for (var i = 0; i < 6; i++)
        {
            alone.Iterate();
            shared.Source.Workers = (i % 3) switch { 0 => null, 1 => new PlayedElsewhere(2, rows => Shard("recurrent-ppo", "cue", rows)), _ => shared.Source.Workers };
            shared.Iterate();
        }

        Assert.Equal(Saved(alone), Saved(shared));
    }

    [Fact]
    public void Collect_CheckpointOfWorkers_IsContinuedAlone()
    {
        var (alone, shared, resumed) = (Make("impala", "choice"), Make("impala", "choice"), Make("impala", "choice"));
        shared.Source.Workers = new PlayedElsewhere(3, rows => Shard("impala", "choice", rows));
        for (var i = 0; i < 2; i++) shared.Iterate();
        var reader = new SequenceReader<byte>(new(Saved(shared)));
        resumed.Load(ref reader);
        for (var i = 0; i < 2; i++) resumed.Iterate();
        // And back: what went on alone is continued by workers, who know no version yet.
        var back = Make("impala", "choice");
        reader = new(new(Saved(resumed)));
        back.Load(ref reader);
        back.Source.Workers = new PlayedElsewhere(2, rows => Shard("impala", "choice", rows));
        back.Iterate();
        for (var i = 0; i < 5; i++) alone.Iterate();

        Assert.Equal(Saved(alone), Saved(back));
    }

    [Fact]
    public void Offer_EachVersionOnce_AndWorkersPullWhatTheyLack()
    {
        var learner = Make("ppo", "choice");
        var workers = new PlayedElsewhere(5, rows => Shard("ppo", "choice", rows));
        learner.Source.Workers = workers;
        for (var i = 0; i < 3; i++) learner.Iterate();

        Assert.Equal([0, 4, 8], workers.Offered);                                         // 2 passes of 2 minibatches a rollout
        Assert.Equal([0, 4, 8], workers.Pulled);                                          // one worker plays all five pieces and asks once
        Assert.Equal(15, workers.Tasks.Select(task => (task.Sequence, task.Shard)).Distinct().Count());
        Assert.All(workers.Tasks, task => Assert.InRange(task.State.Length, 1, 300));     // a row, no weights
    }

    [Fact]
    public void Offer_ActingPolicyThatLags_IsAVersionThatWorkersMayHave()
    {
        var learner = new Impala(Impala with { Lag = 2 }, Environment("choice", Rows), Seeds);
        var workers = new PlayedElsewhere(1, rows => Pilotage.Algorithms.Impala.Shard(Impala with { Lag = 2 }, Environment("choice", rows)));
        learner.Source.Workers = workers;
        learner.Iterate();

        Assert.Equal(["0 0", "0 1", "0 2", "1 3"], workers.Tasks.Select(task => string.Join(' ', task.Versions)));
        Assert.Equal([0, 1, 2, 3], workers.Offered);
    }

    [Fact]
    public void Workers_MomentsThatLearnAtEachStep_AreRefused()
    {
        var learner = new Ppo(Ppo with { NormalizeObservations = true, HoldNormalization = false }, Environment("choice", Rows), Seeds);

        var mistake = Assert.Throws<UserMistakeException>(() => learner.Source.Workers = new PlayedElsewhere(2, rows => Shard("ppo", "choice", rows)));

        Assert.StartsWith("PIL0218  Observations of CartPole-v1 are normalised by moments that learn from all rows at each step", mistake.Message, StringComparison.Ordinal);
        Assert.Null(learner.Source.Workers);
    }

    [Fact]
    public void Workers_RowsThatCannotBeSaved_AreRefused()
    {
        var tapped = new ExperienceTap(Environment("choice", Rows));

        var learner = new Ppo(Ppo with { NormalizeObservations = false, NormalizeRewards = false }, tapped, Seeds);

        Assert.StartsWith("PIL0219  Rows of CartPole-v1 cannot be saved one by one", learner.Source.Refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_AWorkersEnvironmentBreaksItsContract_NamesTheLearnersRows()
    {
        var learner = new Ppo(Ppo, new VectorEnvironment<BadAtSix>(new BadAtSix[Rows], Seeds), Seeds);
        learner.Source.Workers = new PlayedElsewhere(2, rows => Pilotage.Algorithms.Ppo.Shard(Ppo, new VectorEnvironment<BadAtSix>(new BadAtSix[rows], Seeds)));

        var failure = Assert.Throws<RunFailedException>(learner.Iterate);

        Assert.Contains("gave the reward NaN", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("(Row 0 there is row 2 of the learner: 3 of its 5 rows were played together.)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Play_TaskOfAnotherSize_IsRefused()
    {
        var shard = Shard("ppo", "choice", 2);

        Assert.Throws<InvalidDataException>(() => shard.Play(new(0, 0, 0, 3, [0], default), _ => default, new ArrayBufferWriter<byte>()));
    }

    private static readonly PpoConfig Ppo = new()
    {
        Steps = 10_000, EnvironmentCount = Rows, Horizon = 24, Epochs = 2, Minibatches = 2, Hidden = [8], LearningRate = 1e-2,
        NormalizeObservations = true, NormalizeRewards = true, HoldNormalization = true,
    };

    private static readonly A2cConfig A2c = new() { Steps = 10_000, EnvironmentCount = Rows, Horizon = 7, Hidden = [8], LearningRate = 1e-2 };

    private static readonly RecurrentPpoConfig Recurrent = new()
    {
        Steps = 10_000, EnvironmentCount = Rows, Horizon = 24, Epochs = 2, Minibatches = 1, Hidden = [8], MemoryUnits = 6, LearningRate = 1e-2, NormalizeRewards = true,
    };

    private static readonly ImpalaConfig Impala = new()
    {
        Steps = 10_000, EnvironmentCount = Rows, Horizon = 11, Hidden = [8], LearningRate = 1e-2, NormalizeObservations = true, HoldNormalization = true, Lag = 3,
    };

    private static IRolloutLearner Make(string learner, string problem) => learner switch
    {
        "ppo" => new Ppo(Ppo, Environment(problem, Rows), Seeds),
        "a2c" => new A2c(A2c, Environment(problem, Rows), Seeds),
        "impala" => new Impala(Impala, Environment(problem, Rows), Seeds),
        _ => new RecurrentPpo(Recurrent, Environment(problem, Rows), Seeds),
    };

    // A worker's own seeds do not matter: what its rows draw comes with the task.
    private static RolloutShard Shard(string learner, string problem, int rows) => learner switch
    {
        "ppo" => Pilotage.Algorithms.Ppo.Shard(Ppo, Environment(problem, rows, SeedTree.Root(999))),
        "a2c" => Pilotage.Algorithms.A2c.Shard(A2c, Environment(problem, rows, SeedTree.Root(999))),
        "impala" => Pilotage.Algorithms.Impala.Shard(Impala, Environment(problem, rows, SeedTree.Root(999))),
        _ => RecurrentPpo.Shard(Recurrent, Environment(problem, rows, SeedTree.Root(999))),
    };

    private static IVectorEnvironment Environment(string problem, int rows, SeedTree? seeds = null) => problem switch
    {
        "choice" => EnvironmentCatalog.Find("CartPole-v1").Create(rows, seeds ?? Seeds),
        "box" => new VectorEnvironment<Pendulum>(new Pendulum[rows], seeds ?? Seeds, timeLimit: 9),
        "several" => new VectorEnvironment<TwoLevers>(new TwoLevers[rows], seeds ?? Seeds),
        "both" => new VectorEnvironment<LeverAndDial>(new LeverAndDial[rows], seeds ?? Seeds),
        "limit" => new VectorEnvironment<EndlessIncome>(new EndlessIncome[rows], seeds ?? Seeds),
        _ => new VectorEnvironment<EchoOfTheFirst>(new EchoOfTheFirst[rows], seeds ?? Seeds),
    };

    private static byte[] Saved(ILearner learner)
    {
        var writer = new ArrayBufferWriter<byte>();
        learner.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Pays NaN at its sixth step.</summary>
    private struct BadAtSix : IEnvironment
    {
        private int _taken;

        public static EnvironmentSpec Describe() => new() { Name = "BadAtSix", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) };

        public void Reset(Frame first, ref Randomness random)
        {
            _taken = 0;
            first.Observation[0] = 0;
        }

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = 0;
            return new(++_taken == 6 ? float.NaN : 0);
        }
    }
}
