namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The house rules as a round carries them: small, without references, so that a round is copied as bytes.</summary>
internal readonly struct RoundRules(HouseRules rules)
{
    public readonly byte Players = (byte)rules.Players, HandSize = (byte)rules.HandSize, CallThreshold = (byte)rules.CallThreshold, FailureFactor = (byte)rules.FailureFactor;

    public readonly bool TakesOwn = rules.Pickup == PickRule.Own, Sets = rules.Sets, Runs = rules.Runs;

    public readonly short TurnCap = (short)rules.TurnCap, ValueCap = (short)rules.ValueCap, FailureFee = (short)rules.FailureFee;

    public readonly int LargestTransfer = rules.LargestTransfer, ActionLimit = Moves.CountFor(rules.HandSize);
}
