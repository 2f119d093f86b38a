namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A player: three decisions. Used by one thread at a time; may keep room for its work, but nothing of a round.</summary>
public interface IDhumbalAgent
{
    /// <summary>Whether to call. Asked only where it is allowed.</summary>
    /// <param name="seat">What may be known.</param>
    /// <param name="random">The only randomness to use.</param>
    /// <returns><see langword="true"/> to call.</returns>
    bool Calls(SeatView seat, ref Randomness random);

    /// <summary>What to discard.</summary>
    /// <param name="seat">What may be known.</param>
    /// <param name="random">The only randomness to use.</param>
    /// <returns>A number of <see cref="Discards"/> that <see cref="SeatView.ListDiscards"/> lists.</returns>
    int Discard(SeatView seat, ref Randomness random);

    /// <summary>Whether to take <see cref="SeatView.Offered"/> rather than a card of the stock.</summary>
    /// <param name="seat">What may be known; the discarded cards are gone.</param>
    /// <param name="random">The only randomness to use.</param>
    /// <returns><see langword="true"/> to take from the pile.</returns>
    bool TakesOffered(SeatView seat, ref Randomness random);
}
