using Pilotage.Search;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Plays a round to its end by a rule in every seat: a better guess of what a position is worth than random play.</summary>
/// <param name="agent">The rule.</param>
internal sealed class RulePlayout(IDhumbalAgent agent) : ILeafEvaluation<DhumbalRound>
{
    public void Evaluate(ref DhumbalRound position, ReadOnlySpan<int> legal, Span<double> priors, Span<double> returns, ref Randomness random)
    {
        priors.Fill(1.0 / legal.Length);
        Span<long> coins = stackalloc long[DhumbalRound.MostPlayers];                    // a rule in a playout sees equal purses
        coins.Clear();
        while (!position.IsOver) position.Play(RoundPlayer.Decide(agent, new(in position, coins), ref random));
        position.Score(returns);
    }
}
