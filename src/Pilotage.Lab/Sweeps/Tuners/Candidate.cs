namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>One choice of the varied settings.</summary>
/// <param name="Index">From 0, in the order in which they were proposed; 0 is the default.</param>
/// <param name="Values">One a range; what the default has for candidate 0.</param>
internal sealed record Candidate(int Index, IReadOnlyList<string> Values)
{
    /// <summary>Whether nothing is changed.</summary>
    public bool IsDefault => Index == 0;

    /// <summary>The name of its arm.</summary>
    public string Name => IsDefault ? "default" : FormattableString.Invariant($"c{Index:D3}");
}
