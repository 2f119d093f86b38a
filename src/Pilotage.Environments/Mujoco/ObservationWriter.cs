namespace Pilotage.Environments.Mujoco;

/// <summary>Fills an observation from front to back, rounding to single precision.</summary>
/// <param name="observation">To be filled.</param>
internal ref struct ObservationWriter(Span<float> observation)
{
    private Span<float> _rest = observation;

    /// <summary>Appends numbers.</summary>
    public void Add(scoped ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++) _rest[i] = (float)values[i];
        _rest = _rest[values.Length..];
    }

    /// <summary>Appends numbers, each clipped to [-<paramref name="limit"/>, <paramref name="limit"/>].</summary>
    public void AddClipped(scoped ReadOnlySpan<double> values, double limit)
    {
        for (var i = 0; i < values.Length; i++) _rest[i] = (float)Math.Clamp(values[i], -limit, limit);
        _rest = _rest[values.Length..];
    }
}
