namespace Pilotage.Environments.Arcade;

/// <summary>MinAtar's sticky actions: with probability 0.1 the button of the step before is pressed once more, whatever the player chose.</summary>
/// <remarks>Source: Young and Tian, arXiv:1903.03176, section 2. Differs from the source: an episode begins without a button pressed, where the source remembers the last episode's.</remarks>
internal struct StickyButton
{
    private const double Stickiness = 0.1;
    private Button _last;

    /// <summary>What is pressed.</summary>
    /// <param name="chosen">The player's choice.</param>
    /// <param name="random">One draw.</param>
    public Button Press(Button chosen, ref Randomness random) => _last = random.NextDouble() < Stickiness ? _last : chosen;
}
