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
        var seat = Take(1);
        policy.Act(new(1, observation, legal), seat.Memory, ref seat.Random, seat.Actions);
        seat.Memory.ResetRow(0);                         // each decision stands alone
        var action = seat.Actions[0];
        var decision = new PolicyDecision(action.Indices.ToArray(), action.Values.ToArray(), manifest.ParameterHash);
        _free.Add(seat);                                 // not after an exception: what it left there is not known
        return decision;
    }

    /// <summary>Decides for several rows, on any number of threads at once.</summary>
    /// <exception cref="UserMistakeException">A memory has another size (PIL0907).</exception>
    public PolicyBatchDecision DecideBatch(int rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, IReadOnlyList<EpisodeMemory?> memories)
    {
        var seat = Take(rows);
        var size = seat.Memory.RowSize;
        var wrong = memories.Any(memory => memory is not null && memory.Version == manifest.ParameterHash && memory.Values.Length != size);
        if (wrong)
        {
            throw new UserMistakeException(new Mistake(
                "PIL0907", $"A memory has another size than the {size} numbers that this policy remembers of an episode.", "", "Give back what the decision before returned, or nothing where an episode begins.").ToString());
        }
        var began = 0;
        for (var row = 0; row < memories.Count; row++)
        {
            if (memories[row] is not { } memory) continue;
            if (memory.Version == manifest.ParameterHash) seat.Memory.RestoreRow(row, memory.Values.Span);
            else began++;
        }
        policy.Act(new(rows, observations, legal), seat.Memory, ref seat.Random, seat.Actions);
        var kept = new EpisodeMemory[size == 0 ? 0 : rows];
        for (var row = 0; row < kept.Length; row++)
        {
            var values = new float[size];
            seat.Memory.CopyRow(row, values);
            kept[row] = new(manifest.ParameterHash, values);
        }
        var decision = new PolicyBatchDecision(rows, seat.Actions.Indices.ToArray(), seat.Actions.Values.ToArray(), kept, size == 0 ? 0 : began, manifest.ParameterHash);
        if (rows > 1) return decision;                   // seats for many are large and of many sizes: not kept
        seat.Memory.ResetRow(0);
        _free.Add(seat);
        return decision;
    }

    private Seat Take(int rows) =>
        rows == 1 && _free.TryTake(out var free) ? free : new(policy, manifest.Environment.Actions, rows, seeds.Branch(Interlocked.Increment(ref _seats)));

    private sealed class Seat(IPolicy policy, ActionSpace space, int rows, SeedTree seeds)
    {
        public Randomness Random = seeds.Start();

        public PolicyMemory Memory { get; } = policy.CreateMemory(rows);

        public ActionBatch Actions { get; } = new(space, rows);
    }
}
