using Pilotage.Evaluation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rec;

/// <summary>The competitors: members of the family in each regime, and the bandit.</summary>
/// <param name="lab">The laboratory.</param>
/// <param name="config">Settings.</param>
internal sealed class RecArms(MiniLab.MiniLab lab, RecConfig config)
{
    public const string WarmStart = "warm-start", OnPolicy = "on", Lag = "lag", ShortLag = "short-lag", Offline = "offline";

    public const string Bandit = "bandit-";

    /// <summary>Exact limits of the bandit, by name: shift, temperature and where the flow ends.</summary>
    public static IReadOnlyDictionary<string, (double Shift, double Temperature, double[] Limit)> Bandits { get; } = new OrderedDictionary<string, (double, double, double[])>
    {
        ["reinforce"] = (0, double.PositiveInfinity, [0, 1, 0]),
        ["asymre-0.1"] = (0.1, double.PositiveInfinity, [0, 1, 0]),
        ["asymre-0.3"] = (0.3, double.PositiveInfinity, [0, 0.9, 0.1]),
        ["asymre-1000"] = (1000, double.PositiveInfinity, [0.3, 0.6, 0.1]),
        ["red-weight-1"] = (0, 1, [0, 0.8839, 0.1161]),
        ["red-weight-0.2"] = (0, 0.2, [0, 0.5367, 0.4633]),
    };

    /// <summary>The same member in a regime.</summary>
    public static string Name(string regime, string member) => $"{regime}/{member}";

    /// <summary>All arms of a scale, rules first.</summary>
    public IReadOnlyList<Arm> All(Scale scale)
    {
        List<Arm> arms = [lab.WarmStartArm(WarmStart), .. Bandits.Keys.Select(BanditArm)];
        string[] lagging = [RecMembers.Reinforce, RecMembers.Grpo, RecMembers.OneSideIs, RecMembers.OneSideNoIs, RecMembers.OneSideNoIsWide, RecMembers.Opmd, RecMembers.AsymRe, RecMembers.RedDrop, RecMembers.RedWeight];
        string[] fresh = [RecMembers.Reinforce, RecMembers.OneSideNoIs, RecMembers.OneSideNoIsWide];
        if (scale == Scale.Paper) lagging = fresh = [.. RecMembers.All.Keys];
        arms.AddRange(fresh.Select(member => Trained(OnPolicy, member, LagSchedule.OnPolicy)));
        if (scale == Scale.Paper) arms.AddRange(lagging.Select(member => Trained(ShortLag, member, new(config.SyncInterval, 0))));
        arms.AddRange(lagging.Select(member => Trained(Lag, member, new(config.SyncInterval, config.SyncOffset))));
        if (scale == Scale.Paper) arms.AddRange(lagging.Select(OfflineArm));
        return arms;
    }

    /// <summary>A member on fresh answers by weights that lag.</summary>
    public Arm Trained(string regime, string member, LagSchedule schedule) => lab.Arm(Name(regime, member), KindOf(member), trial =>
    {
        var policy = new LaggedPolicy(trial.Model, schedule, trial.Seeds);
        var source = new LaggedSource(policy, trial.SamplerOf(policy.Model), trial.Problems, trial.Batch, trial.Seeds);
        return new Rec(RecMembers.All[member], trial.Batch, trial.Model, source, MiniLabTrial.Sampling.Temperature, trial.Seeds);
    }, RecMetrics.Of);

    // As many steps as the passes take: the laboratory's own number does not count here.
    private Arm OfflineArm(string member)
    {
        var perStep = lab.Config.Batch.Prompts;
        var offline = new MiniLab.MiniLab(lab.Task, lab.Config with { Steps = Math.Max(1, config.OfflineProblems * config.OfflineEpochs / perStep) }, lab.Shape);
        return offline.Arm(Name(Offline, member), KindOf(member), trial =>
        {
            var problems = trial.Task.Problems(Split.Train).Take(config.OfflineProblems).ToArray();
            var groups = lab.Sampler(lab.Warm).Sample(problems, trial.Batch.GroupSize, trial.Seeds.Branch("offline"), 0);
            return new Rec(RecMembers.All[member], trial.Batch, trial.Model, new LoggedSource(groups, perStep, trial.Seeds.Shuffle), MiniLabTrial.Sampling.Temperature, trial.Seeds);
        }, RecMetrics.Of);
    }

    private static ArmKind KindOf(string member) => member is RecMembers.Reinforce or RecMembers.Grpo or "topr" ? ArmKind.Baseline : ArmKind.Method;

    private static Arm BanditArm(string name) => new(Bandit + name, ArmKind.Baseline, (_, _) =>
    {
        var (shift, temperature, limit) = Bandits[name];
        var pi = ThreeArmBandit.Follow(ThreeArmBandit.Pull(shift, temperature));
        return
        [
            new(RecMetrics.BanditError, "bandit", pi.Zip(limit, (p, q) => Math.Abs(p - q)).Max()),
            .. pi.Select((p, arm) => new Measurement(RecMetrics.BanditProbability, FormattableString.Invariant($"bandit/{arm + 1}"), p)),
        ];
    })
    { IsDeterministic = true };
}
