using System.Buffers;
using Pilotage.Environments;
using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Request services on days of a workload, one per row: what learners, rules and the evaluation act on. An episode is one day.</summary>
/// <remarks>
/// Implements the vector contract itself because the observation's size follows the boot delay, which is a setting.
/// A decision sees loads up to the step before; the load of the coming step is not known. The end of a day truncates. Actions 0..4 are -2..+2 machines.
/// </remarks>
internal sealed class AutoscalingFleet : IVectorEnvironment
{
    private const int ActionCount = 2 * ServiceModel.LargestChange + 1;
    private readonly Workload _workload;
    private readonly WorkloadDay[] _days;
    private readonly ServiceModel _model;
    private readonly ObservationLayout _layout;
    private readonly DayOrder _order;
    private readonly RequestService[] _services;
    private readonly Randomness[] _random;
    private readonly int[] _day;                         // index into _days, per row
    private readonly float[] _observations, _finalObservations, _rewards;
    private readonly bool[] _legal, _finalLegal;
    private readonly End[] _ends;
    private readonly int[] _endedRows;
    private readonly ServiceStep[] _last;
    private readonly float[] _sine, _cosine;
    private readonly float _loadUnit, _backlogUnit;

    /// <param name="workload">Shared, immutable.</param>
    /// <param name="days">Days to take episodes from, at least 1.</param>
    /// <param name="model">The service.</param>
    /// <param name="layout">What is observed; its boot steps equal the model's.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="order">Which day comes next.</param>
    /// <param name="seeds">Draws days; unused in time order.</param>
    public AutoscalingFleet(Workload workload, IReadOnlyList<WorkloadDay> days, ServiceModel model, ObservationLayout layout, int rows, DayOrder order, SeedTree seeds)
    {
        ArgumentOutOfRangeException.ThrowIfZero(days.Count);
        (_workload, _days, _model, _layout, _order) = (workload, [.. days], model, layout, order);
        Rows = rows;
        Spec = new EnvironmentSpec
        {
            Name = "cloud-autoscaling",
            ObservationSize = layout.Size,
            Actions = new ActionSpace.Discrete(ActionCount, Masked: true),
            TimeLimit = workload.StepsPerDay,
            ObservationNames = layout.Names(),
            RewardUnit = "mean-load fleet costs per step",
        };
        _services = [.. Enumerable.Range(0, rows).Select(_ => new RequestService(model))];
        _random = [.. Enumerable.Range(0, rows).Select(row => seeds.Branch(row).Start())];
        (_day, _rewards, _ends, _endedRows, _last) = (new int[rows], new float[rows], new End[rows], new int[rows], new ServiceStep[rows]);
        (_observations, _finalObservations) = (new float[rows * layout.Size], new float[rows * layout.Size]);
        (_legal, _finalLegal) = (new bool[rows * ActionCount], new bool[rows * ActionCount]);
        _sine = [.. Enumerable.Range(0, workload.StepsPerDay).Select(step => (float)Trigonometry.SinCos(2 * Math.PI * step / workload.StepsPerDay).Sin)];
        _cosine = [.. Enumerable.Range(0, workload.StepsPerDay).Select(step => (float)Trigonometry.Cos(2 * Math.PI * step / workload.StepsPerDay))];
        _loadUnit = (float)(1 / (model.Settings.MaximumVms * model.VmRequests));
        _backlogUnit = model.Settings.MaximumBacklog > 0 ? (float)(1 / model.Settings.MaximumBacklog) : 0;
        Reset();
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _observations, _legal);

    /// <summary>What happened in each row's last step, beside the reward.</summary>
    public ReadOnlySpan<ServiceStep> Last => _last;

    /// <summary>Steps that violated the service level since the construction, over all rows: what learning cost while it learned.</summary>
    public long ViolatingSteps { get; private set; }

    /// <summary>The machine change that an action index means.</summary>
    public static int ChangeOf(int action) => action - ServiceModel.LargestChange;

    /// <summary>The action index of a machine change, held to the action set.</summary>
    public static int ActionOf(int change) => Math.Clamp(change, -ServiceModel.LargestChange, ServiceModel.LargestChange) + ServiceModel.LargestChange;

    /// <summary>The legal action nearest to a wanted one; of two at the same distance, the one towards no change.</summary>
    /// <param name="action">The wanted action.</param>
    /// <param name="legal">One flag per action, at least one set.</param>
    public static int NearestLegal(int action, ReadOnlySpan<bool> legal)
    {
        var towards = action <= ServiceModel.LargestChange ? 1 : -1;
        for (var distance = 0; distance < legal.Length; distance++)
        {
            if (IsLegal(action + towards * distance, legal)) return action + towards * distance;
            if (IsLegal(action - towards * distance, legal)) return action - towards * distance;
        }
        throw new RunFailedException("A frame without a legal action.");
    }

    private static bool IsLegal(int action, ReadOnlySpan<bool> legal) => action >= 0 && action < legal.Length && legal[action];

    /// <inheritdoc/>
    public void Reset()
    {
        for (var row = 0; row < Rows; row++)
        {
            _day[row] = _order == DayOrder.InTime ? row % _days.Length : _random[row].NextInt(_days.Length);
            Begin(row);
        }
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var ended = 0;
        var indices = actions.Indices;
        for (var row = 0; row < Rows; row++)
        {
            var service = _services[row];
            var step = service.Step(_workload.Loads[_days[_day[row]].Start + service.Steps], ChangeOf(indices[row]));
            _last[row] = step;
            _rewards[row] = (float)step.Reward;
            if (step.IsViolation) ViolatingSteps++;
            if (service.Steps < _workload.StepsPerDay)
            {
                _ends[row] = End.Running;
                Observe(row, _observations, _legal, row);
                continue;
            }
            _ends[row] = End.Truncated;
            Observe(row, _finalObservations, _finalLegal, ended);
            _endedRows[ended++] = row;
            _day[row] = _order == DayOrder.InTime ? (_day[row] + Rows) % _days.Length : _random[row].NextInt(_days.Length);
            Begin(row);
        }
        var final = new FrameBatch(ended, _finalObservations.AsSpan(0, ended * _layout.Size), _finalLegal.AsSpan(0, ended * ActionCount));
        return new(_rewards, _ends, _endedRows.AsSpan(0, ended), final);
    }

    private void Begin(int row)
    {
        var day = _days[_day[row]];
        var before = _workload.LoadOrFirst(day.Start - 1, day.SegmentStart);
        _services[row].Reset(_model.InitialVms(before), before);
        Observe(row, _observations, _legal, row);
    }

    private void Observe(int row, float[] observations, bool[] legal, int slot)
    {
        var service = _services[row];
        var day = _days[_day[row]];
        var at = day.Start + service.Steps;                              // the coming step; its load is unknown
        var o = observations.AsSpan(slot * _layout.Size, _layout.Size);
        var unit = 1f / _model.Settings.MaximumVms;
        o[_layout.Serving] = service.Serving * unit;
        if (_layout.ShowsBooting)
        {
            var booting = service.Booting;
            for (var i = 0; i < booting.Length; i++) o[_layout.Booting + i] = booting[i] * unit;
        }
        o[_layout.Utilisation] = (float)service.Utilisation;
        for (var lag = 1; lag <= ObservationLayout.Loads; lag++) o[_layout.Load + lag - 1] = (float)_workload.LoadOrFirst(at - lag, day.SegmentStart) * _loadUnit;
        o[_layout.Slope] = (o[_layout.Load] - o[_layout.Load + ObservationLayout.Loads - 1]) / (ObservationLayout.Loads - 1);
        var clock = (day.ClockStep + service.Steps) % _workload.StepsPerDay;
        o[_layout.Clock] = _sine[clock];
        o[_layout.Clock + 1] = _cosine[clock];
        o[_layout.Backlog] = (float)service.Backlog * _backlogUnit;
        if (_layout.ShowsRow) o[_layout.Row] = at;                       // exact in a float up to 16.7 million steps, 31 years of minutes
        var mask = legal.AsSpan(slot * ActionCount, ActionCount);
        for (var action = 0; action < ActionCount; action++) mask[action] = service.IsLegal(ChangeOf(action));
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(ViolatingSteps);
        writer.Write<int>(_day);
        for (var row = 0; row < Rows; row++)
        {
            _random[row].Save(writer);
            _services[row].Save(writer);
        }
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        ViolatingSteps = reader.ReadLong();
        reader.ReadInto<int>(_day);
        for (var row = 0; row < Rows; row++)
        {
            _random[row].Load(ref reader);
            _services[row].Load(ref reader);
            Observe(row, _observations, _legal, row);
        }
    }
}
