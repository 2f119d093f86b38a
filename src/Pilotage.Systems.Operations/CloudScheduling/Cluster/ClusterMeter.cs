namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Integrals over time: energy, hours and core-seconds of each machine, jobs in the system.</summary>
internal sealed class ClusterMeter
{
    private double[] _since = [], _watts = [], _joules = [], _onSeconds = [], _used = [], _coreSeconds = [];
    private bool[] _isOn = [];
    private ScheduleLog? _log;

    /// <summary>Integral of the number of jobs in the system: by Little's law the sum of their completion times.</summary>
    public double JobSeconds { get; private set; }

    /// <summary>Integral of the sum of 1 / ideal time of the jobs in the system: the sum of their slowdowns.</summary>
    public double Slowdowns { get; private set; }

    /// <summary>Jobs in the system.</summary>
    public int JobCount { get; private set; }

    private double _now, _rate;

    public void Begin(int machines, ScheduleLog? log)
    {
        if (_since.Length != machines)
        {
            (_since, _watts, _joules) = (new double[machines], new double[machines], new double[machines]);
            (_onSeconds, _used, _coreSeconds, _isOn) = (new double[machines], new double[machines], new double[machines], new bool[machines]);
        }
        foreach (var numbers in new[] { _since, _watts, _joules, _onSeconds, _used, _coreSeconds }) numbers.AsSpan().Clear();
        _isOn.AsSpan().Clear();
        (JobSeconds, Slowdowns, JobCount, _now, _rate, _log) = (0, 0, 0, 0, 0, log);
    }

    /// <summary>Lets time go by.</summary>
    public void MoveTo(double now)
    {
        JobSeconds += JobCount * (now - _now);
        Slowdowns += _rate * (now - _now);
        _now = now;
    }

    /// <summary>A job comes (+1) or leaves (-1).</summary>
    public void Count(int change, double ideal)
    {
        JobCount += change;
        _rate = JobCount == 0 ? 0 : _rate + change / ideal;                               // no rounding is left behind
    }

    /// <summary>From now on a machine takes other power.</summary>
    public void Set(int machine, double watts, double usedCores, bool isOn)
    {
        Close(machine);
        (_watts[machine], _used[machine], _isOn[machine]) = (watts, usedCores, isOn);
    }

    /// <summary>Brings all machines' sums to now.</summary>
    public void Close()
    {
        for (var machine = 0; machine < _since.Length; machine++) Close(machine);
    }

    /// <summary>Joules that a machine has taken until its last change or <see cref="Close()"/>.</summary>
    public double Joules(int machine) => _joules[machine];

    /// <summary>Joules that all machines have taken until now.</summary>
    public double TotalJoules
    {
        get
        {
            var sum = 0.0;
            for (var machine = 0; machine < _since.Length; machine++) sum += _joules[machine] + _watts[machine] * (_now - _since[machine]);
            return sum;
        }
    }

    /// <summary>Seconds that a machine was on.</summary>
    public double OnSeconds(int machine) => _onSeconds[machine];

    /// <summary>Seconds times cores in use.</summary>
    public double CoreSeconds(int machine) => _coreSeconds[machine];

    private void Close(int machine)
    {
        var length = _now - _since[machine];
        if (length <= 0) return;
        _log?.Segments.Add(new(machine, _since[machine], _now, _watts[machine]));
        _joules[machine] += _watts[machine] * length;
        _coreSeconds[machine] += _used[machine] * length;
        if (_isOn[machine]) _onSeconds[machine] += length;
        _since[machine] = _now;
    }
}
