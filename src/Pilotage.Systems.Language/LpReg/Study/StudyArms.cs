using Pilotage.Evaluation;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.LpReg.Baselines;
using Pilotage.Systems.Language.LpReg.Spark;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.LpReg.Study;

/// <summary>The competitors: all begin with the same weights, see the same problems, and differ by the loss alone.</summary>
/// <param name="lab">The laboratory.</param>
/// <param name="config">Settings.</param>
/// <param name="isWhole">Whether the arms that only the paper's scale has are there.</param>
internal sealed class StudyArms(MiniLab.MiniLab lab, LpRegSystemConfig config, bool isWhole)
{
    /// <summary>Names: several updates a step.</summary>
    public const string Start = "warm-start", Grpo = "grpo", Entropy = "grpo-entropy", ClipHigher = "clip-higher", LpReg = "lp-reg", NoFilter = "lp-reg-no-filter";

    /// <summary>Names: one update a step.</summary>
    public const string FreshGrpo = "grpo-on-policy", FreshLpReg = "lp-reg-on-policy";

    private const double Radius = 0.2, HigherRadius = 0.28;
    private const double KlCovShare = 0.002, KlCovWeight = 1;          // arXiv:2505.22617: 0.0002 to 0.002 of the tokens, weight 1
    private const double LearningShare = 0.2;                          // arXiv:2506.01939
    private readonly SparkCountdownTask _task = (SparkCountdownTask)lab.Task;
    private readonly Lazy<SparkProbe> _probe = new(() => new((SparkCountdownTask)lab.Task, lab.TestProblems));

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All()
    {
        var method = config.Method with { Share = config.StudyShare, Form = LpRegForm.Repo, Filter = LpRegFilter.MinP, Divergence = LpRegDivergence.K3 };
        List<Arm> arms =
        [
            StartArm(),
            Baseline(Grpo, TokenLosses.Clipped(Radius, Radius), config.StudyMinibatches),
            Baseline(Entropy, TokenLosses.WithEntropy(Radius, config.EntropyWeight), config.StudyMinibatches),
            Baseline(ClipHigher, TokenLosses.Clipped(Radius, HigherRadius), config.StudyMinibatches),
            Method(LpReg, ArmKind.Method, method, config.StudyMinibatches),
            Method(NoFilter, ArmKind.Method, method with { Filter = LpRegFilter.None }, config.StudyMinibatches),
            Baseline(FreshGrpo, TokenLosses.Clipped(Radius, Radius), 1),
            Method(FreshLpReg, ArmKind.Method, method, 1),
        ];
        if (!isWhole) return arms;
        return
        [
            .. arms,
            Baseline("kl-cov", TokenLosses.KlCov(KlCovShare, KlCovWeight), config.StudyMinibatches),
            Baseline("80-20", TokenLosses.HighEntropy(Radius, LearningShare), config.StudyMinibatches),
            Method("lp-reg-paper", ArmKind.Method, method with { Form = LpRegForm.Paper, Divergence = LpRegDivergence.Forward }, config.StudyMinibatches),
            Method("lp-reg-reverse", ArmKind.Method, method with { Form = LpRegForm.Paper, Divergence = LpRegDivergence.Reverse }, config.StudyMinibatches),
            Method("lp-reg-weight-0", ArmKind.Baseline, method with { Weight = 0 }, config.StudyMinibatches),
            Method("lp-reg-fixed", ArmKind.Method, method with { Filter = LpRegFilter.Fixed }, config.StudyMinibatches),
        ];
    }

    private Arm Baseline(string name, TokenLoss loss, int minibatches) => Of(name, ArmKind.Baseline, t => new TokenLearner(t.Batch with { Minibatches = minibatches }, loss, t.Model, t.Sampler, t.Problems, t.Seeds));

    private Arm Method(string name, ArmKind kind, LpRegConfig method, int minibatches) =>
        Of(name, kind, t => new LpReg(method, t.Batch with { Minibatches = minibatches }, t.Model, t.Sampler, t.Problems, t.Seeds));

    private Arm Of(string name, ArmKind kind, Func<MiniLabTrial, ILanguageLearner> make) =>
        lab.Arm(name, kind, t => new WatchedLearner(make(t), _probe.Value, lab.Config.CurveEvery), (t, learner) => [.. Asked(t.Model), .. Watched((WatchedLearner)learner)]);

    private Arm StartArm()
    {
        var start = lab.WarmStartArm(Start);
        return start with { Run = (trial, cancellation) => [.. start.Run(trial, cancellation), .. Asked(lab.Warm), new(LpRegMetrics.ProtectedShare, _task.Name, 0)] };
    }

    private IEnumerable<Measurement> Asked(Pilotage.Language.Models.LanguageModel model)
    {
        var (useful, idle, noise) = _probe.Value.Ask(model);
        for (var i = 0; i < useful.Length; i++)
        {
            var instance = MiniLabMetrics.Instance(_task.Name, i);
            yield return new(LpRegMetrics.UsefulWait, instance, useful[i]);
            yield return new(LpRegMetrics.IdleWait, instance, idle[i]);
            yield return new(LpRegMetrics.Noise, instance, noise[i]);
        }
    }

    private IEnumerable<Measurement> Watched(WatchedLearner learner) =>
    [
        new(LpRegMetrics.ProtectedShare, _task.Name, learner.ProtectedShare),
        .. learner.Curve.Select(point => new Measurement(LpRegMetrics.CurveUsefulWait, MiniLabMetrics.Instance(_task.Name, point.Step), point.UsefulWait)),
        .. learner.Curve.Select(point => new Measurement(LpRegMetrics.CurveNoise, MiniLabMetrics.Instance(_task.Name, point.Step), point.Noise)),
    ];
}
