using Pilotage.Environments;

namespace Pilotage.Hosting;

/// <summary>How a policy is served.</summary>
public sealed record ServedPolicyOptions
{
    /// <summary>How often the folder is looked at for a newer policy; <see cref="Timeout.InfiniteTimeSpan"/> for never. Short: more disk reads; long: a new policy waits. Usual 1 second to 5 minutes.</summary>
    public TimeSpan ReloadEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the policy is to act; the first one is refused if it was made for other observations or actions. <see langword="null"/> to take what the folder holds.</summary>
    public EnvironmentSpec? Environment { get; init; }

    /// <summary>Root of the random numbers of policies that sample; greedy ones draw none.</summary>
    public long Seed { get; init; }
}
