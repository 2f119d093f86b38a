namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Fills the missing speed from the pool whose work is cheapest now, then from the next, whatever may be lost.</summary>
/// <param name="Margin">Share of the time left that is kept in reserve.</param>
internal sealed record CheapestFirstRule(double Margin) : IJobRule
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("margin", Margin)];

    /// <inheritdoc/>
    public void Decide(JobRun run, JobOutlook outlook, Span<int> additions)
    {
        var model = run.Model;
        var missing = JobNeed.MissingSpeed(run, outlook, Margin, model.Speed(JobNeed.Type(run, outlook, Margin)));
        while (missing > 0)
        {
            var best = -1;
            for (var pool = 0; pool < model.Pools; pool++)
                if (additions[pool] == 0 && run.IsLegal(pool, 1) && (best < 0 || WorkPrice(run, pool) < WorkPrice(run, best))) best = pool;
            if (best < 0) return;
            var most = model.Settings.LargestAddition;
            while (!run.IsLegal(best, most)) most--;
            additions[best] = Math.Clamp(JobNeed.Machines(missing, model.Speed(best)), 1, most);
            missing -= additions[best] * model.Speed(best);
        }
    }

    private static double WorkPrice(JobRun run, int pool) => run.Model.Price(pool, run.MarketStep) / run.Model.Speed(pool);
}
