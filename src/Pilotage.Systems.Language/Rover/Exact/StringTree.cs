namespace Pilotage.Systems.Language.Rover;

/// <summary>Strings of one length over an alphabet, some of which are right: the paper's toy.</summary>
/// <param name="letters">Size of the alphabet, at least 2.</param>
/// <param name="length">Letters of a string, at least 1.</param>
/// <param name="right">The right strings, as letters' numbers.</param>
internal sealed class StringTree(int letters, int length, IReadOnlyList<int[]> right) : ITreeEnvironment<int[]>
{
    /// <summary>Three letters of A, B, C, D; right are ACD, BDC, CAB and DBA.</summary>
    public static StringTree Paper { get; } = new(4, 3, [[0, 2, 3], [1, 3, 2], [2, 0, 1], [3, 1, 0]]);

    /// <summary>Size of the alphabet.</summary>
    public int Letters => letters;

    /// <summary>Letters of a string.</summary>
    public int Length => length;

    /// <summary>The right strings.</summary>
    public IReadOnlyList<int[]> Right => right;

    /// <inheritdoc/>
    public int[] Root => [];

    /// <inheritdoc/>
    public int Choices(int[] state) => state.Length == length ? 0 : letters;

    /// <inheritdoc/>
    public int[] Next(int[] state, int choice) => [.. state, choice];

    /// <inheritdoc/>
    public double Reward(int[] state) => right.Any(word => word.AsSpan().SequenceEqual(state)) ? 1 : 0;
}
