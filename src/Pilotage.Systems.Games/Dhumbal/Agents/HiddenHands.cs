using Pilotage.Search;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Draws the cards that a player does not see. Own cards, the pile, and cards that others were seen taking stay where they are; the rest is dealt anew.</summary>
internal sealed class HiddenHands : IDeterminization<DhumbalRound>
{
    public void Sample(in DhumbalRound position, int observer, ref DhumbalRound sample, ref Randomness random) => position.Determinize(observer, ref sample, ref random);
}
