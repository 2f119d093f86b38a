namespace Pilotage.Tensors;

/// <summary>Passes over flat parameter buffers.</summary>
internal static class OptimizerKernels
{
    /// <summary>Euclidean norm, summed in double.</summary>
    public static float Norm(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += (double)value * value;
        return (float)Math.Sqrt(sum);
    }

    /// <summary>v = (1 - rate) v + rate s.</summary>
    public static void Blend(Span<float> values, ReadOnlySpan<float> source, float rate)
    {
        for (var i = 0; i < values.Length; i++) values[i] += rate * (source[i] - values[i]);
    }
}
