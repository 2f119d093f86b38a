using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Hosts as learners: every host is a row, all share one policy and step together. A day is an episode; its end is only that of the watching.</summary>
/// <remarks>
/// A host's reward is minus the mean cost of all and a share of its own; costs are energy, full load and migrations, each over what it is for a host and step under the static rule. Hosts that are
/// off can only be kept.
/// </remarks>
internal sealed class HostRows : IVectorEnvironment
{
    private readonly ConsolidationSettings _settings;
    private readonly CpuTrace _trace;
    private readonly HostFleet _fleet;
    private readonly HostPlan _plan;
    private readonly float[] _seen, _finals, _rewards;
    private readonly bool[] _legal, _finalLegal;
    private readonly End[] _ends;
    private readonly int[] _all;
    private readonly (double Joules, double Full, double Loss) _usual;
    private Randomness _random;

    public HostRows(ConsolidationSettings settings, CpuTrace trace, SeedTree seeds)
    {
        (_settings, _trace, _fleet, _plan, Rows) = (settings, trace, new(settings), new(settings.Hosts), settings.Hosts);
        _random = seeds.Environments.Start();
        (_seen, _finals, _rewards) = (new float[Rows * Spec.ObservationSize], new float[Rows * Spec.ObservationSize], new float[Rows]);
        (_legal, _finalLegal, _ends, _all) = (new bool[Rows * 3], new bool[Rows * 3], new End[Rows], [.. Enumerable.Range(0, Rows)]);
        _usual = Usual(seeds.Branch("usual").Start());
        Reset();
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec => HostView.Spec;

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _seen, _legal);

    /// <inheritdoc/>
    public void Reset()
    {
        _fleet.Begin(_trace.Draw(_settings.VirtualMachines, ref _random));
        Show();
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        HostView.Fill(_fleet, actions.Indices, _plan, _settings.Threshold);
        _fleet.Step(_plan);
        Reward();
        Show();
        if (!_fleet.IsOver)
        {
            _ends.AsSpan().Clear();                                                        // all running
            return new(_rewards, _ends, [], default);
        }
        _ends.AsSpan().Fill(End.Truncated);
        _seen.CopyTo(_finals, 0);
        _legal.CopyTo(_finalLegal, 0);
        Reset();
        return new(_rewards, _ends, _all, new(Rows, _finals, _finalLegal));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: a day in progress is not kept.</exception>
    public void Save(IBufferWriter<byte> writer) => throw new NotSupportedException("Hosts are not saved in the middle of a day.");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Load(ref SequenceReader<byte> reader) => throw new NotSupportedException("Hosts are not saved in the middle of a day.");

    private void Reward()
    {
        var mean = 0.0;
        for (var host = 0; host < Rows; host++) mean += Cost(host) / Rows;
        for (var host = 0; host < Rows; host++) _rewards[host] = -(float)(_settings.OwnShare * Cost(host) + (1 - _settings.OwnShare) * mean);
    }

    private double Cost(int host) => _settings.EnergyWeight * _fleet.StepJoules[host] / _usual.Joules + _fleet.StepFull[host] / _usual.Full + _fleet.StepLoss[host] / _usual.Loss;

    // What a host and step cost under the static rule, on a draw of its own.
    private (double Joules, double Full, double Loss) Usual(Randomness random)
    {
        var (fleet, plan, rule) = (new HostFleet(_settings), new HostPlan(_settings.Hosts), new OverloadRule(OverloadKind.Static, _settings.Threshold));
        var (joules, full, loss) = (0.0, 0.0, 0.0);
        fleet.Begin(_trace.Draw(_settings.VirtualMachines, ref random));
        while (!fleet.IsOver)
        {
            rule.Decide(fleet, plan);
            fleet.Step(plan);
            (joules, full, loss) = (joules + fleet.StepJoules.Sum(), full + fleet.StepFull.Sum(), loss + fleet.StepLoss.Sum());
        }
        var count = (double)fleet.Steps * Rows;
        return (joules / count, Math.Max(full, 1) / count, Math.Max(loss, 1e-3) / count);
    }

    private void Show()
    {
        _legal.AsSpan().Fill(true);
        for (var host = 0; host < Rows; host++) HostView.Show(_fleet, host, new(_seen.AsSpan(host * Spec.ObservationSize, Spec.ObservationSize), _legal.AsSpan(host * 3, 3)));
    }
}
