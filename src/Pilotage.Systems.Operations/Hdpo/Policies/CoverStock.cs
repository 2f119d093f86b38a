using Pilotage.Evaluation.Statistics;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A planner's rule on recorded demand: orders up to so many periods of recent mean demand, or to the textbook's level of recent mean and spread. No gradient.</summary>
/// <remarks>Textbook: mean (L + 1) + z sd sqrt(L + 1), z the normal quantile of p / (p + h), mean and sd of the last periods.</remarks>
/// <param name="past">How many past periods the mean is of.</param>
/// <param name="cover">Periods of mean demand; 0 for the textbook's level.</param>
internal sealed class CoverStock(int past, double cover) : IOrderPolicy
{
    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var (batch, targets) = (frame.Batch, new float[frame.Count]);
        var terms = batch.Terms!;
        var demand = batch.Past(frame.Period, past);
        for (var i = 0; i < targets.Length; i++)
        {
            var own = demand.Slice(i * past, past);
            var (sum, squares) = (0.0, 0.0);
            foreach (var value in own) (sum, squares) = (sum + value, squares + (double)value * value);
            var (mean, scenario) = (sum / past, batch.Chosen[i]);
            var deviation = Math.Sqrt(Math.Max(0, (squares - sum * mean) / (past - 1)));
            var periods = terms.LeadTimes[scenario] + 1;
            var z = NormalDistribution.Quantile(terms.ShortageCosts[scenario] / ((double)terms.ShortageCosts[scenario] + terms.HoldingCosts[scenario]));
            targets[i] = (float)(cover > 0 ? cover * mean : mean * periods + z * deviation * Math.Sqrt(periods));
        }
        return (Tensor.From(targets, frame.Count, 1) - frame.Position).Relu();
    }
}
