namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Sums over stretches of load.</summary>
internal static class LoadStatistics
{
    /// <summary>Mean of a stretch; 0 if it is empty.</summary>
    public static double Mean(this Span<double> loads)
    {
        var sum = 0.0;
        foreach (var load in loads) sum += load;
        return loads.IsEmpty ? 0 : sum / loads.Length;
    }
}
