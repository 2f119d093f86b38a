using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Hosting.Tests;

public sealed class ServedPolicyTests : IDisposable
{
    private static readonly ServedPolicyOptions OnlyWhenAsked = new() { ReloadEvery = Timeout.InfiniteTimeSpan };
    private static readonly float[][] Observations = [.. Enumerable.Range(0, 40).Select(i => new float[] { 3 * i % 50, 12 * (i % 4), i % 7 })];
    private readonly TemporaryFolder _folder = new();
    private readonly Notebook _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Decide_EachObservation_IsWhatThePolicyChooses()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        using var served = Serve(_folder.In("a"));

        Assert.All(Observations, observation => Assert.Equal(ShopPolicy.Choice(1, observation), served.Decide(observation).Index));
        Assert.Equal(served.Manifest.ParameterHash, served.Decide(Observations[0]).Version);
    }

    [Fact]
    public void DecideBatch_Rows_AreWhatEachGetsAloneOrRefusedByNumber()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        using var served = Serve(_folder.In("a"));

        var decision = served.DecideBatch(Observations.Length, [.. Observations.SelectMany(one => one)]);

        Assert.Equal(Observations.Select(observation => ShopPolicy.Choice(1, observation)), decision.Indices.ToArray());
        Assert.Equal([ShopPolicy.Choice(1, Observations[7])], decision.IndicesOf(7).ToArray());
        Assert.Equal((served.Version, 0, 0), (decision.Version, decision.Memories.Count, decision.Begun));
        Assert.StartsWith("PIL0903  Row 1: ", Assert.Throws<UserMistakeException>(() => served.DecideBatch(2, [1, 2, 3, 4, float.NaN, 6])).Message, StringComparison.Ordinal);
        Assert.StartsWith("PIL0902  The observation", Assert.Throws<UserMistakeException>(() => served.DecideBatch(1, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => served.DecideBatch(2, [1, 2, 3]));
    }

    [Fact]
    public void DecideBatch_WithMemories_PlaysEachRowsEpisode()
    {
        var networks = new RecurrentActorCritic(ShopPolicy.Spec, 6, [8], Activation.Tanh, SeedTree.Root(3));
        var random = SeedTree.Root(4).Start();
        foreach (var block in networks.Parameters.Blocks) foreach (ref var value in block.Values.Span) value = (float)random.NextNormal();
        PolicyFile.Save(networks.Greedy, ShopPolicy.Spec, _folder.In("a"));
        using var served = Serve(_folder.In("a"));
        var (wanted, memory) = (new ActionBatch(ShopPolicy.Spec.Actions, 2), networks.Greedy.CreateMemory(2));
        IReadOnlyList<EpisodeMemory?> kept = [];
        float[] frames = [.. Observations[1], .. Observations[2]];

        for (var step = 0; step < 4; step++)
        {
            networks.Greedy.Act(new(2, frames), memory, ref random, wanted);
            // One row's memory goes through a request of its own: what is kept is the row's, wherever it is played.
            var alone = served.DecideBatch(1, frames.AsSpan(3), memories: kept.Count == 0 ? [] : [kept[1]]);
            var both = served.DecideBatch(2, frames, memories: kept);
            Assert.Equal(wanted.Indices.ToArray(), both.Indices.ToArray());
            Assert.Equal(both.Memories[1].Values.ToArray(), alone.Memories[0].Values.ToArray());
            kept = both.Memories;
        }

        Assert.StartsWith("PIL0907", Assert.Throws<UserMistakeException>(() => served.DecideBatch(1, Observations[0], memories: [new(served.Version, new float[5])])).Message, StringComparison.Ordinal);
        var other = served.DecideBatch(1, Observations[0], memories: [new("another", new float[5])]);
        Assert.Equal(served.DecideBatch(1, Observations[0]).Memories[0].Values.ToArray(), other.Memories[0].Values.ToArray());
        Assert.Equal(1, other.Begun);
    }

    [Fact]
    public void Refresh_NewerFilesInTheSameFolder_TakeOver()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        using var served = Serve(_folder.In("a"));
        var before = served.Version;
        Assert.False(served.Refresh());

        ShopPolicy.Save(_folder.In("a"), seed: 2, second: 2);

        Assert.True(served.Refresh());
        Assert.NotEqual(before, served.Version);
        Assert.All(Observations, observation => Assert.Equal(ShopPolicy.Choice(2, observation), served.Decide(observation).Index));
        Assert.False(served.Refresh());
    }

    [Fact]
    public void Refresh_FolderOfRuns_TakesThePolicyWrittenLast()
    {
        ShopPolicy.Save(_folder.In("runs/b/policy"), seed: 1, second: 5);
        ShopPolicy.Save(_folder.In("runs/a/policy"), seed: 2, second: 9);
        Directory.CreateDirectory(_folder.In("runs/z-unfinished"));
        using var served = Serve(_folder.In("runs"));
        Assert.EndsWith(Path.Combine("a", "policy"), served.Folder, StringComparison.Ordinal);

        ShopPolicy.Save(_folder.In("runs/c/policy"), seed: 3, second: 10);

        Assert.True(served.Refresh());
        Assert.Equal(ShopPolicy.Choice(3, Observations[5]), served.Decide(Observations[5]).Index);
    }

    [Theory]
    [InlineData("weights_cut_off")]
    [InlineData("description_damaged")]
    [InlineData("other_observations")]
    [InlineData("other_actions")]
    [InlineData("weights_of_another")]
    public void Refresh_BrokenPolicy_IsRefusedOnceAndTheOldOneDecidesOn(string name)
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        using var served = Serve(_folder.In("a"));
        var before = served.Version;
        Break(name);

        Assert.False(served.Refresh());
        Assert.False(served.Refresh());

        Assert.Equal(before, served.Version);
        Assert.All(Observations, observation => Assert.Equal(ShopPolicy.Choice(1, observation), served.Decide(observation).Index));
        var warning = Assert.Single(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains("is refused", warning, StringComparison.Ordinal);

        ShopPolicy.Save(_folder.In("a"), seed: 4, second: 30);            // once mended it takes over
        Assert.True(served.Refresh());
    }

    [Fact]
    public void Refresh_FolderThatIsGone_KeepsTheOldOne()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        using var served = Serve(_folder.In("a"));
        Directory.Delete(_folder.In("a"), recursive: true);

        Assert.False(served.Refresh());
        Assert.Equal(ShopPolicy.Choice(1, Observations[3]), served.Decide(Observations[3]).Index);
    }

    [Fact]
    public async Task Decide_ManyThreadsWhilePoliciesChange_AlwaysTheWholeOfOne()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 0, second: 0);
        using var served = Serve(_folder.In("a"));
        var versions = new Dictionary<string, int> { [served.Version] = 0 };
        var stop = false;
        var askers = Enumerable.Range(0, 3).Select(asker => Task.Run(() =>
        {
            var seen = new List<(string Version, int Observation, int Choice)>();
            for (var i = asker; !Volatile.Read(ref stop) || seen.Count < 200; i++)
            {
                var decision = served.Decide(Observations[i % 40]);
                if (seen.Count < 20_000) seen.Add((decision.Version, i % 40, decision.Index));
            }
            return seen;
        }, TestContext.Current.CancellationToken)).ToArray();
        for (var seed = 1; seed <= 8; seed++)
        {
            ShopPolicy.Save(_folder.In("a"), seed, second: seed);
            Assert.True(served.Refresh());
            versions.Add(served.Version, seed);
        }
        Volatile.Write(ref stop, true);

        var expected = Enumerable.Range(0, 9).Select(seed => Observations.Select(observation => ShopPolicy.Choice(seed, observation)).ToArray()).ToArray();
        foreach (var seen in await Task.WhenAll(askers))
            Assert.All(seen.Distinct(), one => Assert.Equal(expected[versions[one.Version]][one.Observation], one.Choice));
    }

    [Fact]
    public void Act_ManyRows_FollowsTheNewPolicyWithMemoryMadeByTheOld()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        using var served = Serve(_folder.In("a"));
        var (memory, actions, random) = (served.CreateMemory(2), new ActionBatch(ShopPolicy.Spec.Actions, 2), SeedTree.Root(0).Start());
        ShopPolicy.Save(_folder.In("a"), seed: 2, second: 2);
        served.Refresh();

        served.Act(new(2, [.. Observations[7], .. Observations[8]]), memory, ref random, actions);

        Assert.Equal([ShopPolicy.Choice(2, Observations[7]), ShopPolicy.Choice(2, Observations[8])], actions.Indices.ToArray());
    }

    [Fact]
    public void Decide_RequestsThatCannotBeAnswered_AreRefusedWithTheReason()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        ShopPolicy.Save(_folder.In("masked"), seed: 1, second: 1, ShopPolicy.Spec with { Actions = new ActionSpace.Discrete(7, Masked: true) });
        using var served = Serve(_folder.In("a"));
        using var masked = Serve(_folder.In("masked"));

        Snapshot.Matches(string.Join("\n\n",
            Told(served, [1, 2]), Told(served, [1, 2, 3, 4]), Told(served, [1, float.NaN, 3]), Told(served, [float.PositiveInfinity, 2, 3]),
            Told(served, [1, 2, 3], true, true), Told(masked, [1, 2, 3], true, true), Told(masked, [1, 2, 3], new bool[7])));
        Assert.Equal(5, masked.Decide([1, 2, 3], [false, false, false, false, false, true, false]).Index);
        Assert.Equal(ShopPolicy.Choice(1, 1, 2, 3), masked.Decide([1, 2, 3]).Index);
    }

    [Fact]
    public void AddPilotagePolicy_GivesOnePolicyByBothNames()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        ShopPolicy.Save(_folder.In("b"), seed: 2, second: 1);
        using var provider = new ServiceCollection().AddPilotagePolicy(_folder.In("a"), OnlyWhenAsked).AddKeyedPilotagePolicy("other", _folder.In("b"), OnlyWhenAsked).BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<ServedPolicy>(), provider.GetRequiredService<IPolicy>());
        Assert.Same(provider.GetRequiredKeyedService<ServedPolicy>("other"), provider.GetRequiredKeyedService<IPolicy>("other"));
        Assert.NotEqual(provider.GetRequiredService<ServedPolicy>().Version, provider.GetRequiredKeyedService<ServedPolicy>("other").Version);
    }

    [Fact]
    public void AddPilotagePolicy_WithoutAPolicy_IsRefusedAtOnce()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new ServiceCollection().AddPilotagePolicy(_folder.In("none")));

        Assert.Equal("PIL0901  TEMP/none holds no policy.\n         Give the folder of a policy, of a finished run, or of runs one of which is finished.", _folder.Anonymous(mistake.Message));
    }

    [Fact]
    public void Timer_Ticks_LookForANewerPolicy()
    {
        ShopPolicy.Save(_folder.In("a"), seed: 1, second: 1);
        var clock = new HandClock();
        using var served = new ServedPolicy(_folder.In("a"), new() { ReloadEvery = TimeSpan.FromSeconds(3) }, _log, clock);
        var before = served.Version;
        ShopPolicy.Save(_folder.In("a"), seed: 2, second: 2);
        Assert.Equal(before, served.Version);

        clock.Tick();

        Assert.NotEqual(before, served.Version);
        Assert.Equal(TimeSpan.FromSeconds(3), clock.Period);
    }

    private static string Told(ServedPolicy served, float[] observation, params bool[] legal) => Assert.Throws<UserMistakeException>(() => served.Decide(observation, legal)).Message;

    private ServedPolicy Serve(string path) => new(path, OnlyWhenAsked, _log, TimeProvider.System);

    private void Break(string name)
    {
        var (description, weights) = (_folder.In($"a/{PolicyFile.DescriptionName}"), _folder.In($"a/{PolicyFile.WeightsName}"));
        switch (name)
        {
            case "weights_cut_off": File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^9]); break;
            case "description_damaged": File.WriteAllText(description, File.ReadAllText(description)[..^20]); break;
            case "other_observations": ShopPolicy.Save(_folder.In("a"), 2, 2, ShopPolicy.Spec with { ObservationSize = 2, ObservationNames = [] }); break;
            case "other_actions": ShopPolicy.Save(_folder.In("a"), 2, 2, ShopPolicy.Spec with { Actions = new ActionSpace.Discrete(6) }); break;
            default:
                ShopPolicy.Save(_folder.In("other"), seed: 9, second: 2);
                File.Copy(_folder.In($"other/{PolicyFile.WeightsName}"), weights, overwrite: true);
                break;
        }
        File.SetLastWriteTimeUtc(weights, DateTime.UnixEpoch.AddYears(56));
    }

    private sealed class Notebook : ILogger<ServedPolicy>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }

    /// <summary>A clock whose timers tick when the test says so.</summary>
    private sealed class HandClock : TimeProvider, ITimer
    {
        private Action _tick = static () => { };

        public TimeSpan Period { get; private set; }

        public void Tick() => _tick();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_tick, Period) = (() => callback(state), period);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
