namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A rule that decides by formula. Stateless itself: what it remembers of an episode is given to it.</summary>
internal interface IScalingRule
{
    /// <summary>How many numbers it remembers of a row's episode, all 0 at its beginning.</summary>
    int MemorySize { get; }

    /// <summary>The wanted change in machines; the caller holds it to -2..+2 and to the bounds.</summary>
    /// <param name="view">What is observed.</param>
    /// <param name="memory">Updated in place, <see cref="MemorySize"/> numbers.</param>
    int Change(in FleetView view, Span<double> memory);

    /// <summary>Parameters by name, enough to run the rule elsewhere.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }
}
