using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Dashboard.Tests.Serving;

/// <summary>Small policies to serve, and what they choose when asked directly.</summary>
internal static class ToyPolicy
{
    public static EnvironmentSpec Masked { get; } = new() { Name = "Toy", ObservationSize = 3, ObservationNames = ["place", "speed", "load"], Actions = new ActionSpace.Discrete(4, Masked: true) };

    public static EnvironmentSpec Both { get; } = new() { Name = "Toy", ObservationSize = 3, Actions = new ActionSpace.Composite(new([3, 2]), new([-1, 0], [1, 10])) };

    /// <summary>Greedy, one masked choice.</summary>
    public static IPolicy Choice(int seed) => Scattered(new ActorCritic(Masked, [8], Activation.Tanh, SeedTree.Root(1)), seed).Greedy;

    /// <summary>Greedy, choices and real numbers, remembers.</summary>
    public static IPolicy Recurrent(int seed)
    {
        var networks = new RecurrentActorCritic(Both, 4, [8], Activation.Tanh, SeedTree.Root(1));
        Scatter(networks.Parameters, seed);
        return networks.Greedy;
    }

    /// <summary>Writes a policy; each second gives its files another time, as a later writing would.</summary>
    public static void Save(IPolicy policy, EnvironmentSpec spec, string folder, int second)
    {
        PolicyFile.Save(policy, spec, folder);
        foreach (var file in Directory.GetFiles(folder)) File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(second));
    }

    /// <summary>The index that a policy of one choice takes.</summary>
    public static int IndexOf(IPolicy policy, float[] observation, bool[]? legal = null)
    {
        var (actions, random) = (new ActionBatch(Masked.Actions, 1), new Randomness(0));
        policy.Act(new(1, observation, legal), policy.CreateMemory(1), ref random, actions);
        return actions.Indices[0];
    }

    /// <summary>The real numbers that a recurrent policy gives for an episode, step by step.</summary>
    public static float[][] Episode(IPolicy policy, float[][] observations)
    {
        var (actions, random, memory) = (new ActionBatch(Both.Actions, 1), new Randomness(0), policy.CreateMemory(1));
        var values = new float[observations.Length][];
        for (var step = 0; step < observations.Length; step++)
        {
            policy.Act(new(1, observations[step]), memory, ref random, actions);
            values[step] = actions.Values.ToArray();
        }
        return values;
    }

    private static ActorCritic Scattered(ActorCritic networks, int seed)
    {
        Scatter(networks.Parameters, seed);
        return networks;
    }

    private static void Scatter(Parameters parameters, int seed)
    {
        var random = SeedTree.Root(seed).Start();
        foreach (var block in parameters.Blocks) foreach (ref var value in block.Values.Span) value = 0.4f * (float)random.NextNormal();
    }
}
