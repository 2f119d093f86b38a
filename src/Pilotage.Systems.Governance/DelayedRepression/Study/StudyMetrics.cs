using Pilotage.Evaluation;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>What the study measures, by name. Shares are of runs: each run is 0 or 1.</summary>
internal static class StudyMetrics
{
    /// <summary>Runaway in the crossed experiment: by the whole run, and by its second half.</summary>
    public const string Full = "runaway_full", Tail = "runaway_tail";

    /// <summary>Runaway by the whole run, in the other experiments.</summary>
    public const string FineFull = "fine_runaway", SweepFull = "sweep_runaway", SharpnessFull = "sharpness_runaway", MapFull = "map_runaway", GovernanceFull = "governance_runaway";

    /// <summary>Runaway by the second half, in the other experiments.</summary>
    public const string FineTail = "fine_runaway_tail", SweepTail = "sweep_runaway_tail", SharpnessTail = "sharpness_runaway_tail", MapTail = "map_runaway_tail", GovernanceTail = "governance_runaway_tail";

    /// <summary>The longest delay of a feedback loop with a stable rest.</summary>
    public const string CriticalDelay = "critical_delay";

    /// <summary>How far the late solution of the paper's loop swings.</summary>
    public const string Amplitude = "amplitude";

    /// <summary>Least distance of a solution from the borders 0 and 1.</summary>
    public const string Margin = "margin";

    /// <summary>The table's columns.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(Full, "runaway, whole run", HigherIsBetter: false),
        new(Tail, "runaway, second half", HigherIsBetter: false),
        new("oscillatory", "oscillatory", HigherIsBetter: false),
        new("tail_radicals", "radicals, second half", HigherIsBetter: false),
        new("tail_amplitude", "swing, second half", HigherIsBetter: false),
        new("reward", "reward/agent/step", HigherIsBetter: true),
        new(FineFull, "delays 2-3: runaway", HigherIsBetter: false),
        new(SweepFull, "k = 20: runaway", HigherIsBetter: false),
        new(SweepTail, "k = 20: second half", HigherIsBetter: false),
        new(SharpnessFull, "delay 15: runaway", HigherIsBetter: false),
        new(SharpnessTail, "delay 15: second half", HigherIsBetter: false),
        new(GovernanceFull, "delay 6: runaway", HigherIsBetter: false),
        new(GovernanceTail, "delay 6: second half", HigherIsBetter: false),
        new("governance_oscillatory", "delay 6: oscillatory", HigherIsBetter: false),
        new(CriticalDelay, "critical delay", HigherIsBetter: true),
    ];
}
