using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class PolicyFileTests : IDisposable
{
    private const int Rows = 64;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => ["actor", "actor-sampling", "actor-choices", "actor-box", "actor-composite", "recurrent", "recurrent-normalized", "normalized", "q-network", "q-network-dueling", "q-network-quantiles", "squashed-actor", "squashed-actor-sampling", "squashed-actor-softplus", "deterministic-actor", "strength-actor", "table"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_WhatWasSaved_ActsTheSameBitForBit(string kind)
    {
        var (policy, spec) = Make(kind);
        PolicyFile.Save(policy, spec, _folder.Path, new("ppo", "run", 3, 1000, "abc"));

        var loaded = PolicyFile.Load(_folder.Path, spec);

        for (var seed = 0UL; seed < 4; seed++) Assert.Equal(Act(policy, spec, seed), Act(loaded, spec, seed));
        Assert.NotEqual(Act(Make(kind, seed: 8).Policy, spec, 0), Act(loaded, spec, 0));        // else the frames would tell nothing
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Save_WhatWasLoaded_WritesTheSameBytes(string kind)
    {
        var (policy, spec) = Make(kind);
        PolicyFile.Save(policy, spec, _folder.In("a"));

        PolicyFile.Save(PolicyFile.Load(_folder.In("a")), PolicyFile.ReadManifest(_folder.In("a")).Environment, _folder.In("b"));

        foreach (var name in new[] { "policy.json", "policy.safetensors" })
            Assert.Equal(File.ReadAllBytes(_folder.In($"a/{name}")), File.ReadAllBytes(_folder.In($"b/{name}")));
    }

    [Fact]
    public void Save_ANormalizedActor_DescribesAllThatItNeeds()
    {
        var (policy, spec) = Make("normalized");
        PolicyFile.Save(policy, spec, _folder.Path, new("ppo", "20260102-030405-ppo-Toy-000000", 3, 1000, "abc"));

        var json = File.ReadAllText(_folder.In("policy.json"));
        var manifest = PolicyFile.ReadManifest(_folder.Path);

        Snapshot.Matches(json.Replace(manifest.LibraryVersion, "VERSION", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_TheFolderOfARun_FindsItsPolicy()
    {
        var (policy, spec) = Make("q-network");
        PolicyFile.Save(policy, spec, _folder.In("run/policy"));

        Assert.True(PolicyFile.Exists(_folder.In("run")));
        Assert.Equal(Act(policy, spec, 1), Act(PolicyFile.Load(_folder.In("run")), spec, 1));
        Assert.Equal(Act(policy, spec, 1), Act(PolicyFile.Load(_folder.In("run/policy/policy.json")), spec, 1));
    }

    [Theory]
    [InlineData("nothing there")]
    [InlineData("description cut off")]
    [InlineData("newer schema")]
    [InlineData("other schema")]
    [InlineData("unknown kind")]
    [InlineData("field missing")]
    [InlineData("impossible actions")]
    [InlineData("weights missing")]
    [InlineData("weights cut off")]
    [InlineData("weights of another policy")]
    [InlineData("one bit changed")]
    [InlineData("not a number")]
    [InlineData("wider than the file")]
    [InlineData("narrower than the file")]
    [InlineData("other observation")]
    [InlineData("other actions")]
    public void Load_WhatCannotBeUsed_IsOneClearMistake(string problem)
    {
        var (policy, spec) = Make("actor");
        PolicyFile.Save(policy, spec, _folder.Path);
        var asked = Damage(problem, spec);

        var mistake = Assert.Throws<UserMistakeException>(() => PolicyFile.Load(_folder.Path, asked));

        Snapshot.Matches(_folder.Anonymous(mistake.Message), problem.Replace(' ', '_'));
    }

    [Theory]
    [InlineData("normalizer")]
    [InlineData("grid")]
    public void Load_SettingsThatDoNotFit_AreRefused(string what)
    {
        var (policy, spec) = Make(what == "grid" ? "table" : "normalized");
        PolicyFile.Save(policy, spec, _folder.Path);
        var json = File.ReadAllText(_folder.In("policy.json"));
        File.WriteAllText(_folder.In("policy.json"), what == "grid"
            ? json.Replace("\"untriedAction\": 1", "\"untriedAction\": 7", StringComparison.Ordinal)
            : json.Replace("\"clip\": 5", "\"clip\": -5", StringComparison.Ordinal));

        Assert.Contains("PIL0606", Assert.Throws<UserMistakeException>(() => PolicyFile.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_ARule_IsRefused()
    {
        var rule = new RulePolicy((_, _) => 0);
        Assert.Contains("PIL0601", Assert.Throws<UserMistakeException>(() => PolicyFile.Save(rule, Spec(), _folder.In("new"))).Message, StringComparison.Ordinal);
        Assert.Contains("PIL0601", Assert.Throws<UserMistakeException>(() => PolicyFile.Save(new NormalizedPolicy(rule, new(3)), Spec(), _folder.In("new"))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("new")));
    }

    [Fact]
    public void Save_WeightsThatAreNotFinite_WritesNothing()
    {
        var network = (QNetwork)Make("q-network").Policy;
        network.Weights[0].Values.Span[3] = float.NaN;

        Assert.Contains("q.0.weight", Assert.Throws<RunFailedException>(() => PolicyFile.Save(network, Spec(), _folder.In("new"))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("new")));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(100, true)]
    public void Save_DiskFull_LeavesTheOldPolicyAndNothingHalf(long capacity, bool isSilent)
    {
        var (policy, spec) = Make("q-network");
        PolicyFile.Save(policy, spec, _folder.Path);

        Assert.Throws<RunFailedException>(() => PolicyFile.Save(Make("q-network", seed: 5).Policy, spec, _folder.Path, null, path => new FullDisk(path, capacity, isSilent)));

        Assert.Equal(Act(policy, spec, 1), Act(PolicyFile.Load(_folder.Path), spec, 1));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    private EnvironmentSpec? Damage(string problem, EnvironmentSpec spec)
    {
        var (description, weights) = (_folder.In("policy.json"), _folder.In("policy.safetensors"));
        var (json, bytes) = (File.ReadAllText(description), File.ReadAllBytes(weights));
        switch (problem)
        {
            case "nothing there": File.Delete(description); break;
            case "description cut off": File.WriteAllText(description, json[..(json.Length / 2)]); break;
            case "newer schema": Replace("pilotage-policy/1", "pilotage-policy/2"); break;
            case "other schema": Replace("pilotage-policy/1", "somebody-else/1"); break;
            case "unknown kind": Replace("\"actor\"", "\"oracle\""); break;
            case "field missing": Replace("\"isGreedy\"", "\"greedy\""); break;
            case "impossible actions": Replace("\"discrete\"", "\"round\""); break;
            case "weights missing": File.Delete(weights); break;
            case "weights cut off": File.WriteAllBytes(weights, bytes[..(bytes.Length / 2)]); break;
            case "weights of another policy":
                PolicyFile.Save(Make("actor", seed: 5).Policy, spec, _folder.Path);
                File.WriteAllText(description, json);
                break;
            case "one bit changed":
                bytes[^40] ^= 1;
                File.WriteAllBytes(weights, bytes);
                break;
            case "not a number":
                BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 40), float.NaN);
                File.WriteAllBytes(weights, bytes);
                break;
            case "wider than the file": Replace("\"hidden\": [\n      16\n", "\"hidden\": [\n      1600000000\n"); break;
            case "narrower than the file": Replace("\"hidden\": [\n      16\n", "\"hidden\": [\n      15\n"); break;
            case "other observation": return spec with { Name = "Other", ObservationSize = 5 };
            case "other actions": return spec with { Name = "Other", Actions = new ActionSpace.Box([-1], [1]) };
        }
        return null;

        void Replace(string from, string to)
        {
            Assert.Contains(from, json, StringComparison.Ordinal);
            File.WriteAllText(description, json.Replace(from, to, StringComparison.Ordinal));
        }
    }

    private static EnvironmentSpec Spec(ActionSpace? actions = null) => new()
    {
        Name = "Toy",
        ObservationSize = 3,
        ObservationNames = ["load", "fleet", "hour"],
        Actions = actions ?? new ActionSpace.Discrete(4, Masked: true),
        TimeLimit = 100,
        RewardUnit = "euro",
    };

    private static (IPolicy Policy, EnvironmentSpec Spec) Make(string kind, ulong seed = 1)
    {
        var seeds = SeedTree.Root((long)seed);
        var random = seeds.Initialisation.Start();
        var spec = Spec(kind switch
        {
            "actor-choices" => new ActionSpace.MultiDiscrete([3, 2], Masked: true),
            "actor-box" or "squashed-actor" or "squashed-actor-sampling" or "squashed-actor-softplus" or "deterministic-actor" or "strength-actor" => new ActionSpace.Box([-1, 0], [1, 10]),
            "actor-composite" => new ActionSpace.Composite(new([3, 2], Masked: true), new([-1, 0], [1, 10])),
            _ => null,
        });
        switch (kind)
        {
            case "q-network-dueling": return (new QNetwork(spec, [16, 8], Activation.Relu, ref random, isDueling: true), spec);
            case "q-network-quantiles": return (new QNetwork(spec, [16], Activation.Relu, ref random, quantiles: 5), spec);
            case "squashed-actor" or "squashed-actor-sampling":
                var squashed = new SquashedActor(spec, [16], Activation.Relu, ref random);
                return (kind == "squashed-actor" ? squashed.Greedy : squashed.Sampling, spec);
            case "squashed-actor-softplus":
                return (new SquashedActor(spec, [16], Activation.Relu, ref random, form: new() { Normalization = Normalization.Layer, Dropout = 0.1f, Deviation = DeviationForm.Softplus }).Sampling, spec);
            case "deterministic-actor": return (new DeterministicActor(spec, [16], Activation.Relu, ref random), spec);
            case "strength-actor": return (new StrengthActor(new(), spec, 16, ref random).Greedy, spec);
            case "q-network": return (new QNetwork(spec, [16], Activation.Relu, ref random), spec);
            case "table":
                var grid = new UniformGrid([-1, -1, -1], [1, 1, 1], [3, 4, 5]);
                var values = new ActionValues(grid.StateCount, 4) { UntriedAction = 1 };
                for (var i = 0; i < 150; i++) values.Visit(random.NextInt(grid.StateCount), random.NextInt(4), (float)random.NextNormal());
                return (new TabularPolicy(values, grid), spec);
            case "recurrent" or "recurrent-normalized":
                var recurrent = new RecurrentActorCritic(spec, 8, [16], Activation.Tanh, seeds);
                Scatter(recurrent.Parameters, ref random);
                return (kind == "recurrent" ? recurrent.Sampling : new NormalizedPolicy(recurrent.Greedy, Normalizer(ref random)), spec);
            default:
                var networks = new ActorCritic(spec, [16], Activation.Tanh, seeds);
                Scatter(networks.Parameters, ref random);
                var actor = kind == "actor-sampling" ? networks.Sampling : networks.Greedy;
                return (kind == "normalized" ? new NormalizedPolicy(actor, Normalizer(ref random)) : actor, spec);
        }
    }

    private static void Scatter(Parameters parameters, ref Randomness random)
    {
        foreach (var block in parameters.Blocks)
            foreach (ref var value in block.Values.Span) value = (float)random.NextNormal();
    }

    private static ObservationNormalizer Normalizer(ref Randomness random)
    {
        var normalizer = new ObservationNormalizer(3, clip: 5);
        for (var i = 0; i < 7; i++) normalizer.Update(new(1, [(float)random.NextNormal(), 3 * (float)random.NextNormal(), 1e-3f * (float)random.NextNormal()]));
        return normalizer;
    }

    // The bits of what it does on random frames with random masks.
    private static List<int> Act(IPolicy policy, EnvironmentSpec spec, ulong seed)
    {
        var random = SeedTree.Root((long)(seed + 100)).Start();
        var observations = new float[Rows * spec.ObservationSize];
        foreach (ref var value in observations.AsSpan()) value = (float)random.NextNormal();
        var legal = new bool[Rows * spec.Actions.LegalCount];
        for (var i = 0; i < legal.Length; i++) legal[i] = random.NextInt(3) > 0 || i % spec.Actions.LegalCount is 0 or 3;     // one of each choice always
        var actions = new ActionBatch(spec.Actions, Rows);
        var memory = policy.CreateMemory(Rows);
        for (var step = 0; step < 3; step++) policy.Act(new(Rows, observations, legal), memory, ref random, actions);       // what is remembered must come back too
        return [.. actions.Indices, .. System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(actions.Values)];
    }
}
