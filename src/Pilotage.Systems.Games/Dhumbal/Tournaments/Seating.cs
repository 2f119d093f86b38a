namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Who sits where.</summary>
public enum Seating
{
    /// <summary>Every deal is played in all rotations; from deal to deal the order round the table goes through all cyclic orders. So nobody gains by a seat or by a neighbour.</summary>
    Fair,

    /// <summary>The first seat of the first contestant begins every round, as in the paper's program. Favours the first contestant.</summary>
    Fixed,
}
