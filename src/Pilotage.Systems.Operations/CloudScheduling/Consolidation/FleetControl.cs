using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>All hosts as a decision: from which utilisation on hosts are relieved, and below which they are emptied and switched off, for the next five minutes.</summary>
/// <remarks>
/// Reward of a step: minus full load and migrations, each over what it is under the static rule, and minus the energy above its limit at its price. A day is an episode; its end is only that of the
/// watching.
/// </remarks>
internal sealed class FleetControl : IEnvironment
{
    private const int Seen = 13, UsualDays = 16;
    private const double Unit = 0.1;                     // brings values to the size of one
    private static readonly double[] Reliefs = [0.6, 0.7, 0.8, 0.9, 1, 2], Leaves = [0, 0.1, 0.2, 0.3, 0.5];
    private readonly ConsolidationSettings _settings;
    private readonly CpuTrace _trace;
    private readonly HostFleet _fleet;
    private readonly HostPlan _plan;
    private readonly (double Joules, double Full, double Loss) _usual;
    private readonly EnergyPrice _price;

    /// <param name="settings">Sizes.</param>
    /// <param name="trace">Draws days from it.</param>
    /// <param name="usual">What a step costs under the static rule.</param>
    /// <param name="price">What energy costs now.</param>
    public FleetControl(ConsolidationSettings settings, CpuTrace trace, (double Joules, double Full, double Loss) usual, EnergyPrice price) =>
        (_settings, _trace, _fleet, _plan, _usual, _price) = (settings, trace, new(settings), new(settings.Hosts), usual, price);

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec(new());

    /// <summary>Of a day of some length.</summary>
    public static EnvironmentSpec Spec(ConsolidationSettings settings) => new()
    {
        Name = "cloud-scheduling-fleet",
        ObservationSize = Seen,
        Actions = new ActionSpace.MultiDiscrete([Reliefs.Length, Leaves.Length]),
        TimeLimit = settings.Steps,
        ObservationNames = ["hosts on", "mean use", "most use", "above 0.7", "above 0.8", "above 0.9", "full", "below 0.1", "below 0.2", "below 0.3", "below 0.5", "last energy", "last migrations"],
        RewardUnit = "minus cost over the static rule's",
    };

    /// <summary>Several fleets as learners want them.</summary>
    public static VectorEnvironment<FleetControl> Rows(int rows, ConsolidationSettings settings, CpuTrace trace, EnergyPrice price, SeedTree seeds)
    {
        var usual = Usual(settings, trace, seeds.Branch("usual"));
        return new([.. Enumerable.Range(0, rows).Select(_ => new FleetControl(settings, trace, usual, price))], seeds, Spec(settings));
    }

    /// <summary>A learned policy as one of hosts.</summary>
    public static IHostPolicy Acting(IPolicy policy, ConsolidationSettings settings, SeedTree seeds) => new Actor(policy, settings, seeds.Start());

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        _fleet.Begin(_trace.Draw(_settings.VirtualMachines, ref random));
        Show(_fleet, first);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        Fill(_fleet, action, _plan);
        _fleet.Step(_plan);
        Show(_fleet, next);
        var (joules, full, loss) = Costs(_fleet);
        return new(-(float)(Unit * (full / _usual.Full + loss / _usual.Loss + _price.Value * (joules / _usual.Joules - _price.Limit))));
    }

    private static (double Joules, double Full, double Loss) Costs(HostFleet fleet) => (fleet.StepJoules.Sum(), fleet.StepFull.Sum(), fleet.StepLoss.Sum());

    // What a step costs under the static rule, over days of its own: full load is rare, and by one day alone it would weigh otherwise in each training.
    private static (double Joules, double Full, double Loss) Usual(ConsolidationSettings settings, CpuTrace trace, SeedTree seeds)
    {
        var (fleet, plan, rule) = (new HostFleet(settings), new HostPlan(settings.Hosts), new OverloadRule(OverloadKind.Static, settings.Threshold));
        var (sum, steps) = ((Joules: 0.0, Full: 0.0, Loss: 0.0), 0);
        for (var day = 0; day < UsualDays; day++)
        {
            var random = seeds.Branch(day).Start();
            fleet.Begin(trace.Draw(settings.VirtualMachines, ref random));
            for (; !fleet.IsOver; steps++)
            {
                rule.Decide(fleet, plan);
                fleet.Step(plan);
                var (joules, full, loss) = Costs(fleet);
                sum = (sum.Joules + joules, sum.Full + full, sum.Loss + loss);
            }
        }
        return (sum.Joules / steps, Math.Max(sum.Full, 1) / steps, Math.Max(sum.Loss, 1e-3) / steps);
    }

    private static void Fill(HostFleet fleet, AgentAction action, HostPlan plan)
    {
        var (relief, leave) = (Reliefs[action.Indices[0]], Leaves[action.Indices[1]]);
        plan.Clear(Math.Min(relief, 1));
        for (var host = 0; host < fleet.HostCount; host++)
        {
            if (!fleet.IsOn(host)) continue;
            var use = fleet.Utilisation(host);
            if (use > relief) plan.Relief[host] = relief;
            else plan.Evacuate[host] = use < leave;
        }
    }

    private static void Show(HostFleet fleet, Frame frame)
    {
        var seen = frame.Observation;
        seen.Clear();
        var (on, sum, most) = (0, 0.0, 0.0);
        for (var host = 0; host < fleet.HostCount; host++)
        {
            if (!fleet.IsOn(host)) continue;
            var use = fleet.Utilisation(host);
            (on, sum, most) = (on + 1, sum + use, Math.Max(most, use));
            double[] above = [0.7, 0.8, 0.9, 1];
            for (var i = 0; i < above.Length; i++) seen[3 + i] += use >= above[i] ? 1 : 0;
            for (var i = 1; i < Leaves.Length; i++) seen[6 + i] += use < Leaves[i] ? 1 : 0;
        }
        for (var i = 3; i < 11; i++) seen[i] /= Math.Max(1, on);
        seen[0] = on / (float)fleet.HostCount;
        seen[1] = (float)(sum / Math.Max(1, on));
        seen[2] = (float)most;
        seen[11] = (float)(fleet.StepJoules.Sum() / (HostKind.G5.Watts[^1] * HostFleet.StepSeconds * fleet.HostCount));
        seen[12] = (float)(100 * fleet.StepLoss.Sum() / fleet.HostCount);
    }

    private sealed class Actor(IPolicy policy, ConsolidationSettings settings, Randomness random) : IHostPolicy
    {
        private readonly float[] _seen = new float[Seen];
        private readonly ActionBatch _actions = new(Spec(settings).Actions, 1);
        private Randomness _random = random;

        public void Decide(HostFleet fleet, HostPlan plan)
        {
            Show(fleet, new(_seen, []));
            policy.Act(new(1, _seen), PolicyMemory.None, ref _random, _actions);
            Fill(fleet, _actions[0], plan);
        }
    }
}
