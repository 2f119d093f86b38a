using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Settings;
using Pilotage.Tensors;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class PlayAndLearnTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) };

    /// <summary>Play writes the weight that it acts with as a reward; an update adds 1 to the weight and notes the newest reward that the replay holds.</summary>
    private sealed class Trace
    {
        private readonly Parameters _learned;
        private readonly Parameters _acting;
        private readonly Replay _replay = new(100, Spec);
        private readonly PlayAndLearn _rounds;
        private long _steps;

        public Trace(bool overlap, int threads)
        {
            (_learned, _acting) = (Zero(threads), Zero(threads));
            _rounds = new(overlap, _replay, Spec, overlap ? _acting : _learned, _learned, Play, Learn);
        }

        public List<(long Steps, int Held)> Learned { get; } = [];

        public List<float> Acted { get; } = [];

        public bool PlayFails { get; set; }

        public bool LearningFails { get; set; }

        public int Held => _replay.Count;

        public void Run() => _rounds.Run(_steps);

        private long Play()
        {
            if (PlayFails) throw new RunFailedException("play");
            Acted.Add((_rounds.Played == _replay ? _learned : _acting).All[0].Values[0]);
            _rounds.Played.Add([0], new([1], []), Acted[^1], 1, [0], []);
            return ++_steps;
        }

        private void Learn(long steps)
        {
            if (LearningFails) throw new RunFailedException("learning");
            Learned.Add((steps, _replay.Count));
            _learned.All[0].Values[0]++;
        }

        private static Parameters Zero(int threads)
        {
            var random = new Randomness(1);
            var parameters = new Parameters(Device.Processor(threads));
            parameters.Add("weight", new(1), new Initializer.Constant(0), ref random);
            return parameters;
        }
    }

    [Fact]
    public void Run_InTurn_LearnsFromTheStepThatItPlayed()
    {
        var trace = new Trace(overlap: false, threads: 2);
        for (var i = 0; i < 3; i++) trace.Run();

        Assert.Equal([0, 1, 2], trace.Acted);
        Assert.Equal([(1, 1), (2, 2), (3, 3)], trace.Learned);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_Overlapped_ActsWithTheWeightsOfTheUpdateBeforeTheLast(int threads)
    {
        // Step t + 1 is played while update t is made, from the steps up to t: with the weights after update t - 1.
        var trace = new Trace(overlap: true, threads);
        for (var i = 0; i < 50; i++) trace.Run();

        Assert.Equal(Enumerable.Range(0, 50).Select(update => (float)update), trace.Acted);
        Assert.Equal(Enumerable.Range(0, 50).Select(step => ((long)step, step)), trace.Learned);
        Assert.Equal(50, trace.Held);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Run_PlayFails_TellsIt(bool overlap, int threads)
    {
        var trace = new Trace(overlap, threads) { PlayFails = true };

        Assert.Equal("play", Assert.Throws<RunFailedException>(trace.Run).Message);
        trace.PlayFails = false;
        trace.Run();                                                                      // nothing was left in flight
        Assert.Single(trace.Acted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_LearningFails_WaitsForPlayAndTellsIt(int threads)
    {
        var trace = new Trace(overlap: true, threads) { LearningFails = true };

        Assert.Equal("learning", Assert.Throws<RunFailedException>(trace.Run).Message);
        Assert.Single(trace.Acted);
    }

    public static TheoryData<string, string> Learners => new()
    {
        { "sac", "Pendulum-v1" }, { "td3", "Pendulum-v1" }, { "ddpg", "Pendulum-v1" }, { "dqn", "CartPole-v1" },
    };

    [Theory]
    [MemberData(nameof(Learners))]
    public void Iterate_Overlapped_GivesTheSameBitsOnOneThreadAndTwo(string algorithm, string environment)
    {
        string Run(int threads, bool overlap)
        {
            var learner = Make(algorithm, environment, threads, overlap);
            for (var i = 0; i < 3; i++) learner.Iterate();
            return ParameterHash.Of(learner.Weights);
        }

        var alone = Run(threads: 1, overlap: true);
        for (var repetition = 0; repetition < 3; repetition++) Assert.Equal(alone, Run(threads: 2, overlap: true));
        Assert.NotEqual(alone, Run(threads: 1, overlap: false));                           // it lags, so it learns something else
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Load_OfAnOverlappedCheckpoint_ContinuesBitForBit(string algorithm, string environment) => Algorithms.LearnerChecks.ContinuesBitForBit(
        () => Make(algorithm, environment, threads: 2, overlap: true), EnvironmentCatalog.Find(environment).Create);

    private static ILearner Make(string algorithm, string environment, int threads, bool overlap)
    {
        var entry = AlgorithmCatalog.Find(algorithm);
        string[] settings = ["steps=10000", "capacity=1000", "learningStarts=100", "batchSize=32", "hidden=[32, 32]", "trainPeriod=2", "updatesPerPeriod=2", $"overlap={(overlap ? "true" : "false")}"];
        var bound = SettingsBinder.Bind(
            entry.Settings, entry.DefaultsFor(""), SettingSource.FromCode([.. settings.Select(assignment => assignment.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]))], "test"));
        return entry.Create(bound, EnvironmentCatalog.Find(environment).Create, SeedTree.Root(7), Device.Processor(threads));
    }
}
