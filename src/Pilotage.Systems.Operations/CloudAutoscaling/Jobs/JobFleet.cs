using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Jobs on rented machines, one per row: what learners and rules act on. An episode is one job.</summary>
/// <remarks>
/// Implements the vector contract itself because the spaces follow the number of machine types, which is a setting. A job's end terminates; the time limit of
/// <see cref="JobSettings.LongestEpisode"/> truncates. Actions: one choice per pool, 0 to the largest addition; or, joint, one choice among all combinations,
/// pool 0 changing fastest, for learners of a single choice.
/// </remarks>
internal sealed class JobFleet : IVectorEnvironment
{
    private readonly JobModel _model;
    private readonly JobCase[] _cases;
    private readonly CaseOrder _order;
    private readonly JobLayout _layout;
    private readonly JobRun[] _runs;
    private readonly Randomness[] _random;
    private readonly int[] _case;                        // index into _cases, per row
    private readonly int _choices;                       // of one pool
    private readonly int _legalWidth;
    private readonly bool _isJoint;
    private readonly float[] _observations, _finalObservations, _rewards;
    private readonly bool[] _legal, _finalLegal, _active;
    private readonly End[] _ends;
    private readonly int[] _endedRows, _additions;
    private readonly double[] _tails;
    private readonly JobStep[] _last;

    /// <param name="model">What can be rented.</param>
    /// <param name="cases">Episodes, at least one.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="order">Which case comes next.</param>
    /// <param name="seeds">Draws cases; unused where each row has its own.</param>
    /// <param name="isJoint">Whether all pools' choices are one.</param>
    public JobFleet(JobModel model, IReadOnlyList<JobCase> cases, int rows, CaseOrder order, SeedTree seeds, bool isJoint = false)
    {
        ArgumentOutOfRangeException.ThrowIfZero(cases.Count);
        (_model, _cases, _order, _layout, _isJoint, Rows) = (model, [.. cases], order, new(model.Pools), isJoint, rows);
        _choices = model.Settings.LargestAddition + 1;
        var joint = (int)Math.Pow(_choices, model.Pools);
        _legalWidth = isJoint ? joint : _choices * model.Pools;
        Spec = new EnvironmentSpec
        {
            Name = "cloud-autoscaling-jobs",
            ObservationSize = _layout.Size,
            Actions = isJoint ? new ActionSpace.Discrete(joint, Masked: true) : new ActionSpace.MultiDiscrete([.. Enumerable.Repeat(_choices, model.Pools)], Masked: true),
            TimeLimit = (int)Math.Ceiling(cases.Max(c => c.DeadlineSeconds) * model.Settings.LongestEpisode / model.Settings.StepSeconds),
            ObservationNames = _layout.Names(),
            RewardUnit = "costs of the job on demand",
        };
        var mostTasks = cases.Max(c => c.Graph.Count);
        _runs = [.. Enumerable.Range(0, rows).Select(_ => new JobRun(model, mostTasks))];
        _random = [.. Enumerable.Range(0, rows).Select(row => seeds.Branch(row).Start())];
        (_case, _rewards, _ends, _endedRows, _last, _active) = (new int[rows], new float[rows], new End[rows], new int[rows], new JobStep[rows], new bool[rows]);
        (_observations, _finalObservations) = (new float[rows * _layout.Size], new float[rows * _layout.Size]);
        (_legal, _finalLegal) = (new bool[rows * _legalWidth], new bool[rows * _legalWidth]);
        (_additions, _tails) = (new int[model.Pools], new double[mostTasks]);
        Reset();
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _observations, _legal, _order == CaseOrder.OneEach ? _active : default);

    /// <summary>The job of a row; after its end, where each row has one case only, as it ended.</summary>
    public JobRun Run(int row) => _runs[row];

    /// <summary>What happened in each row's last step.</summary>
    public ReadOnlySpan<JobStep> Last => _last;

    /// <summary>Jobs finished or given up since the construction, and how many of them missed their deadline: what learning cost while it learned.</summary>
    public (long Ended, long Missed) Jobs { get; private set; }

    /// <summary>Whether any row is still to act.</summary>
    public bool IsRunning => _active.AsSpan().Contains(true);

    /// <inheritdoc/>
    public void Reset()
    {
        for (var row = 0; row < Rows; row++)
        {
            _active[row] = true;
            Begin(row);
        }
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var ended = 0;
        for (var row = 0; row < Rows; row++)
        {
            (_rewards[row], _ends[row]) = (0, End.Running);
            if (!_active[row]) continue;
            var run = _runs[row];
            _last[row] = run.Step(Additions(actions.Indices, row));
            _rewards[row] = (float)_last[row].Reward;
            _ends[row] = run.IsFinished ? End.Terminated : run.IsOver ? End.Truncated : End.Running;
            if (_ends[row] == End.Running)
            {
                Observe(row, _observations, _legal, row);
                continue;
            }
            Observe(row, _finalObservations, _finalLegal, ended);
            _endedRows[ended++] = row;
            Jobs = (Jobs.Ended + 1, Jobs.Missed + (run.HasMissed ? 1 : 0));
            if (_order == CaseOrder.OneEach) _active[row] = false;
            else Begin(row);
        }
        var final = new FrameBatch(ended, _finalObservations.AsSpan(0, ended * _layout.Size), _finalLegal.AsSpan(0, ended * _legalWidth));
        return new(_rewards, _ends, _endedRows.AsSpan(0, ended), final);
    }

    private ReadOnlySpan<int> Additions(ReadOnlySpan<int> indices, int row)
    {
        if (!_isJoint) return indices.Slice(row * _model.Pools, _model.Pools);
        for (var (pool, rest) = (0, indices[row]); pool < _additions.Length; pool++, rest /= _choices) _additions[pool] = rest % _choices;
        return _additions;
    }

    private void Begin(int row)
    {
        _case[row] = _order == CaseOrder.OneEach ? row % _cases.Length : _random[row].NextInt(_cases.Length);
        _runs[row].Reset(_cases[_case[row]]);
        Observe(row, _observations, _legal, row);
    }

    private void Observe(int row, float[] observations, bool[] legal, int slot)
    {
        var run = _runs[row];
        _layout.Fill(run, JobOutlook.Of(run, _tails), observations.AsSpan(slot * _layout.Size, _layout.Size));
        var mask = legal.AsSpan(slot * _legalWidth, _legalWidth);
        if (_isJoint) mask.Fill(value: true);
        for (var (pool, stride) = (0, 1); pool < _model.Pools; pool++, stride *= _choices)
            for (var count = 0; count < _choices; count++)
            {
                var isLegal = run.IsLegal(pool, count);
                if (!_isJoint) mask[pool * _choices + count] = isLegal;
                else if (!isLegal) Forbid(mask, stride, count);
            }
    }

    private void Forbid(Span<bool> joint, int stride, int count)
    {
        for (var action = 0; action < joint.Length; action++)
            if (action / stride % _choices == count) joint[action] = false;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Jobs.Ended);
        writer.Write(Jobs.Missed);
        writer.Write<int>(_case);
        writer.Write<bool>(_active);
        for (var row = 0; row < Rows; row++)
        {
            _random[row].Save(writer);
            _runs[row].Save(writer);
        }
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Jobs = (reader.ReadLong(), reader.ReadLong());
        reader.ReadInto<int>(_case);
        reader.ReadInto<bool>(_active);
        for (var row = 0; row < Rows; row++)
        {
            _random[row].Load(ref reader);
            _runs[row].Reset(_cases[_case[row]]);
            _runs[row].Load(ref reader);
            Observe(row, _observations, _legal, row);
        }
    }
}
