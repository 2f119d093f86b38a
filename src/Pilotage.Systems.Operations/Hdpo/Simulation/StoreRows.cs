using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Stores side by side as learners from rewards see them: the same dynamics, demand and first states as the scenarios, a period a step.</summary>
/// <remarks>
/// Observation: the store's state over the mean demand. Action: the order in mean demands, between 0 and 4. Reward: minus the period's cost in mean demands. After T periods an episode is
/// truncated: a store does not end.
/// </remarks>
internal sealed class StoreRows : IVectorEnvironment
{
    /// <summary>The most that is ordered in a period, in mean demands: as much as the perceptrons for warehouses order.</summary>
    public const float MostOrdered = 4;

    private readonly InventoryNetwork _network;
    private readonly DemandProcess _process;
    private readonly Randomness[] _random;
    private readonly float[] _state, _final, _rewards;
    private readonly int[] _period, _endedRows;
    private readonly End[] _ends;
    private readonly float _scale;

    /// <param name="network">One store.</param>
    /// <param name="process">Its demand.</param>
    /// <param name="periods">T, length of an episode.</param>
    /// <param name="rows">How many stores.</param>
    /// <param name="seeds">Row i draws from branch i.</param>
    public StoreRows(InventoryNetwork network, DemandProcess process, int periods, int rows, SeedTree seeds)
    {
        (_network, _process, Rows, _scale) = (network, process, rows, (float)process.Mean(0));
        Spec = new EnvironmentSpec
        {
            Name = "store",
            ObservationSize = network.Width,
            Actions = new ActionSpace.Box([0], [MostOrdered]),
            TimeLimit = periods,
            ObservationNames = [.. Enumerable.Range(0, network.Width).Select(slot => slot == 0 ? "on hand" : FormattableString.Invariant($"arrives in {slot}"))],
            RewardUnit = "mean demands' cost per period",
        };
        _random = [.. Enumerable.Range(0, rows).Select(row => seeds.Branch(row).Start())];
        (_state, _final) = (new float[rows * network.Width], new float[rows * network.Width]);
        (_rewards, _ends, _period, _endedRows) = (new float[rows], new End[rows], new int[rows], new int[rows]);
        Reset();
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _state);

    /// <inheritdoc/>
    public void Reset()
    {
        for (var row = 0; row < Rows; row++) Begin(row);
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var (width, lead, ended) = (_network.Width, _network.Routes[0].LeadTime, 0);
        Span<float> demand = stackalloc float[1];
        for (var row = 0; row < Rows; row++)
        {
            var state = _state.AsSpan(row * width, width);
            _process.Draw(demand, ref _random[row]);
            var left = state[0] - demand[0] / _scale;
            _rewards[row] = -(_network.HoldingCosts[0] * left + _network.Penalties[0] * Math.Max(0, -left));
            state[1..].CopyTo(state);
            state[^1] = 0;
            state[0] += _network.IsLost ? Math.Max(0, left) : left;
            state[lead - 1] += Math.Clamp(actions.Values[row], 0, MostOrdered);
            _ends[row] = ++_period[row] < Spec.TimeLimit ? End.Running : End.Truncated;
            if (_ends[row] == End.Running) continue;
            state.CopyTo(_final.AsSpan(ended * width));
            _endedRows[ended++] = row;
            Begin(row);
        }
        return new(_rewards, _ends, _endedRows.AsSpan(0, ended), new(ended, _final.AsSpan(0, ended * width)));
    }

    private void Begin(int row)
    {
        var state = _state.AsSpan(row * _network.Width, _network.Width);
        state.Clear();
        for (var slot = 0; slot < _network.Routes[0].LeadTime; slot++) state[slot] = (float)_random[row].NextDouble();
        _period[row] = 0;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<int>(_period);
        writer.Write<float>(_state);
        foreach (ref var random in _random.AsSpan()) random.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<int>(_period);
        reader.ReadInto<float>(_state);
        foreach (ref var random in _random.AsSpan()) random.Load(ref reader);
    }
}
