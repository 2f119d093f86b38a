using System.Collections.Concurrent;
using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Hosting;

/// <summary>One policy as it was read, with room for decisions that is used again. Never changed: a newer policy is another object.</summary>
internal sealed class LoadedPolicy(IPolicy policy, PolicyManifest manifest, string path, PolicyStamp stamp, SeedTree seeds)
{
    private readonly ConcurrentBag<Seat> _free = [];
    private int _seats;

    public IPolicy Policy => policy;

    public PolicyManifest Manifest => manifest;

    public string Path => path;

    public PolicyStamp Stamp => stamp;

    /// <summary>Decides for one row, on any number of threads at once.</summary>
    public PolicyDecision Decide(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal)
    {
        if (!_free.TryTake(out var seat)) seat = new(policy, manifest.Environment.Actions, seeds.Branch(Interlocked.Increment(ref _seats)));
        policy.Act(new(1, observation, legal), seat.Memory, ref seat.Random, seat.Actions);
        seat.Memory.ResetRow(0);                         // each decision stands alone
        var action = seat.Actions[0];
        var decision = new PolicyDecision(action.Indices.ToArray(), action.Values.ToArray(), manifest.ParameterHash);
        _free.Add(seat);                                 // not after an exception: what it left there is not known
        return decision;
    }

    private sealed class Seat(IPolicy policy, ActionSpace space, SeedTree seeds)
    {
        public Randomness Random = seeds.Start();

        public PolicyMemory Memory { get; } = policy.CreateMemory(1);

        public ActionBatch Actions { get; } = new(space, 1);
    }
}
