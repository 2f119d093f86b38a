namespace Pilotage.Evaluation.Statistics;

/// <summary>Counting in sorted arrays, for tests that compare what was seen with an array of what might have been.</summary>
internal static class Ranks
{
    /// <summary>How many of a number of equally likely outcomes fit under an error; the 1e-9 forgives the rounding of a level divided by its comparisons.</summary>
    public static int Within(double error, int outcomes) => Math.Min((int)Math.Floor(error * outcomes + 1e-9), outcomes / 2);

    public static int CountAtMost(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public static int CountAtLeast(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return sorted.Length - low;
    }
}
