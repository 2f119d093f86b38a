using System.Buffers;
using System.Runtime.InteropServices;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A request service on identical machines with boot delay: the mechanics of one episode, without observation or workload.</summary>
/// <remarks>
/// Symbols: lambda load, n serving machines, q backlog, mu requests per machine and step, D boot steps, u utilisation, R response time.
/// Order within a step: change, billing, service, boot progress. A machine launched at step t serves first at step t + D and is paid from t.
/// Removing takes booting machines first, the youngest first, so machines leave in the reverse order of their launch; nothing paid is refunded.
/// All amounts in double: arrivals = served + dropped + backlog to rounding. Not thread-safe; allocates nothing after construction.
/// </remarks>
internal sealed class RequestService(ServiceModel model) : ISaved
{
    private readonly int[] _booting = new int[model.BootSteps];          // [D]: entry i serves first i + 1 steps after this decision
    private readonly int[] _paid = model.PeriodSteps > 1 ? new int[model.PeriodSteps] : [];       // machines by the phase of their billing period
    private readonly int[] _draining = model.PeriodSteps > 1 ? new int[model.PeriodSteps] : [];   // given up, serving until their phase comes
    private State _state;

    public ServiceModel Model => model;

    /// <summary>Machines that serve now (n), draining ones included.</summary>
    public int Serving => _state.Serving;

    /// <summary>Booting machines by remaining steps: entry i serves first i + 1 steps after this decision.</summary>
    public ReadOnlySpan<int> Booting => _booting;

    /// <summary>Serving and booting machines that were not given up: what the bounds limit.</summary>
    public int Committed => _state.Serving - _state.DrainingCount + _state.BootingCount;

    /// <summary>Requests waiting (q).</summary>
    public double Backlog => _state.Backlog;

    /// <summary>Utilisation of the last step; before the first step, that of the load before the episode.</summary>
    public double Utilisation => _state.Utilisation;

    /// <summary>Steps taken since the reset.</summary>
    public int Steps => _state.Steps;

    /// <summary>Begins an episode with machines that serve at once, launched now, and no backlog.</summary>
    /// <param name="vms">Within the bounds.</param>
    /// <param name="lastLoad">Load of the step before, for the first utilisation.</param>
    public void Reset(int vms, double lastLoad)
    {
        Array.Clear(_booting);
        Array.Clear(_paid);
        Array.Clear(_draining);
        if (_paid.Length > 0) _paid[0] = vms;
        _state = new State { Serving = vms, Utilisation = model.Utilisation(vms, lastLoad) };
    }

    /// <summary>Whether a change keeps the committed machines within the bounds.</summary>
    public bool IsLegal(int change) => Committed + change >= model.Settings.MinimumVms && Committed + change <= model.Settings.MaximumVms;

    /// <summary>Takes one step.</summary>
    /// <param name="load">Requests that arrive, at least 0.</param>
    /// <param name="change">Machines to add or remove; legal.</param>
    public ServiceStep Step(double load, int change)
    {
        if (!IsLegal(change)) throw new RunFailedException($"A change of {change} machines was chosen with {Committed} committed; the mask forbids it (bounds {model.Settings.MinimumVms} to {model.Settings.MaximumVms}).");
        ref var state = ref _state;
        var phase = state.Steps % model.PeriodSteps;
        if (change > 0) Launch(change, phase);
        else if (change < 0) Remove(-change, phase);
        var cost = Bill(phase);

        var demand = state.Backlog + load;
        var served = Math.Min(demand, state.Serving * model.VmRequests);
        var left = demand - served;
        var backlog = Math.Min(left, model.Settings.MaximumBacklog);
        var utilisation = model.Utilisation(state.Serving, demand);
        var response = model.Response(utilisation, state.Serving, backlog);
        var violates = model.Violates(response);
        var settings = model.Settings;
        var reward = -(settings.CostWeight * cost / model.MeanFleetCost + (violates ? settings.ViolationWeight : 0) + settings.ChangeWeight * Math.Abs(change));
        var step = new ServiceStep(load, served, left - backlog, utilisation, response, violates, cost, change, state.Serving, state.BootingCount, reward);

        state.Backlog = backlog;
        state.Utilisation = utilisation;
        state.Steps++;
        if (state.BootingCount > 0) Boot();
        return step;
    }

    private void Launch(int count, int phase)
    {
        if (_paid.Length > 0) _paid[phase] += count;
        if (model.BootSteps == 0)
        {
            _state.Serving += count;
            return;
        }
        _booting[^1] += count;
        _state.BootingCount += count;
    }

    private void Remove(int count, int phase)
    {
        for (var i = _booting.Length - 1; i >= 0 && count > 0; i--)     // booting machines first, the youngest first
        {
            var cancelled = Math.Min(count, _booting[i]);
            _booting[i] -= cancelled;
            _state.BootingCount -= cancelled;
            count -= cancelled;
            if (_paid.Length > 0) _paid[Mod(_state.Steps - (_booting.Length - 1 - i), _paid.Length)] -= cancelled;
        }
        if (_paid.Length == 0)
        {
            _state.Serving -= count;
            return;
        }
        for (var ahead = 0; ahead < _paid.Length && count > 0; ahead++)  // then those whose paid period ends first
        {
            var at = (phase + ahead) % _paid.Length;
            var removed = Math.Min(count, _paid[at]);
            _paid[at] -= removed;
            count -= removed;
            if (ahead == 0 || model.Settings.Termination == TerminationRule.Immediate) _state.Serving -= removed;
            else
            {
                _draining[at] += removed;
                _state.DrainingCount += removed;
            }
        }
    }

    private double Bill(int phase)
    {
        if (_paid.Length == 0) return (_state.Serving + _state.BootingCount) * model.PeriodPrice;
        _state.Serving -= _draining[phase];
        _state.DrainingCount -= _draining[phase];
        _draining[phase] = 0;
        return _paid[phase] * model.PeriodPrice;
    }

    private void Boot()
    {
        _state.Serving += _booting[0];
        _state.BootingCount -= _booting[0];
        _booting.AsSpan(1).CopyTo(_booting);
        _booting[^1] = 0;
    }

    private static int Mod(int value, int modulus) => ((value % modulus) + modulus) % modulus;

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<State>(MemoryMarshal.CreateReadOnlySpan(ref _state, 1));
        writer.Write<int>(_booting);
        writer.Write<int>(_paid);
        writer.Write<int>(_draining);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto(MemoryMarshal.CreateSpan(ref _state, 1));
        reader.ReadInto<int>(_booting);
        reader.ReadInto<int>(_paid);
        reader.ReadInto<int>(_draining);
    }

    private struct State
    {
        public int Serving, BootingCount, DrainingCount, Steps;
        public double Backlog, Utilisation;
    }
}
