namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Chooses uniformly: calls half of the times when it may, discards any legal cards, takes from pile or stock alike.</summary>
internal sealed class RandomAgent : IDhumbalAgent
{
    private readonly int[] _entries = new int[Discards.Count];

    public bool Calls(SeatView seat, ref Randomness random) => random.NextInt(2) == 0;

    public int Discard(SeatView seat, ref Randomness random) => _entries[random.NextInt(seat.ListDiscards(_entries))];

    public bool TakesOffered(SeatView seat, ref Randomness random) => random.NextInt(2) == 0;
}
