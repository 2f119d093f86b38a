using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The study's own figures: how far each policy is from the optimum on each problem, and what few scenarios cost.</summary>
/// <param name="cells">The problems.</param>
/// <param name="arms">Names of the arms.</param>
internal sealed class StudyPlots(IReadOnlyList<StudyCell> cells, IReadOnlyList<string> arms)
{
    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) => [Gaps(results), DataEfficiency(results)];

    private BarPlot Gaps(StudyResults results)
    {
        var bars = (from cell in cells.Where(cell => cell.Solve is not null)
                    from arm in new[] { StudyArms.BaseStock, StudyArms.Capped, StudyArms.Hdpo }
                    let gap = Mean(results, arm, StudyMetrics.Gap, cell.Path)
                    where gap is not null
                    select (Row: $"{cell.Path} {arm}", Gap: 100 * gap.Value)).ToList();
        return new("gaps", "How much more than the exactly best policy each costs", new("over the optimum", "%"), [.. bars.Select(bar => bar.Row)], [new("over the optimum", [.. bars.Select(bar => bar.Gap)])])
        {
            Note = "Means over training seeds, on the same test scenarios. In the chain base stock is by echelons; a cap is trained with lost sales only.",
        };
    }

    private LinePlot DataEfficiency(StudyResults results)
    {
        var warehouse = cells.Where(cell => cell.Family == StudyCells.Warehouse).ToList();
        var series = arms.Where(arm => Mean(results, arm, StudyMetrics.CostOf(StudyCells.Warehouse), warehouse[0].Path) is not null).Select(arm => new LineSeries(
            arm, [.. warehouse.Select(cell => Math.Log2(cell.Training.Scenarios))], [.. warehouse.Select(cell => Mean(results, arm, StudyMetrics.CostOf(StudyCells.Warehouse), cell.Path)!.Value)])
        {
            IsReference = arm == StudyArms.BaseStock,
        });
        return new("scenarios", "What learning from few scenarios costs: one warehouse", new("scenarios learned from", "powers of 2"), new("cost", "a period and store"), [.. series])
        {
            Note = "Means over training seeds, on test scenarios that nothing was trained on.",
        };
    }

    private static double? Mean(StudyResults results, string arm, string metric, string path)
    {
        var values = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, metric)).Where(v => v.ContainsKey(path)).Select(v => v[path]).ToList();
        return values.Count == 0 ? null : values.Average();
    }
}
