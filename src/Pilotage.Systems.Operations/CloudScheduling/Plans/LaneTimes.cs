namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What is free in each lane: gaps, and everything behind the last task.</summary>
internal sealed class LaneTimes
{
    private const double Shortest = 1e-9;
    private readonly List<(double Start, double End)>[] _gaps;
    private readonly double[] _ends;

    public LaneTimes(int lanes)
    {
        _gaps = Array.ConvertAll(new int[lanes], _ => new List<(double, double)>());
        _ends = new double[lanes];
    }

    /// <summary>When something of a length could begin.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="ready">Not before.</param>
    /// <param name="length">Seconds.</param>
    public double FirstStart(int lane, double ready, double length)
    {
        foreach (var (start, end) in _gaps[lane])
            if (Math.Max(start, ready) + length <= end + Shortest) return Math.Max(start, ready);
        return Math.Max(_ends[lane], ready);
    }

    /// <summary>Takes a stretch that is free.</summary>
    public void Take(int lane, double start, double end)
    {
        var gaps = _gaps[lane];
        if (start >= _ends[lane])
        {
            if (start > _ends[lane] + Shortest) gaps.Add((_ends[lane], start));
            _ends[lane] = end;
            return;
        }
        var place = gaps.FindIndex(gap => gap.Start <= start && end <= gap.End + Shortest);
        var (from, to) = gaps[place];
        gaps.RemoveAt(place);
        if (to > end + Shortest) gaps.Insert(place, (end, to));
        if (start > from + Shortest) gaps.Insert(place, (from, start));
    }

    /// <summary>Forgets gaps that lie in the past.</summary>
    public void Forget(double before)
    {
        foreach (var gaps in _gaps) gaps.RemoveAll(gap => gap.End <= before);
    }
}
