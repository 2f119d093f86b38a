namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Which problems <see cref="AdditionTask"/> makes.</summary>
public sealed record AdditionSettings
{
    /// <summary>Digits of both numbers, drawn among these; the difficulty. Each in [1, 9]. With one digit there are only a hundred prompts.</summary>
    public IReadOnlyList<int> Digits { get; init; } = [1, 2, 3, 4, 5, 6];

    /// <summary>Digits that both numbers are filled up to with zeros in front, at most 9; 0 for none. Filled up, a digit's place in the prompt says its weight, which small models learn sooner.</summary>
    public int Width { get; init; }

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
