namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Which cells a comparison speaks of.</summary>
internal static class StudyCells
{
    private const int DeepTraces = 2;                    // at the longest delay: networks cost minutes where tables cost seconds

    /// <summary>The delay of the claims without a delay of their own: the one nearest 3.</summary>
    public static int MiddleDelay(IReadOnlyList<StudyCell> cells) => cells.Select(cell => cell.Delay).Distinct().MinBy(delay => Math.Abs(delay - 3));

    /// <summary>All traces at <see cref="MiddleDelay"/>.</summary>
    public static IReadOnlyList<StudyCell> Middle(IReadOnlyList<StudyCell> cells) => [.. cells.Where(cell => cell.Delay == MiddleDelay(cells))];

    /// <summary>All traces at the longest delay.</summary>
    public static IReadOnlyList<StudyCell> Longest(IReadOnlyList<StudyCell> cells) => [.. cells.Where(cell => cell.Delay == cells.Max(c => c.Delay))];

    /// <summary>Where networks are trained: all traces at the middle delay, the first two at the longest.</summary>
    public static IReadOnlyList<StudyCell> Deep(IReadOnlyList<StudyCell> cells)
    {
        var traces = cells.Select(cell => cell.Trace.Name).Distinct().Take(DeepTraces).ToList();
        return [.. Middle(cells).Union(Longest(cells).Where(cell => traces.Contains(cell.Trace.Name)))];
    }

    /// <summary>The middle cells once more, with violations that weigh more; none at weight 0.</summary>
    public static IReadOnlyList<StudyCell> Heavy(IReadOnlyList<StudyCell> cells, double weight) => weight == 0 ? [] : [.. Middle(cells).Select(cell => cell.Heavier(weight))];
}
