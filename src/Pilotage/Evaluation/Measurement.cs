namespace Pilotage.Evaluation;

/// <summary>One number that an arm measured.</summary>
/// <param name="Metric">The field's name in snake case: <c>return</c>, <c>cost</c>, <c>violation_share</c>.</param>
/// <param name="Instance">What it was measured on, as a path: <c>nasa/d3/day-41</c>. Arms pair by it.</param>
/// <param name="Value">Finite.</param>
public readonly record struct Measurement(string Metric, string Instance, double Value)
{
    /// <summary>Metrics that begin so are times and counts of work: summed into the report's timing, outside of what repeats bit for bit.</summary>
    public const string TimingPrefix = "timing/";

    /// <summary>Seconds spent, or steps taken, by one trial.</summary>
    /// <param name="name"><c>environment</c>, <c>act</c>, <c>learn</c>, … in seconds; <c>steps</c> as a count.</param>
    /// <param name="value">At least 0.</param>
    /// <returns>The measurement; report each name once a trial.</returns>
    public static Measurement Timing(string name, double value) => new(TimingPrefix + name, "", value);
}
