using System.Runtime.InteropServices;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>An upper bound on a day's reward for every policy with the same bounds and action set: dynamic programming on the true load, over (n, backlog).</summary>
/// <remarks>
/// Why it bounds. Take any run; let n_t serve at step t. (1) Machines leave in the reverse order of launch, and each pays from its launch, so the cost is at least
/// sum n_t + D sum max(0, n_t - n_(t-1)): every arrival paid D steps of booting. (2) Every arrival and every removal was an action, so the change penalty is at
/// least w_a sum |n_t - n_(t-1)|. (3) |n_t - n_(t-1)| is at most 2, and nothing arrives before step D. Maximising over all paths n_t under (3), charging only
/// (1) and (2), with the exact backlog, can therefore not be beaten. What is relaxed for D above 1: a launch and a removal may share a step, and machines may
/// be removed while others boot. For D = 0 and D = 1 (where a removal forbids an arrival in the next step) the bound is attained. Coarser billing than the
/// step only adds cost. Reward falls with the backlog and the next backlog rises with it, so of all ways to reach n only those matter that no other beats in both
/// backlog and reward. More than <see cref="LabelLimit"/> of those are thinned by joining neighbours optimistically, which keeps the bound a bound.
/// </remarks>
internal static class OracleBound
{
    private const int LabelLimit = 128;

    /// <summary>Bounds the mean reward of a step of one day.</summary>
    /// <param name="loads">The day's loads.</param>
    /// <param name="initialVms">Machines at its beginning.</param>
    /// <param name="model">The service.</param>
    /// <returns>At least the mean reward of any policy.</returns>
    public static double MeanReward(ReadOnlySpan<double> loads, int initialVms, ServiceModel model)
    {
        var settings = model.Settings;
        var drains = settings.Termination == TerminationRule.AtBillingBoundary && model.PeriodSteps > 1;
        var most = settings.MaximumVms + (drains ? 2 * model.PeriodSteps : 0);          // draining machines serve beyond the bound
        var deepestDrop = drains ? most : ServiceModel.LargestChange;                   // and may leave together
        var remembersRemoval = model.BootSteps == 1;
        var states = (most + 1) * 2;                                                    // n, and whether the last step removed
        var (now, next) = (NewLabels(states), NewLabels(states));
        now[initialVms * 2].Add(new(0, 0));

        for (var t = 0; t < loads.Length; t++)
        {
            for (var state = 0; state < states; state++)
            {
                var vms = state / 2;
                var mayArrive = t >= model.BootSteps && !(remembersRemoval && state % 2 == 1);
                foreach (var label in CollectionsMarshal.AsSpan(now[state]))
                    for (var change = -deepestDrop; change <= (mayArrive ? ServiceModel.LargestChange : 0); change++)
                    {
                        var serving = vms + change;
                        if (serving < settings.MinimumVms || serving > most) continue;
                        next[serving * 2 + (remembersRemoval && change < 0 ? 1 : 0)].Add(Advance(label, loads[t], serving, change, model));
                    }
                now[state].Clear();
            }
            foreach (var labels in next) KeepUnbeaten(labels);
            (now, next) = (next, now);
        }
        return now.SelectMany(labels => labels).Max(label => label.Reward) / loads.Length;
    }

    private static Label Advance(Label label, double load, int serving, int change, ServiceModel model)
    {
        var demand = label.Backlog + load;
        var backlog = Math.Min(Math.Max(0, demand - serving * model.VmRequests), model.Settings.MaximumBacklog);
        var violates = model.Violates(model.Response(model.Utilisation(serving, demand), serving, backlog));
        var machines = serving + model.BootSteps * Math.Max(0, change);
        return new(backlog, label.Reward - machines * model.VmStepPenalty - (violates ? model.Settings.ViolationWeight : 0) - model.Settings.ChangeWeight * Math.Abs(change));
    }

    private static void KeepUnbeaten(List<Label> labels)
    {
        if (labels.Count < 2) return;
        labels.Sort(static (a, b) => a.Backlog != b.Backlog ? a.Backlog.CompareTo(b.Backlog) : b.Reward.CompareTo(a.Reward));
        var kept = 1;
        for (var i = 1; i < labels.Count; i++)
            if (labels[i].Reward > labels[kept - 1].Reward) labels[kept++] = labels[i];
        labels.RemoveRange(kept, labels.Count - kept);
        while (labels.Count > LabelLimit)
        {
            for (var i = 0; i + 1 < labels.Count; i += 2) labels[i / 2] = new(labels[i].Backlog, labels[i + 1].Reward);    // less backlog and more reward than either
            if (labels.Count % 2 == 1) labels[labels.Count / 2] = labels[^1];
            labels.RemoveRange((labels.Count + 1) / 2, labels.Count / 2);
        }
    }

    private static List<Label>[] NewLabels(int states)
    {
        var labels = new List<Label>[states];
        for (var i = 0; i < states; i++) labels[i] = [];
        return labels;
    }

    private readonly record struct Label(double Backlog, double Reward);
}
