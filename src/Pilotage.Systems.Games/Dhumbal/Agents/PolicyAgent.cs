using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A policy of a network as a player.</summary>
/// <remarks>Not for several threads: it keeps the frame that it shows the policy.</remarks>
internal sealed class PolicyAgent : IDhumbalAgent
{
    private readonly IPolicy _policy;
    private readonly ActionCoding _coding;
    private readonly float[] _observation;
    private readonly bool[] _legal;
    private readonly ActionBatch _actions;

    /// <param name="policy">Made for seats with these options.</param>
    /// <param name="options">How it sees the table and names moves; the number of players may be another.</param>
    public PolicyAgent(IPolicy policy, SeatOptions options)
    {
        (_policy, _coding) = (policy, new(options.Rules, options.SortedMoves));
        (_observation, _legal) = (new float[options.ObservationSize], new bool[_coding.Space.Count]);
        _actions = new(_coding.Space, rows: 1);
    }

    public bool Calls(SeatView seat, ref Randomness random) => Decide(seat, ref random) == Moves.Call;

    public int Discard(SeatView seat, ref Randomness random) => Decide(seat, ref random) - Moves.FirstDiscard;

    public bool TakesOffered(SeatView seat, ref Randomness random) => Decide(seat, ref random) == Moves.TakePile;

    private int Decide(SeatView seat, ref Randomness random)
    {
        SeatObservation.Write(seat, _observation);
        _coding.Mask(seat.Round, _legal);
        _policy.Act(new(1, _observation, _legal), PolicyMemory.None, ref random, _actions);
        return _coding.MoveOf(seat.Round, _actions.Indices[0]);
    }
}
