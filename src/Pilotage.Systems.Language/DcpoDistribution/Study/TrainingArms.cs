using Pilotage.Evaluation;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Arms of the study on the laboratory: the warm start, four baselines, the method at several set points and without its ratio.</summary>
/// <param name="lab">The laboratory.</param>
/// <param name="config">Settings.</param>
/// <param name="fractions">Set points as shares of the warm start's entropy.</param>
internal sealed class TrainingArms(MiniLab.MiniLab lab, DcpoSystemConfig config, IReadOnlyList<double> fractions)
{
    /// <summary>Names of the arms.</summary>
    public const string WarmStart = "warm-start", Grpo = "grpo", Credited = "entropy-adv", Aepo = "aepo", NoRatio = "dcpo-no-ratio";


    private const int ProbeProblems = 64, ProbeAnswers = 8;
    private readonly Lazy<double> _startEntropy = new(() => MeasuredStart(lab));

    /// <summary>h: mean entropy of the warm start per token, nats.</summary>
    public double StartEntropy => _startEntropy.Value;

    /// <summary>The method at a set point.</summary>
    public static string Dcpo(double fraction) => FormattableString.Invariant($"dcpo-{fraction}");

    /// <summary>The entropy bonus tuned to a set point.</summary>
    public static string Regularised(double fraction) => FormattableString.Invariant($"entropy-reg-{fraction}");

    /// <summary>The method with temperatures farther from 1 and errors that count in full.</summary>
    public static string Strong(double fraction) => FormattableString.Invariant($"dcpo-{fraction}-strong");

    /// <summary>Set points that an entropy bonus was tuned to.</summary>
    public static IReadOnlyList<double> RegularisedFractions(DcpoSystemConfig config, IReadOnlyList<double> fractions) => [.. fractions.Where(fraction => WeightAt(config, fraction) > 0)];

    /// <summary>The set point that ablations and comparisons of quality are made at.</summary>
    public static double Moderate(IReadOnlyList<double> fractions) => fractions[fractions.Count / 2];

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All()
    {
        var moderate = Moderate(fractions);
        return
        [
            lab.WarmStartArm(WarmStart),
            Arm(Grpo, ArmKind.Baseline, null, run => new Dcpo(Settings(run, moderate) with { LargestError = 0 }, run.Model, run.Sampler, run.Problems, run.Seeds)),
            .. RegularisedFractions(config, fractions).Select(fraction => Arm(Regularised(fraction), ArmKind.Baseline, fraction,
                run => new EntropyRegularized(new() { Batch = run.Batch, EntropyWeight = WeightAt(fraction), Clip = config.Dcpo.Clip }, run.Model, run.Sampler, run.Problems, run.Seeds))),
            Arm(Credited, ArmKind.Baseline, null, run => new EntropyAdvantage(new() { Batch = run.Batch, Clip = config.Dcpo.Clip }, run.Model, run.Sampler, run.Problems, run.Seeds)),
            Arm(Aepo, ArmKind.Baseline, moderate, run => new Aepo(new() { Batch = run.Batch, TargetEntropy = moderate * StartEntropy, Clip = config.Dcpo.Clip }, run.Model, run.Sampler, run.Problems, run.Seeds, SamplerAt(run))),
            .. fractions.Select(fraction => Arm(Dcpo(fraction), ArmKind.Method, fraction, run => new Dcpo(Settings(run, fraction), run.Model, run.Sampler, run.Problems, run.Seeds))),
            Arm(NoRatio, ArmKind.Method, moderate, run => new Dcpo(Settings(run, moderate) with { UseRatio = false }, run.Model, run.Sampler, run.Problems, run.Seeds)),
            Arm(Strong(fractions[^1]), ArmKind.Method, fractions[^1], run => new Dcpo(Stronger(Settings(run, fractions[^1])), run.Model, run.Sampler, run.Problems, run.Seeds)),
        ];
    }

    private double WeightAt(double fraction) => WeightAt(config, fraction);

    private static double WeightAt(DcpoSystemConfig config, double fraction) => config.EntropyWeights[config.TargetFractions.ToList().IndexOf(fraction)];

    private DcpoConfig Stronger(DcpoConfig settings) => settings with { HotTemperature = config.StrongTemperature, ColdTemperature = 1 / config.StrongTemperature, LargestError = config.StrongError };

    private DcpoConfig Settings(MiniLabTrial run, double fraction) => config.Dcpo with { Batch = run.Batch, TargetEntropy = fraction * StartEntropy };

    private Arm Arm(string name, ArmKind kind, double? fraction, Func<MiniLabTrial, ILanguageLearner> make) =>
        lab.Arm(name, kind, run => new RecordedLearner(make(run)), (run, learner) => Watched(run, (RecordedLearner)learner, fraction));

    // How the entropy went: H is that of the policy that drew, over the tokens that it drew.
    private IEnumerable<Measurement> Watched(MiniLabTrial run, RecordedLearner learner, double? fraction)
    {
        var (task, start) = (run.Task.Name, StartEntropy);
        var entropy = learner.History("entropy");
        var late = entropy.Skip(entropy.Count / 2).ToList();
        yield return new(StudyMetrics.LateEntropy, task, late.Average() / start);
        yield return new(StudyMetrics.EndEntropy, task, entropy.Skip(entropy.Count - Math.Max(1, entropy.Count / 10)).Average() / start);
        var norms = learner.History("gradient_norm");
        var mean = norms.Average();
        yield return new(StudyMetrics.NormVariance, task, norms.Average(norm => (norm - mean) * (norm - mean)));
        if (fraction is { } target)
        {
            var swing = Oscillation.Around(late, target * start);
            yield return new(StudyMetrics.EntropyError, task, late.Average(value => Math.Abs(value - target * start)) / start);
            yield return new(StudyMetrics.Period, task, swing.Period);
            yield return new(StudyMetrics.Amplitude, task, swing.Amplitude / start);
        }
        foreach (var (figure, metric) in new[] { ("thermostat_weight", StudyMetrics.CurveWeight), ("thermostat_temperature", StudyMetrics.CurveTemperature) })
        {
            var history = learner.History(figure);
            for (var i = 0; i < history.Count; i++) yield return new(metric, MiniLabMetrics.Instance(task, i + 1), history[i]);
        }
    }

    private static Func<float, GroupSampler> SamplerAt(MiniLabTrial run) => temperature =>
    {
        var sampler = new GroupSampler(new Generator(run.Model), run.Task, run.Task.Tokenizer, new() { Temperature = temperature }, run.Task.MaximumResponse);
        run.Samplers.Add(sampler);                                                        // its tokens and seconds are the trial's
        return sampler;
    };

    private static double MeasuredStart(MiniLab.MiniLab lab)
    {
        var groups = lab.Sampler(lab.Warm).Sample([.. lab.Task.Problems(Split.Validation).Take(ProbeProblems)], ProbeAnswers, SeedTree.Root(0).Branch("entropy of the warm start"), 0);
        return PolicyEntropy.Exact(lab.Warm, TokenRow.Of(groups, (_, advantages) => advantages.Clear()), 1, lab.Config.Batch.TokenBudget);
    }
}
