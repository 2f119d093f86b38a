using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Arms of the exact study: softmax bandits moved along their expected updates, from above the set point and from below.</summary>
/// <param name="targets">Set points, in nats.</param>
/// <param name="draws">Starts of each kind.</param>
/// <param name="updates">Of each run.</param>
internal sealed class BanditArms(IReadOnlyList<double> targets, int draws, int updates)
{
    /// <summary>Names of the arms.</summary>
    public const string Start = "bandit-start", Grpo = "bandit-grpo", Regularised = "bandit-entropy-reg", Credited = "bandit-entropy-adv", Dcpo = "bandit-dcpo", NoRatio = "bandit-dcpo-no-ratio",
        Population = "bandit-dcpo-population", OnOne = "bandit-dcpo-on-one";

    private const double Rate = 5;
    private const double CreditScale = 0.4;
    private const int Halvings = 24;
    private static readonly BanditStart[] Both = [BanditStart.Above, BanditStart.Below];

    /// <summary>Pairs of set point and start that are measured.</summary>
    public int Instances => targets.Count * Both.Length * draws;

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        new(Start, ArmKind.Heuristic, (_, stop) => Measure(_ => new(null), Both, 0, stop)) { IsDeterministic = true },
        Arm(Grpo, ArmKind.Baseline, _ => new(null)),
        new(Regularised, ArmKind.Baseline, (_, stop) => Measure(Tuned(stop), Both, updates, stop)) { IsDeterministic = true },
        Arm(Credited, ArmKind.Baseline, _ => new(null) { EntropyCredit = CreditScale }),
        Arm(Dcpo, ArmKind.Method, target => new(new EntropyThermostat(target))),
        Arm(NoRatio, ArmKind.Method, target => new(new EntropyThermostat(target)) { UsesRatio = false }),
        Arm(Population, ArmKind.Method, target => new(new EntropyThermostat(target)) { IsPopulation = true }),
        Arm(OnOne, ArmKind.Method, target => new(new EntropyThermostat(target)), BanditStart.OnOne),
    ];

    /// <summary>Instance of a run.</summary>
    public static string Path(double target, BanditStart start, int draw) => FormattableString.Invariant($"H0-{target}/{Name(start)}/{draw:D2}");

    /// <summary>Where the curves of the first draw are kept.</summary>
    public static string CurvePath(double target, BanditStart start, int update) => FormattableString.Invariant($"H0-{target}/{Name(start)}/{update:D6}");

    /// <summary>Updates at which curves have a point: ten a decade.</summary>
    public static bool IsCurvePoint(int update) => update <= 10 || Decile(update) != Decile(update - 1);

    private static int Decile(int update) => (int)(10 * Numerics.Logarithm.Log(update) / Numerics.Logarithm.Log(10));

    private static string Name(BanditStart start) => start switch { BanditStart.Above => "above", BanditStart.Below => "below", _ => "on-one" };

    private Arm Arm(string name, ArmKind kind, Func<double, BanditRule> rule, params BanditStart[] starts) =>
        new(name, kind, (_, stop) => Measure(rule, starts.Length == 0 ? Both : starts, updates, stop)) { IsDeterministic = true };

    private List<Measurement> Measure(Func<double, BanditRule> rule, IReadOnlyList<BanditStart> starts, int length, CancellationToken stop)
    {
        var measured = new List<Measurement>();
        foreach (var target in targets)
            foreach (var start in starts)
                for (var draw = 0; draw < draws; draw++)
                {
                    stop.ThrowIfCancellationRequested();
                    var bandit = Begin(start, draw);
                    for (var update = 1; update <= length; update++)
                    {
                        bandit.Update(rule(target), Rate);
                        if (draw == 0 && IsCurvePoint(update)) measured.Add(new(StudyMetrics.BanditCurve, CurvePath(target, start, update), bandit.Entropy));
                    }
                    var path = Path(target, start, draw);
                    measured.Add(new(StudyMetrics.BanditError, path, Math.Abs(bandit.Entropy - target)));
                    measured.Add(new(StudyMetrics.BanditEntropy, path, bandit.Entropy));
                    measured.Add(new(StudyMetrics.BanditCorrect, path, bandit.CorrectShare));
                }
        return measured;
    }

    // The coefficient whose entropy ends at the set point, found by bisection on a start that is not measured.
    private Func<double, BanditRule> Tuned(CancellationToken stop)
    {
        var weights = targets.ToDictionary(target => target, target =>
        {
            var (low, high) = (0.0, 1.0);
            for (var i = 0; i < Halvings; i++)
            {
                stop.ThrowIfCancellationRequested();
                var (middle, bandit) = ((low + high) / 2, Begin(BanditStart.Above, draws));
                for (var update = 0; update < updates; update++) bandit.Update(new(null) { EntropyWeight = middle }, Rate);
                if (bandit.Entropy < target) low = middle;
                else high = middle;
            }
            return (low + high) / 2;
        });
        return target => new(null) { EntropyWeight = weights[target] };
    }

    private static SoftmaxBandit Begin(BanditStart start, int draw)
    {
        var random = SeedTree.Root(0).Branch("bandits").Branch(draw).Start();                       // the same starts for every arm
        return new(SoftmaxBandit.Draw(start, ref random));
    }
}
