namespace Pilotage.Experience;

/// <summary>Shifts and scales numbers to mean 0 and standard deviation 1.</summary>
internal static class Standardization
{
    /// <summary>In place. Sample deviation plus 1e-8, as in the published implementations; the sums are in double. A single number is only centred.</summary>
    public static void Apply(Span<float> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Length;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        var scale = values.Length > 1 ? 1 / (Math.Sqrt(squares / (values.Length - 1)) + 1e-8) : 1;
        foreach (ref var value in values) value = (float)((value - mean) * scale);
    }
}
