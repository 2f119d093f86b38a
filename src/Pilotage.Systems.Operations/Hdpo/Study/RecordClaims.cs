using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The paper's statements about recorded demand as tests: seeds first, products second.</summary>
internal static class RecordClaims
{
    private const string Source = "arXiv:2306.11246, abstract; bar of this bench";
    private const int LeastSeeds = 8;
    private static readonly string[] Rivals = [RecordArms.Ratio, RecordArms.Fixed, RecordArms.Transformed];

    /// <summary>All claims.</summary>
    /// <param name="products">Number of products that are judged.</param>
    public static IReadOnlyList<Claim> All(int products)
    {
        var rule = new EffectRule { Unit = Replication.SeedThenInstance, Level = 0.05, Comparisons = Rivals.Length, Sides = Sides.One, PlannedUnits = products };
        return
        [
            .. Rivals.Select(rival => rule.Claim($"f-{rival}", $"On recorded demand the network earns more than {rival}", Source, Region.Above(0),
                (results, own) => PairedEffect.Of(results, RecordArms.DataDriven, rival, RecordArms.Profit, own), LeastSeeds)),
            new("f-bound", "On recorded demand no policy earns more than just in time, on any product", Source, Replication.Instance, AboveBound, Region.Below(1e-4), MinimumUnits: 1),
        ];
    }

    // A bound is proved, not estimated: the greatest excess over all policies, seeds and products, without an interval.
    private static Effect AboveBound(StudyResults results)
    {
        var bound = results.Values(RecordArms.JustInTime, 0, RecordArms.Profit);
        var excess = Rivals.Append(RecordArms.DataDriven).SelectMany(arm => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, RecordArms.Profit)))
            .Select(product => product.Value - bound[product.Key]).ToList();
        return new(excess.Max(), excess.Max(), excess.Max(), bound.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"greatest of {excess.Count} differences") };
    }
}
