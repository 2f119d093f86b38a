namespace Pilotage.Search;

/// <summary>Plays uniformly to the end: needs no knowledge of the game.</summary>
/// <typeparam name="TPosition">The game's position.</typeparam>
public sealed class RandomPlayout<TPosition> : ILeafEvaluation<TPosition> where TPosition : struct, IPosition<TPosition>
{
    private int[] _legal = [];

    /// <inheritdoc/>
    public void Evaluate(ref TPosition position, ReadOnlySpan<int> legal, Span<double> priors, Span<double> returns, ref Randomness random)
    {
        priors.Fill(1.0 / legal.Length);
        if (_legal.Length < position.ActionLimit) _legal = new int[position.ActionLimit];
        while (!position.IsOver) position.Play(_legal[random.NextInt(position.ListLegal(_legal))], ref random);
        position.Score(returns);
    }
}
