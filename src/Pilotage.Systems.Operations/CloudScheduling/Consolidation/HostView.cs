using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>One host as a learner sees it, and what its actions mean: keep, relieve to a level, empty and switch off.</summary>
internal static class HostView
{
    public const int Keep = 0, Relieve = 1, Leave = 2;
    private const int Seen = 14;
    private const double ReliefLevel = 0.7;              // and nobody thinks of relieving a host used less than this, or of emptying one used more
    private const double LeastToRelieve = 0.6, MostToLeave = 0.5;

    /// <summary>Of one row: one host.</summary>
    public static EnvironmentSpec Spec { get; } = new()
    {
        Name = "cloud-scheduling-hosts",
        ObservationSize = Seen,
        Actions = new ActionSpace.Discrete(3, Masked: true),
        ObservationNames = ["on", "use", "mean", "most", "spread", "trend", "guests", "memory", "largest", "g5", "all hosts' use", "hosts on", "lower used", "last step full"],
        RewardUnit = "minus cost over the static rule's",
    };

    /// <summary>Shows a host.</summary>
    public static void Show(HostFleet fleet, int host, Frame frame)
    {
        var seen = frame.Observation;
        var past = fleet.HistoryOf(host);
        seen.Clear();
        var (use, on, lower, all) = (fleet.Utilisation(host), 0, 0, 0.0);
        for (var other = 0; other < fleet.HostCount; other++)
        {
            if (!fleet.IsOn(other)) continue;
            var own = fleet.Utilisation(other);
            (on, all) = (on + 1, all + own);
            if (own < use) lower++;
        }
        seen[10] = (float)(all / Math.Max(1, on));
        seen[11] = on / (float)fleet.HostCount;
        (frame.Legal[Relieve], frame.Legal[Leave]) = (fleet.IsOn(host) && use >= LeastToRelieve, fleet.IsOn(host) && use <= MostToLeave);
        if (!fleet.IsOn(host)) return;
        var (sum, most, largest) = (0.0, 0.0, 0.0);
        foreach (var value in past) (sum, most) = (sum + value, Math.Max(most, value));
        foreach (var guest in fleet.Guests(host)) largest = Math.Max(largest, fleet.DemandOf(guest));
        seen[0] = 1;
        seen[1] = (float)use;
        seen[2] = (float)(sum / past.Length);
        seen[3] = (float)most;
        seen[4] = (float)(5 * OverloadRule.Mad(past));
        seen[5] = (float)(past[0] - past[2]);
        seen[6] = fleet.Guests(host).Count / 8f;
        seen[7] = (float)fleet.MemoryShare(host);
        seen[8] = (float)(largest / fleet.KindOf(host).Mips);
        seen[9] = fleet.KindOf(host) == HostKind.G5 ? 1 : 0;
        seen[12] = lower / (float)fleet.HostCount;
        seen[13] = (float)fleet.StepFull[host];
    }

    /// <summary>Writes actions into a plan.</summary>
    public static void Fill(HostFleet fleet, ReadOnlySpan<int> actions, HostPlan plan, double threshold)
    {
        plan.Clear(threshold);
        for (var host = 0; host < actions.Length; host++)
        {
            if (actions[host] == Relieve) plan.Relief[host] = Math.Min(ReliefLevel, fleet.Utilisation(host) - 1e-9);
            plan.Evacuate[host] = actions[host] == Leave;
        }
    }

    /// <summary>A learned policy as one of hosts.</summary>
    public static IHostPolicy Acting(IPolicy policy, int hosts, double threshold, SeedTree seeds) => new Actor(policy, hosts, threshold, seeds.Start());

    private sealed class Actor(IPolicy policy, int hosts, double threshold, Randomness random) : IHostPolicy
    {
        private readonly float[] _seen = new float[hosts * Seen];
        private readonly bool[] _legal = new bool[hosts * 3];
        private readonly ActionBatch _actions = new(Spec.Actions, hosts);
        private Randomness _random = random;

        public void Decide(HostFleet fleet, HostPlan plan)
        {
            _legal.AsSpan().Fill(true);
            for (var host = 0; host < hosts; host++) Show(fleet, host, new(_seen.AsSpan(host * Seen, Seen), _legal.AsSpan(host * 3, 3)));
            policy.Act(new(hosts, _seen, _legal), PolicyMemory.None, ref _random, _actions);
            Fill(fleet, _actions.Indices, plan, threshold);
        }
    }
}
