namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Virtual machines on hosts through a day, five minutes a step. What is done before a step looks at the use of the step before.</summary>
/// <remarks>
/// After Beloglazov and Buyya, CCPE 24 (2012): power by utilisation, migrations that take memory over half the link's rate and cost a tenth of the demand meanwhile, power-aware best fit decreasing for
/// whatever moves, minimum migration time for which. A virtual machine that finds no room stays.
/// </remarks>
internal sealed class HostFleet
{
    public const int History = 12;
    public const double StepSeconds = 300;
    private const double MigrationRate = 62.5, Cost = 0.1;   // MB/s: half of 1 Gbit/s; share of the demand
    private static readonly (double Mips, double Memory)[] Kinds = [(2500, 870), (2000, 1740), (1000, 1740), (500, 613)];
    private readonly ConsolidationSettings _settings;
    private readonly HostKind[] _kinds;
    private readonly List<int>[] _guests;
    private readonly bool[] _isOn, _isTarget;
    private readonly double[] _demand, _memory, _onSteps, _fullSteps, _asked, _lost;
    private readonly double[] _history;                  // [hosts, History], the last one first
    private readonly int[] _hostOf;
    private readonly List<int> _moving = [];
    private IReadOnlyList<float[]> _use = [];
    private double _joules;
    private int _migrations;

    public HostFleet(ConsolidationSettings settings)
    {
        _settings = settings;
        var (hosts, guests) = (settings.Hosts, settings.VirtualMachines);
        _kinds = [.. Enumerable.Range(0, hosts).Select(host => host % 2 == 0 ? HostKind.G4 : HostKind.G5)];
        _guests = [.. Enumerable.Range(0, hosts).Select(_ => new List<int>())];
        (_isOn, _isTarget, _memory, _onSteps, _fullSteps, _history) = (new bool[hosts], new bool[hosts], new double[hosts], new double[hosts], new double[hosts], new double[hosts * History]);
        (_demand, _asked, _lost, _hostOf) = (new double[guests], new double[guests], new double[guests], new int[guests]);
        (StepJoules, StepFull, StepLoss) = (new double[hosts], new double[hosts], new double[hosts]);
    }

    public int HostCount => _kinds.Length;

    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    public bool IsOver => Steps == _settings.Steps;

    /// <summary>Of the last step and each host: joules; 1 if it was at full load; share of a virtual machine's demand lost by migrations away from it.</summary>
    public double[] StepJoules { get; }

    /// <inheritdoc cref="StepJoules"/>
    public double[] StepFull { get; }

    /// <inheritdoc cref="StepJoules"/>
    public double[] StepLoss { get; }

    public bool IsOn(int host) => _isOn[host];

    public HostKind KindOf(int host) => _kinds[host];

    public IReadOnlyList<int> Guests(int host) => _guests[host];

    /// <summary>Utilisation of the last steps, the last one first; zeros before the day.</summary>
    public ReadOnlySpan<double> HistoryOf(int host) => _history.AsSpan(host * History, History);

    /// <summary>Demand over capacity, by the last use that is known.</summary>
    public double Utilisation(int host) => Demand(host) / _kinds[host].Mips;

    /// <summary>Share of the host's memory in use.</summary>
    public double MemoryShare(int host) => _memory[host] / _settings.HostMemory;

    /// <summary>Begins a day: virtual machines are placed by the use of its first step.</summary>
    /// <param name="use">Of each virtual machine, in [0, 1] by step.</param>
    /// <exception cref="UserMistakeException">They do not all fit.</exception>
    public void Begin(IReadOnlyList<float[]> use)
    {
        (_use, Steps, _joules, _migrations) = (use, 0, 0, 0);
        foreach (var numbers in new[] { _memory, _onSteps, _fullSteps, _history, _asked, _lost, StepJoules, StepFull, StepLoss }) numbers.AsSpan().Clear();
        _isOn.AsSpan().Clear();
        foreach (var guests in _guests) guests.Clear();
        Observe(0);
        _moving.Clear();
        for (var guest = 0; guest < _hostOf.Length; guest++)
        {
            _hostOf[guest] = -1;
            _moving.Add(guest);
        }
        var plan = new HostPlan(HostCount);
        plan.Clear(_settings.Threshold);
        Place(plan);
        if (_moving.Count > 0)
            throw new UserMistakeException(new Mistake("PIL1619", $"{_moving.Count} of {_hostOf.Length} virtual machines find no room on {HostCount} hosts.", "", "Give more hosts or more hosts.hostMemory.").ToString());
    }

    /// <summary>Carries out a plan and lets five minutes go by.</summary>
    public void Step(HostPlan plan)
    {
        StepLoss.AsSpan().Clear();
        _isTarget.AsSpan().Clear();
        _moving.Clear();
        for (var host = 0; host < HostCount; host++)
            if (_isOn[host] && !double.IsNaN(plan.Relief[host])) Relieve(host, plan.Relief[host]);
        Place(plan);
        foreach (var guest in _moving)                                                     // no room: it stays
        {
            _guests[_hostOf[guest]].Add(guest);
            _isOn[_hostOf[guest]] = true;
        }
        _moving.Clear();
        Evacuate(plan);
        Observe(Steps);
        Measure();
        Steps++;
    }

    /// <summary>How the day went.</summary>
    public ConsolidationFigures Figures()
    {
        var (overload, hosts, loss) = (0.0, 0, 0.0);
        for (var host = 0; host < HostCount; host++)
            if (_onSteps[host] > 0) (overload, hosts) = (overload + _fullSteps[host] / _onSteps[host], hosts + 1);
        for (var guest = 0; guest < _lost.Length; guest++)
            if (_asked[guest] > 0) loss += _lost[guest] / _asked[guest];
        return new(_joules / 3.6e6, overload / Math.Max(1, hosts), loss / _lost.Length, _migrations, _onSteps.Sum() / Math.Max(1, Steps));
    }

    /// <summary>Memory of a virtual machine in MB.</summary>
    public static double MemoryOf(int guest) => Kinds[guest % Kinds.Length].Memory;

    /// <summary>MIPS that a virtual machine wants, by the last use that is known.</summary>
    public double DemandOf(int guest) => _demand[guest];

    private double Demand(int host)
    {
        var sum = 0.0;
        foreach (var guest in _guests[host]) sum += _demand[guest];
        return sum;
    }

    // Minimum migration time: the one of least memory goes first.
    private void Relieve(int host, double limit)
    {
        var guests = _guests[host];
        while (guests.Count > 0 && Utilisation(host) > limit)
        {
            var first = 0;
            for (var i = 1; i < guests.Count; i++)
                if (MemoryOf(guests[i]) < MemoryOf(guests[first])) first = i;
            _moving.Add(guests[first]);
            guests.RemoveAt(first);
        }
    }

    // Power-aware best fit decreasing; whoever finds no room is left in the list.
    private void Place(HostPlan plan)
    {
        _moving.Sort((a, b) => _demand[a] != _demand[b] ? _demand[b].CompareTo(_demand[a]) : a.CompareTo(b));
        for (var i = 0; i < _moving.Count;)
        {
            var host = Target(_moving[i], plan, from: _hostOf[_moving[i]], mayWake: true);
            if (host < 0)
            {
                i++;
                continue;
            }
            Move(_moving[i], host);
            _moving.RemoveAt(i);
        }
    }

    private int Target(int guest, HostPlan plan, int from, bool mayWake)
    {
        var (best, least) = (-1, double.PositiveInfinity);
        for (var host = 0; host < HostCount; host++)
        {
            if (host == from || (!_isOn[host] && !mayWake) || (_isOn[host] && !double.IsNaN(plan.Relief[host]))) continue;
            var (before, kind) = (Demand(host), _kinds[host]);
            var after = (before + _demand[guest]) / kind.Mips;
            if (after > plan.Limit[host] || _memory[host] + MemoryOf(guest) > _settings.HostMemory) continue;
            var watts = kind.Power(after) - (_isOn[host] ? kind.Power(before / kind.Mips) : 0);
            if (watts < least) (best, least) = (host, watts);
        }
        return best;
    }

    private void Move(int guest, int host)
    {
        var from = _hostOf[guest];
        if (from >= 0)
        {
            _memory[from] -= MemoryOf(guest);
            _migrations++;
            var lost = Cost * _demand[guest] * MemoryOf(guest) / MigrationRate;
            _lost[guest] += lost;
            StepLoss[from] += Cost * MemoryOf(guest) / MigrationRate / StepSeconds;
            if (_guests[from].Count == 0) _isOn[from] = false;
        }
        _hostOf[guest] = host;
        _guests[host].Add(guest);
        _memory[host] += MemoryOf(guest);
        (_isOn[host], _isTarget[host]) = (true, true);
    }

    // The least used first; all of a host's virtual machines or none.
    private void Evacuate(HostPlan plan)
    {
        foreach (var host in Enumerable.Range(0, HostCount).Where(host => _isOn[host] && plan.Evacuate[host]).OrderBy(Utilisation).ToList())
        {
            if (_isTarget[host]) continue;
            var leaving = _guests[host].OrderByDescending(guest => _demand[guest]).ThenBy(guest => guest).ToList();
            var moved = new List<(int Guest, int Host)>();
            foreach (var guest in leaving)
            {
                var target = Target(guest, plan, host, mayWake: false);
                if (target < 0) break;
                moved.Add((guest, target));
                _guests[target].Add(guest);
                _memory[target] += MemoryOf(guest);
            }
            foreach (var (guest, target) in moved)                                         // they were only tried
            {
                _guests[target].Remove(guest);
                _memory[target] -= MemoryOf(guest);
            }
            if (moved.Count < leaving.Count) continue;
            _guests[host].Clear();
            foreach (var (guest, target) in moved) Move(guest, target);
            _isOn[host] = false;
        }
    }

    private void Observe(int step)
    {
        for (var guest = 0; guest < _demand.Length; guest++) _demand[guest] = _use[guest][step] * Kinds[guest % Kinds.Length].Mips;
    }

    private void Measure()
    {
        for (var guest = 0; guest < _demand.Length; guest++) _asked[guest] += _demand[guest] * StepSeconds;
        for (var host = 0; host < HostCount; host++)
        {
            var utilisation = _isOn[host] ? Utilisation(host) : 0;
            StepJoules[host] = _isOn[host] ? _kinds[host].Power(utilisation) * StepSeconds : 0;
            StepFull[host] = utilisation >= 1 ? 1 : 0;
            _joules += StepJoules[host];
            if (_isOn[host]) _onSteps[host]++;
            _fullSteps[host] += StepFull[host];
            var past = _history.AsSpan(host * History, History);
            past[..^1].CopyTo(past[1..]);
            past[0] = utilisation;
        }
    }
}
