namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Where each number of an observation stands: n/n_max, booting/n_max per remaining step, u, five loads, slope, clock sine and cosine, backlog.</summary>
/// <param name="BootSteps">D.</param>
/// <param name="ShowsBooting">Whether booting machines are shown; without them a policy is blind to the delay.</param>
/// <param name="ShowsRow">Whether the index of the coming step in the workload is appended, for rules that look up a forecast.</param>
internal readonly record struct ObservationLayout(int BootSteps, bool ShowsBooting = true, bool ShowsRow = false)
{
    /// <summary>How many past loads are shown.</summary>
    public const int Loads = 5;

    public int BootingCount => ShowsBooting ? BootSteps : 0;

    public int Serving => 0;

    public int Booting => 1;

    public int Utilisation => 1 + BootingCount;

    public int Load => Utilisation + 1;

    public int Slope => Load + Loads;

    public int Clock => Slope + 1;

    public int Backlog => Clock + 2;

    public int Row => Backlog + 1;

    public int Size => Backlog + 1 + (ShowsRow ? 1 : 0);

    /// <summary>Names of the numbers, in order.</summary>
    public IReadOnlyList<string> Names() =>
    [
        "serving", .. Enumerable.Range(1, BootingCount).Select(steps => $"booting_{steps}"), "utilisation",
        .. Enumerable.Range(1, Loads).Select(lag => $"load_lag_{lag}"), "load_slope", "clock_sine", "clock_cosine", "backlog", .. ShowsRow ? ["row"] : Array.Empty<string>(),
    ];
}
