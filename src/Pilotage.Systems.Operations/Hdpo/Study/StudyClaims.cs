using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The paper's statements as tests, at the bar of this bench. Units are training seeds; costs are over those of the exactly best policy on the same scenarios.</summary>
/// <param name="cells">The problems.</param>
internal sealed class StudyClaims(IReadOnlyList<StudyCell> cells)
{
    private const string Source = "arXiv:2306.11246, abstract and sections 5-6; bar of this bench";
    private const int LeastSeeds = 8;                    // what a laptop study must have

    /// <summary>The greatest gaps that count as near-optimal.</summary>
    public const double BacklogBar = 0.01, LostBar = 0.02, SerialBar = 0.03, EchelonBar = 0.01, OracleBar = 0.01;

    /// <summary>All claims on drawn demand.</summary>
    public IReadOnlyList<Claim> All()
    {
        var (backlog, lost, warehouse) = (Of(StudyCells.Backlog), Of(StudyCells.Lost), Of(StudyCells.Warehouse));
        var rewarding = StudyArms.Rewarding(cells);
        var solved = cells.Where(cell => cell.Solve is not null).ToList();
        var few = warehouse.SkipLast(1).ToList();
        return
        [
            Rule(1, Sides.Two).Claim("exact", "The exactly best policies cost in simulation what was computed, within 1 % on each problem", "closed form, Clark-Scarf recursion, dynamic programme", Region.Within(0, OracleBar),
                (results, rule) => Widest([.. solved.Select(cell => Level(results, StudyArms.Optimum, StudyMetrics.OracleError, cell, rule))]), LeastSeeds),
            .. backlog.Select(cell => Near("a", cell, StudyArms.Hdpo, BacklogBar, backlog.Count)),
            .. lost.Select(cell => Near("b", cell, StudyArms.Hdpo, LostBar, lost.Count)),
            Rule(1, Sides.One).Claim("b-base-stock", "With lost sales the network costs less than trained base stock on each problem", Source, Region.Below(0),
                (results, rule) => JointEffect.AtLeastBelow(lost.Count, [.. lost.Select(cell => Difference(results, StudyArms.Hdpo, StudyArms.BaseStock, StudyMetrics.Gap, cell, rule))]), LeastSeeds),
            .. Of(StudyCells.Serial).SelectMany(cell => new[]
            {
                Near("c", cell, StudyArms.Hdpo, SerialBar, 1),
                Rule(1, Sides.One).Claim("c-echelon", FormattableString.Invariant($"On {cell.Path} echelon levels trained by the gradient cost at most {EchelonBar:P0} more than the optimum"), Source, Region.Below(EchelonBar),
                    (results, rule) => Level(results, StudyArms.BaseStock, StudyMetrics.Gap, cell, rule), LeastSeeds),
            }),
            .. new[] { StudyArms.Reinforce, StudyArms.Ppo }.Select(rival => (Rule(2, Sides.One) with { Level = 0.01 }).Claim($"d-{rival}", $"On {rewarding.Path} the network costs less than {rival}'s after as many simulated periods", Source, Region.Below(0),
                (results, rule) => Difference(results, StudyArms.Hdpo, rival, StudyMetrics.Gap, rewarding, rule), LeastSeeds)),
            .. few.Select(cell => Rule(few.Count, Sides.One).Claim($"e-{cell.Training.Scenarios}", FormattableString.Invariant($"Learning from {cell.Training.Scenarios} scenarios, the graph network costs less than the perceptron"), Source, Region.Below(0),
                (results, rule) => Difference(results, StudyArms.Graph, StudyArms.Hdpo, StudyMetrics.CostOf(StudyCells.Warehouse), cell, rule), LeastSeeds)),
            Rule(1, Sides.One).Claim("e-shrinks", FormattableString.Invariant($"The graph network's lead over the perceptron is smaller at {warehouse[^1].Training.Scenarios} scenarios than at {warehouse[0].Training.Scenarios}"), Source, Region.Below(0),
                (results, rule) => PairedEffect.Of(results, StudyArms.Graph, StudyArms.Hdpo, StudyMetrics.DataLoss, rule), LeastSeeds),
        ];
    }

    private static Claim Near(string id, StudyCell cell, string arm, double bar, int comparisons) => Rule(comparisons, Sides.One).Claim(
        $"{id}-{cell.Path.Split('/')[1]}", FormattableString.Invariant($"On {cell.Path} the network costs at most {bar:P0} more than the exactly best policy"), Source, Region.Below(bar),
        (results, rule) => Level(results, arm, StudyMetrics.Gap, cell, rule), LeastSeeds);

    private IReadOnlyList<StudyCell> Of(string family) => [.. cells.Where(cell => cell.Family == family)];

    private static EffectRule Rule(int comparisons, Sides sides) => new() { Unit = Replication.Seed, Level = 0.05, Comparisons = comparisons, Sides = sides };

    private static Effect Level(StudyResults results, string arm, string metric, StudyCell cell, EffectRule rule) => LevelEffect.Of(results, arm, metric, On(rule, cell));

    private static Effect Difference(StudyResults results, string a, string b, string metric, StudyCell cell, EffectRule rule) => PairedEffect.Of(results, a, b, metric, On(rule, cell));

    private static EffectRule On(EffectRule rule, StudyCell cell) => rule with { Instances = instance => instance == cell.Path };

    // On each problem: all must lie inside, each at the full level (intersection-union); one that lies outside decides.
    private static Effect Widest(IReadOnlyList<Effect> effects)
    {
        var farthest = effects.MaxBy(effect => Math.Abs(effect.Estimate));
        return Region.Within(0, OracleBar).Excludes(farthest.Low, farthest.High) ? farthest : farthest with { Low = effects.Min(effect => effect.Low), High = effects.Max(effect => effect.High) };
    }
}
