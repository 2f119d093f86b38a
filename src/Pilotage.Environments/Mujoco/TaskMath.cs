namespace Pilotage.Environments.Mujoco;

/// <summary>The sums and draws that the definitions of the tasks share.</summary>
internal static class TaskMath
{
    /// <summary>The sum of squares.</summary>
    public static double SquaredNorm(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += (double)value * value;
        return sum;
    }

    /// <summary>The sum of squares.</summary>
    public static double SquaredNorm(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value * value;
        return sum;
    }

    /// <summary>Adds to each value a draw that is uniform in [-<paramref name="scale"/>, <paramref name="scale"/>].</summary>
    public static void AddUniform(Span<double> values, double scale, ref Randomness random)
    {
        foreach (ref var value in values) value += random.NextUniform(-scale, scale);
    }

    /// <summary>Adds to each value a normal draw with standard deviation <paramref name="scale"/>.</summary>
    public static void AddNormal(Span<double> values, double scale, ref Randomness random)
    {
        foreach (ref var value in values) value += scale * random.NextNormal();
    }
}
