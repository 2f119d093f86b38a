namespace Pilotage.Testing.Reference;

/// <summary>A device, or the reference itself, gave a value or a gradient that it must not give. Fails the test that called the oracle.</summary>
/// <param name="problems">What was compared where, what was got and wanted.</param>
public sealed class OracleException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems.Take(Shown).Append(problems.Count > Shown ? $"... and {problems.Count - Shown} more" : "")).TrimEnd())
{
    // Enough to see the pattern of a wrong kernel tail or a wrong row; a whole matrix hides it.
    private const int Shown = 20;

    /// <summary>All problems, in the order in which they were found.</summary>
    public IReadOnlyList<string> Problems => problems;
}
