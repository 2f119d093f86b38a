using System.Buffers;
using System.Runtime.InteropServices;
using Pilotage.Environments;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>One seat of a table as an environment for learners: a step is a decision of the own seat, the others play between two of them. An episode is a round.</summary>
/// <remarks>
/// Rewards, default: the coins of the round over 100 at its end. Paper (arXiv:2510.11736): what is <see cref="SeatRewards.Paper"/>'s. The round is over when it is settled; its limit of turns is a
/// rule of the game, so every end is a termination. Opponents are drawn anew for each round; in the default mode everybody's coins too, up to twice the first ones, since a rule may play by them.
/// Allocates nothing per step.
/// </remarks>
/// <param name="options">Rules, coding, rewards.</param>
/// <param name="pool">Who may sit opposite; owned by this row.</param>
internal sealed class DhumbalSeat(SeatOptions options, IReadOnlyList<IDhumbalAgent> pool) : IEnvironment, ISaved
{
    private const float CoinsPerReward = 100;
    private readonly ActionCoding _coding = new(options.Rules, options.SortedMoves);
    private readonly RoundRules _rules = new(options.Rules);
    private readonly int[] _opponents = new int[options.Rules.Players];                  // places in the pool, by seat
    private readonly long[] _coins = [.. Enumerable.Repeat(options.FirstCoins, options.Rules.Players)];
    private readonly int[] _changes = new int[options.Rules.Players];
    private DhumbalRound _round;
    private int _seat;

    /// <summary>The description with the default rules; see <see cref="SeatOptions.Describe"/>.</summary>
    public static EnvironmentSpec Describe() => new SeatOptions().Describe();

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        do
        {
            _seat = random.NextInt(options.Rules.Players);
            for (var seat = 0; seat < _opponents.Length; seat++)
            {
                _opponents[seat] = random.NextInt(pool.Count);
                if (!options.HasPaperRewards) _coins[seat] = (long)(2 * options.FirstCoins * random.NextDouble());
            }
            _round = new(_rules, random.NextInt(options.Rules.Players), new(random.NextBits()));
            PlayOthers(ref random);
        }
        while (_round.IsOver);                                                           // somebody called before the own first turn
        Show(first);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var before = Cards.ValueOf(_round.HandOf(_seat));
        var move = _coding.MoveOf(_round, action.Index);
        _round.Play(move);
        var after = Cards.ValueOf(_round.HandOf(_seat));
        PlayOthers(ref random);
        var reward = options.HasPaperRewards ? SeatRewards.Paper(_round, _seat, move, before, after) : 0;
        if (_round.IsOver)
        {
            _round.Settle(_changes);
            for (var seat = 0; seat < _coins.Length; seat++) _coins[seat] += _changes[seat];
            if (!options.HasPaperRewards) reward = _changes[_seat] / CoinsPerReward;
        }
        Show(next);
        return new(reward, _round.IsOver ? End.Terminated : End.Running);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(_seat);
        writer.Write<byte>(MemoryMarshal.AsBytes(new ReadOnlySpan<DhumbalRound>(in _round)));
        writer.Write<int>(_opponents);
        writer.Write<long>(_coins);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _seat = (int)reader.ReadLong();
        reader.ReadInto<byte>(MemoryMarshal.AsBytes(new Span<DhumbalRound>(ref _round)));
        reader.ReadInto<int>(_opponents);
        reader.ReadInto<long>(_coins);
    }

    private void PlayOthers(ref Randomness random)
    {
        while (!_round.IsOver && _round.Player != _seat) _round.Play(RoundPlayer.Decide(pool[_opponents[_round.Player]], new(in _round, _coins), ref random));
    }

    private void Show(Frame frame)
    {
        SeatObservation.Write(new(in _round, _coins, _seat), frame.Observation);
        if (!_round.IsOver) _coding.Mask(_round, frame.Legal);
    }
}
