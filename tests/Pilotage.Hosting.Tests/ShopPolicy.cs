using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Hosting.Tests;

/// <summary>Policies of the shop with weights by a seed, in folders.</summary>
internal static class ShopPolicy
{
    public static EnvironmentSpec Spec { get; } = new()
    {
        Name = "Shop", ObservationSize = 3, ObservationNames = ["stock", "under way", "weekday"], Actions = new ActionSpace.Discrete(7), TimeLimit = 91, RewardUnit = "euro",
    };

    public static QNetwork Make(int seed, EnvironmentSpec? spec = null)
    {
        var random = SeedTree.Root(seed).Start();
        return new(spec ?? Spec, [8], Activation.Tanh, ref random);
    }

    /// <summary>Writes a policy and makes its files a given number of seconds young.</summary>
    public static void Save(string folder, int seed, int second, EnvironmentSpec? spec = null)
    {
        PolicyFile.Save(Make(seed, spec), spec ?? Spec, folder);
        foreach (var file in Directory.GetFiles(folder)) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(55).AddSeconds(second));
    }

    public static int Choice(int seed, params ReadOnlySpan<float> observation)
    {
        var (actions, random) = (new ActionBatch(Spec.Actions, 1), SeedTree.Root(0).Start());
        Make(seed).Act(new(1, observation), PolicyMemory.None, ref random, actions);
        return actions.Indices[0];
    }
}
