using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting D: virtual machines on hosts. Learns from one day, is tested on another.</summary>
internal sealed class ConsolidationPart(CloudSchedulingConfig config, CpuTrace training, CpuTrace test, Device? device = null) : IStudyPart
{
    public const string Static = "threshold-mmt", Mad = "mad-mmt", Iqr = "iqr-mmt", Never = "never-migrate", Hosts = "ppo-hosts";
    public const string EnergyViolation = "consolidation_esv", Energy = "consolidation_energy", Violation = "consolidation_slav", Overload = "consolidation_slatah";
    private const double MostEnergy = 1.1;
    private const int Looks = 30, ValidationDays = 16;   // at the policy, on its way, of which the best is kept

    /// <inheritdoc/>
    public string Name => CloudSchedulingConfig.Consolidation;

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics =>
    [
        new(EnergyViolation, "D ESV x 1e6", false), new(Energy, "D energy [kWh]", false), new(Violation, "D SLAV x 1e6", false), new(Overload, "D SLATAH", false),
        new("consolidation_pdm", "D PDM", false), new("consolidation_migrations", "D migrations", false), new("consolidation_hosts", "D hosts on", false),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<PartArm> Arms =>
    [
        Measured(Static, ArmKind.Heuristic, (_, _) => new OverloadRule(OverloadKind.Static, config.Hosts.Threshold)),
        Measured(Mad, ArmKind.Heuristic, (_, _) => new OverloadRule(OverloadKind.Mad, config.Hosts.Threshold)),
        Measured(Iqr, ArmKind.Heuristic, (_, _) => new OverloadRule(OverloadKind.Iqr, config.Hosts.Threshold)),
        Measured(Never, ArmKind.Baseline, (_, _) => new OverloadRule(OverloadKind.Never, config.Hosts.Threshold)),
        Measured(Hosts, ArmKind.Method, Learn),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims =>
    [
        PartClaims.Rule().Claim("d", "On a day that it has not seen, PPO's energy times violation (ESV) is below the static threshold's", PartClaims.Source, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, Hosts, Static, EnergyViolation, rule), PartClaims.LeastSeeds),
        PartClaims.Rule().Claim("d-energy", FormattableString.Invariant($"... and not by never migrating: its energy is at most {MostEnergy - 1:P0} above the static threshold's (ratio)"), PartClaims.Source, Region.Below(MostEnergy),
            (results, rule) => RatioEffect.Of(results, Hosts, Static, Energy, rule), PartClaims.LeastSeeds),
        PartClaims.Rule().Claim("d-overload", "... nor by letting hosts run at full load: its SLATAH is below the static threshold's", PartClaims.Source, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, Hosts, Static, Overload, rule), PartClaims.LeastSeeds),
    ];

    // The least violation within the limit on energy, both on days drawn from the day that is learned from. What acts draws from the learned distribution: that is what the gradient and the price are of,
    // and the best policy under a limit is a mixture.
    private IHostPolicy Learn(SeedTree seeds, CancellationToken cancellation)
    {
        var price = new EnergyPrice(config.Hosts.FirstEnergyPrice, config.Hosts.EnergyLimit, config.Hosts.PriceRate);
        var learner = new Ppo(config.HostPpo, FleetControl.Rows(config.HostPpo.EnvironmentCount, config.Hosts, training, price, seeds), seeds, device);
        var (best, days) = (new BestWeights(learner), new DayComparison(config.Hosts, training, ValidationDays, seeds.Validation));
        for (var next = 0L; learner.Steps < config.HostPpo.Steps;)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            if (learner.Steps < next) continue;
            next = learner.Steps + config.HostPpo.Steps / Looks;
            var costs = days.Of(Acting());
            best.Look(costs.Rank(price.Limit));
            price.Follow(costs.Energy);
        }
        best.Restore();
        return Acting();

        IHostPolicy Acting() => FleetControl.Acting(learner.Networks.Sampling, config.Hosts, seeds.Validation.Branch("acting"));
    }

    private PartArm Measured(string name, ArmKind kind, Func<SeedTree, CancellationToken, IHostPolicy> train) => new(name, kind, (seeds, cancellation) =>
    {
        var (policy, fleet, measured) = (train(seeds, cancellation), new HostFleet(config.Hosts), new List<Measurement>());
        for (var day = 0; day < config.Hosts.TestDays; day++)
        {
            var random = seeds.Evaluation.Branch(day).Start();
            var figures = HostDays.Run(fleet, test.Draw(config.Hosts.VirtualMachines, ref random), policy);
            var path = FormattableString.Invariant($"{Name}/{day + 1}");
            measured.AddRange(
            [
                new(EnergyViolation, path, 1e6 * figures.EnergyViolation), new(Energy, path, figures.EnergyKwh), new(Violation, path, 1e6 * figures.Violation), new(Overload, path, figures.OverloadShare),
                new("consolidation_pdm", path, figures.Degradation), new("consolidation_migrations", path, figures.Migrations), new("consolidation_hosts", path, figures.MeanHosts),
            ]);
        }
        return measured;
    });
}
