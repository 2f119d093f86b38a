namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What a policy sees of a running job, and in which order. Shares and ratios, so that jobs of all sizes look alike.</summary>
/// <param name="Pools">Types by markets.</param>
internal readonly record struct JobLayout(int Pools)
{
    private const int Plain = 9;
    private const double MostPressure = 3;               // beyond, it is too late in any case

    public int Size => Plain + Pools + 3 * (Pools / 2);

    /// <summary>Names of the numbers, in order.</summary>
    public IReadOnlyList<string> Names()
    {
        var types = Pools / 2;
        return
        [
            "time_left", "work_left", "tasks_left", "pressure_of_work", "pressure_of_path", "slack", "ready", "working", "late",
            .. Enumerable.Range(0, types).Select(type => $"on_demand_{type}"), .. Enumerable.Range(0, types).Select(type => $"spot_{type}"),
            .. Enumerable.Range(0, types).SelectMany(type => new[] { $"price_{type}", $"price_change_{type}", $"offered_{type}" }),
        ];
    }

    /// <summary>Writes a row.</summary>
    /// <param name="run">The running job.</param>
    /// <param name="outlook">What is left of it.</param>
    /// <param name="row">Receives <see cref="Size"/> numbers.</param>
    public void Fill(JobRun run, JobOutlook outlook, Span<float> row)
    {
        var (model, settings, graph) = (run.Model, run.Model.Settings, run.Graph);
        var left = Math.Max(run.TimeLeft, 0);
        double Pressure(double seconds) => left > 0 ? Math.Min(seconds / left, MostPressure) : MostPressure;
        row[0] = (float)Math.Clamp(run.TimeLeft / run.Case.DeadlineSeconds, -1, 1);
        row[1] = (float)(outlook.Work / graph.TotalWork);
        row[2] = (float)(graph.Count - run.Totals.Finished) / graph.Count;
        row[3] = (float)Pressure(outlook.Work / (settings.MaximumMachines * settings.Speeds[0]));
        row[4] = (float)Pressure(outlook.Path / model.FastestSpeed);
        row[5] = (float)Math.Clamp((run.TimeLeft - outlook.Path / model.FastestSpeed) / run.Case.DeadlineSeconds, -1, 1);
        row[6] = (float)Math.Min(run.ReadyCount, 2 * settings.MaximumMachines) / settings.MaximumMachines;
        row[7] = (float)run.WorkingCount / settings.MaximumMachines;
        row[8] = run.HasMissed ? 1 : 0;
        for (var pool = 0; pool < Pools; pool++) row[Plain + pool] = (float)run.MachinesIn(pool) / settings.MaximumMachines;
        for (var type = 0; type < model.Types; type++)
        {
            var (at, spot) = (Plain + Pools + 3 * type, model.Types + type);
            var (price, before) = (model.Price(spot, run.MarketStep), model.Price(spot, Math.Max(0, run.MarketStep - 1)));
            row[at] = (float)(price / settings.PricesPerHour[type]);
            row[at + 1] = (float)((price - before) / settings.PricesPerHour[type]);
            row[at + 2] = model.IsOffered(spot, run.MarketStep) ? 1 : 0;
        }
    }
}
