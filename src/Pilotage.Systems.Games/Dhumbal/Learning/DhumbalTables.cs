using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Tables of seats as rows: every seat is a row, the one on turn is active. For policies that play against each other or against themselves.</summary>
/// <remarks>
/// Row <c>t * players + s</c> is seat s of table t. When a round ends all its rows terminate, each with its own coins over 100, and the next round begins one seat further.
/// A row that is not on turn shows what its seat sees, with a mask that allows everything; its action is ignored. Final frames are seen from each seat.
/// </remarks>
internal sealed class DhumbalTables : IVectorEnvironment
{
    private const float CoinsPerReward = 100;
    private readonly HouseRules _rules;
    private readonly SeatOptions _options;
    private readonly ActionCoding _coding;
    private readonly DhumbalRound[] _rounds;
    private readonly Randomness[] _random;
    private readonly int[] _starts;
    private readonly long[] _coins;                      // [tables, players]
    private readonly int[] _changes;
    private readonly float[] _observations, _rewards, _finalObservations;
    private readonly bool[] _legal, _active, _finalLegal;
    private readonly End[] _ends;
    private readonly int[] _endedRows;

    /// <param name="options">Rules and coding; rewards are always coins.</param>
    /// <param name="tables">At least 1.</param>
    /// <param name="seeds">The run's seeds; table t draws its deals from <c>seeds.Environments.Branch(t)</c>.</param>
    public DhumbalTables(SeatOptions options, int tables, SeedTree seeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tables, 1);
        (_options, _rules, _coding, Spec, Rows) = (options, options.Rules, new(options.Rules, options.SortedMoves), options.Describe(), tables * options.Rules.Players);
        (_rounds, _random, _starts, _changes) = (new DhumbalRound[tables], new Randomness[tables], new int[tables], new int[_rules.Players]);
        for (var table = 0; table < tables; table++) _random[table] = seeds.Environments.Branch(table).Start();
        (_coins, _rewards, _ends, _active, _endedRows) = (new long[Rows], new float[Rows], new End[Rows], new bool[Rows], new int[Rows]);
        (_observations, _finalObservations) = (new float[Rows * Spec.ObservationSize], new float[Rows * Spec.ObservationSize]);
        (_legal, _finalLegal) = (new bool[Rows * Spec.Actions.LegalCount], new bool[Rows * Spec.Actions.LegalCount]);
        Reset();
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _observations, _legal, _active);

    /// <summary>The round of a table, for tests and displays.</summary>
    public DhumbalRound RoundOf(int table) => _rounds[table];

    /// <inheritdoc/>
    public void Reset()
    {
        _coins.AsSpan().Fill(_options.FirstCoins);
        _starts.AsSpan().Clear();
        for (var table = 0; table < _rounds.Length; table++) Deal(table);
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var (players, ended, size, width) = (_rules.Players, 0, Spec.ObservationSize, Spec.Actions.LegalCount);
        _rewards.AsSpan().Clear();
        _ends.AsSpan().Clear();
        for (var table = 0; table < _rounds.Length; table++)
        {
            ref var round = ref _rounds[table];
            var output = actions.Indices[table * players + round.Player];
            if ((uint)output >= (uint)width || !_legal[(table * players + round.Player) * width + output])
                throw new RunFailedException($"{Spec.Name}: the policy chose action {output}, which the mask of seat {round.Player} at table {table} forbids.");
            round.Play(_coding.MoveOf(round, output));
            if (!round.IsOver)
            {
                Show(table);
                continue;
            }
            round.Settle(_changes);
            for (var seat = 0; seat < players; seat++)
            {
                var row = table * players + seat;
                (_rewards[row], _ends[row], _endedRows[ended]) = (_changes[seat] / CoinsPerReward, End.Terminated, row);
                SeatObservation.Write(new(in round, Purse(table), seat), _finalObservations.AsSpan(ended * size, size));
                _finalLegal.AsSpan(ended * width, width).Fill(value: true);
                ended++;
                _coins[row] += _changes[seat];
            }
            _starts[table] = (_starts[table] + 1) % players;
            Deal(table);
        }
        return new(_rewards, _ends, _endedRows.AsSpan(0, ended), new(ended, _finalObservations.AsSpan(0, ended * size), _finalLegal.AsSpan(0, ended * width)));
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<byte>(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_rounds.AsSpan()));
        foreach (ref var random in _random.AsSpan()) random.Save(writer);
        writer.Write<int>(_starts);
        writer.Write<long>(_coins);
        writer.Write<float>(_observations);
        writer.Write<bool>(_legal);
        writer.Write<bool>(_active);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<byte>(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_rounds.AsSpan()));
        foreach (ref var random in _random.AsSpan()) random.Load(ref reader);
        reader.ReadInto<int>(_starts);
        reader.ReadInto<long>(_coins);
        reader.ReadInto<float>(_observations);
        reader.ReadInto<bool>(_legal);
        reader.ReadInto<bool>(_active);
    }

    private Span<long> Purse(int table) => _coins.AsSpan(table * _rules.Players, _rules.Players);

    private void Deal(int table)
    {
        _rounds[table] = new(_rules, _starts[table], new SeedTree(_random[table].NextBits()));
        Show(table);
    }

    private void Show(int table)
    {
        var (size, width, first) = (Spec.ObservationSize, Spec.Actions.LegalCount, table * _rules.Players);
        for (var seat = 0; seat < _rules.Players; seat++)
        {
            var row = first + seat;
            _active[row] = seat == _rounds[table].Player;
            SeatObservation.Write(new(in _rounds[table], Purse(table), seat), _observations.AsSpan(row * size, size));
            if (_active[row]) _coding.Mask(_rounds[table], _legal.AsSpan(row * width, width));
            else _legal.AsSpan(row * width, width).Fill(value: true);
        }
    }
}
