namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Which problems <see cref="ModularTask"/> makes.</summary>
public sealed record ModularSettings
{
    /// <summary>Digits of both operands, drawn among these; the difficulty. Each in [1, 4].</summary>
    public IReadOnlyList<int> Digits { get; init; } = [1, 2, 3];

    /// <summary>Moduli, drawn among these. Each in [2, 99].</summary>
    public IReadOnlyList<int> Moduli { get; init; } = [7, 11, 13, 23, 97];

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
