using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A cluster in continuous time, event by event. Whoever drives it asks for the next decision, places tasks or waits. The same decisions give the same bits.</summary>
/// <remarks>
/// A decision is due after all events of a moment while a task could be placed. <see cref="Place"/> starts it where it fits at once; else it waits in the machine's queue, whose
/// head may block what is behind it. Tasks are never interrupted. A simulation is used again for any number of problems and allocates only to grow. Not thread-safe.
/// </remarks>
internal sealed class ClusterSimulation
{
    /// <summary>Sums of cores and memory are as exact as this.</summary>
    public const double Rounding = 1e-9;

    private const double DefaultBootSeconds = 30;
    private readonly EventQueue _events = new();
    private readonly MachineQueues _queues = new();
    private readonly SortedNumbers _runnable = new(), _active = new();
    private ClusterProblem _problem = null!;
    private MachineState[] _machines = [];
    private StageState[] _stages = [];
    private JobState[] _jobs = [];
    private int[] _ranOn = [];                           // [rows, machines]: tasks of a stage whose bytes are needed
    private int _nextArrival, _order, _jobsLeft;
    private bool _isAsking, _isUnanswered;
    private ScheduleLog? _log;
    private readonly Func<int, int, bool> _fits;

    /// <param name="rules">What machines do on their own.</param>
    public ClusterSimulation(ClusterRules rules) => (Rules, _fits) = (rules, Fits);

    public ClusterProblem Problem => _problem;

    public ClusterRules Rules { get; }

    public ClusterMeter Meter { get; } = new();

    /// <summary>Seconds since the beginning.</summary>
    public double Now { get; private set; }

    /// <summary>Events so far: arrivals, tasks done, machines ready or switched off.</summary>
    public long Events { get; private set; }

    /// <summary>Stages that have a task to place now, by number: the first came first.</summary>
    public ReadOnlySpan<int> Runnable => _runnable.Span;

    /// <summary>Jobs in the system, by number.</summary>
    public ReadOnlySpan<int> ActiveJobs => _active.Span;

    public ref readonly MachineState MachineAt(int machine) => ref _machines[machine];

    public ref readonly StageState StageAt(int stage) => ref _stages[stage];

    public ref readonly JobState JobAt(int job) => ref _jobs[job];

    /// <summary>Begins a problem.</summary>
    public void Begin(ClusterProblem problem, ScheduleLog? log = null)
    {
        (_problem, _log) = (problem, log);
        var (machines, stages, jobs) = (problem.Machines.Count, problem.StageCount, problem.Jobs.Count);
        if (_machines.Length != machines) _machines = new MachineState[machines];
        if (_stages.Length < stages) _stages = new StageState[stages];
        if (_jobs.Length < jobs) _jobs = new JobState[jobs];
        if (_ranOn.Length < problem.Rows * machines) _ranOn = new int[problem.Rows * machines];
        _ranOn.AsSpan().Clear();
        _events.Clear();
        _queues.Clear(machines);
        _runnable.Clear();
        _active.Clear();
        (Now, Events, _nextArrival, _order, _jobsLeft, _isAsking, _isUnanswered) = (0, 0, 0, 0, jobs, false, false);
        Meter.Begin(machines, log);
        for (var m = 0; m < machines; m++)
        {
            var machine = problem.Machines[m];
            _machines[m] = new() { FreeCores = machine.Cores, FreeMemory = machine.Memory, Speed = machine.Speed, Power = Rules.PowersDown ? MachinePower.Off : MachinePower.On, LastJob = -1 };
            ShowPower(m);
        }
        for (var s = 0; s < stages; s++) _stages[s] = new() { Unplaced = problem.Tasks[s], Unfinished = problem.Tasks[s], Waiting = problem.Parents[s] };
        for (var j = 0; j < jobs; j++)
            _jobs[j] = new() { StagesLeft = problem.FirstStage[j + 1] - problem.FirstStage[j], WorkLeft = problem.Jobs[j].Shape.TotalWork, Left = double.NaN };
    }

    /// <summary>Lets events happen until a decision is due.</summary>
    /// <returns>Whether one is due; <see langword="false"/> when all jobs have left.</returns>
    /// <exception cref="RunFailedException">Nothing more would happen because the scheduler places nothing.</exception>
    /// <exception cref="InvalidOperationException">The last decision changed nothing.</exception>
    public bool Advance()
    {
        while (!_isAsking || _runnable.Count == 0)
        {
            if (_jobsLeft == 0)
            {
                Meter.Close();
                return false;
            }
            HappenNext();
        }
        if (_isUnanswered) throw new InvalidOperationException(FormattableString.Invariant($"The decision at {Now} s was neither to place a task nor to wait, and would be asked for ever."));
        _isUnanswered = true;
        return true;
    }

    /// <summary>Nothing more is placed at this moment.</summary>
    public void Wait() => _isAsking = _isUnanswered = false;

    /// <summary>Gives a task to a machine. A machine that is off is switched on for it.</summary>
    /// <param name="stage">One of <see cref="Runnable"/>.</param>
    /// <param name="machine">One that could run it.</param>
    /// <param name="priority">Its place in the machine's queue, small first; NaN for the rules' order.</param>
    /// <exception cref="InvalidOperationException">The stage has no task to place, or its tasks can never run there.</exception>
    public void Place(int stage, int machine, double priority = double.NaN)
    {
        ref var state = ref _stages[stage];
        if (state.Unplaced == 0 || state.Waiting > 0) throw new InvalidOperationException($"Stage {stage} has no task to place.");
        if (!_problem.CouldRun(stage, machine)) throw new InvalidOperationException($"A task of stage {stage} can never run on machine {machine}.");
        if (--state.Unplaced == 0) _runnable.Remove(stage);
        _isUnanswered = false;
        _jobs[_problem.JobOf[stage]].Executors++;
        ref var target = ref _machines[machine];
        if (target.Power == MachinePower.Off) SwitchOn(machine);
        if (CanStart(stage, machine)) Start(stage, machine);
        else
        {
            if (double.IsNaN(priority)) priority = Rules.QueueOrder == QueueOrder.Shortest ? _problem.Work[stage] : 0;
            _queues.Add(machine, stage, priority);
            target.QueuedWork += _problem.Work[stage] * _problem.Cores[stage];
        }
    }

    /// <summary>Whether a task would begin at once, or as soon as the machine, now off, is on.</summary>
    public bool CanStart(int stage, int machine) => _machines[machine].Power == MachinePower.On && CanTake(stage, machine);

    /// <summary>Whether nothing waits at the machine and a task fits beside what runs there; the machine may have to be switched on for it.</summary>
    public bool CanTake(int stage, int machine)
    {
        return (_queues.Count(machine) == 0 || (!Rules.HeadBlocks && _machines[machine].Power == MachinePower.On)) && Fits(stage, machine);
    }

    /// <summary>Tasks that wait at a machine.</summary>
    public int QueueLength(int machine) => _queues.Count(machine);

    /// <summary>Seconds that a machine's cores, all together, need for what they have been given.</summary>
    public double Backlog(int machine)
    {
        ref readonly var state = ref _machines[machine];
        return (state.QueuedWork / state.Speed + Math.Max(0, state.RunningEnds - Now * state.RunningCores)) / _problem.Machines[machine].Cores;
    }

    /// <summary>What comes of the tasks that run or wait at a machine, if no others come: exact of what runs, and where tasks fill the machine alone.</summary>
    /// <returns>Seconds until they are done, summed over them; and seconds until the last is done.</returns>
    public (double Sum, double Last) Foresee(int machine)
    {
        ref readonly var state = ref _machines[machine];
        var (sum, last, wait) = (state.Ends - Now * state.Running, Math.Max(0, state.LastEnd - Now), Math.Max(0, state.RunningEnds - Now * state.RunningCores));
        for (var (entry, stage) = _queues.Walk(machine); entry >= 0; (entry, stage) = _queues.Walk(machine, entry))
        {
            var done = wait / _problem.Machines[machine].Cores + _problem.Work[stage] / state.Speed;
            (sum, last) = (sum + done, Math.Max(last, done));
            wait += _problem.Work[stage] * _problem.Cores[stage] / state.Speed;
        }
        return (sum, last);
    }

    /// <summary>When a task would be done on a machine, about: exact where it can start at once or where tasks fill a machine alone.</summary>
    public double EarliestFinish(int stage, int machine)
    {
        var wait = CanTake(stage, machine) ? 0 : Backlog(machine);
        if (_machines[machine].Power == MachinePower.Off) wait += BootSeconds;
        return Now + wait + Duration(stage, machine);
    }

    /// <summary>Seconds that a task takes on a machine if it begins now: its work, what must be fetched, and the change of jobs.</summary>
    public double Duration(int stage, int machine)
    {
        var job = _problem.JobOf[stage];
        var seconds = _problem.Work[stage] / _machines[machine].Speed + (_machines[machine].LastJob == job ? 0 : Rules.SwitchSeconds);
        foreach (var (parent, bytes) in _problem.BytesFrom[stage])
        {
            var local = _ranOn[_problem.Row[parent] * _machines.Length + machine] / (double)_problem.Tasks[parent];
            seconds += bytes * (1 - local) / Rules.BytesPerSecond;
        }
        return seconds;
    }

    private bool Fits(int stage, int machine) =>
        _problem.Cores[stage] <= _machines[machine].FreeCores + Rounding && _problem.Memory[stage] <= _machines[machine].FreeMemory + Rounding;

    private double BootSeconds => Rules.BootSeconds ?? DefaultBootSeconds;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void HappenNext()
    {
        var arrival = _nextArrival < _problem.Jobs.Count ? _problem.Jobs[_nextArrival].Arrival : double.PositiveInfinity;
        var time = _events.Count > 0 ? Math.Min(_events.Next.Time, arrival) : arrival;
        if (double.IsPositiveInfinity(time)) throw WaitsForEver();
        Now = time;
        Meter.MoveTo(time);
        while (_events.Count > 0 && _events.Next.Time == time)
        {
            var next = _events.Take();
            Events++;
            if (next.Kind == EventKind.Finish) Finish(next.Stage, next.Machine);
            else if (next.Kind == EventKind.Ready) BecomeReady(next.Machine);
            else SwitchOff(next.Machine);
        }
        while (_nextArrival < _problem.Jobs.Count && _problem.Jobs[_nextArrival].Arrival == time) Arrive(_nextArrival++);
        _isAsking = true;
    }

    private void Arrive(int job)
    {
        Events++;
        Meter.Count(+1, _problem.Ideal[job]);
        _log?.Levels.Add((Now, Meter.JobCount));
        _active.Add(job);
        _jobs[job].Arrival = Now;
        for (var stage = _problem.FirstStage[job]; stage < _problem.FirstStage[job + 1]; stage++)
            if (_stages[stage].Waiting == 0) _runnable.Add(stage);
    }

    private void Start(int stage, int machine)
    {
        ref var state = ref _machines[machine];
        var end = Now + Duration(stage, machine);
        var cores = _problem.Cores[stage];
        state.FreeCores -= cores;
        state.FreeMemory -= _problem.Memory[stage];
        state.Running++;
        state.RunningEnds += cores * end;
        state.Ends += end;
        state.LastEnd = Math.Max(state.LastEnd, end);
        state.RunningCores += cores;
        state.LastJob = _problem.JobOf[stage];
        _events.Add(new(end, _order++, EventKind.Finish, machine, stage));
        _log?.Tasks.Add(new(stage, machine, Now, end));
        ShowPower(machine);
    }

    private void Finish(int stage, int machine)
    {
        ref var state = ref _machines[machine];
        var cores = _problem.Cores[stage];
        state.FreeCores += cores;
        state.FreeMemory += _problem.Memory[stage];
        state.RunningEnds -= cores * Now;
        state.Ends -= Now;
        state.RunningCores -= cores;
        if (--state.Running == 0) Empty(machine);
        if (_problem.Row[stage] is >= 0 and var row) _ranOn[row * _machines.Length + machine]++;
        ref var job = ref _jobs[_problem.JobOf[stage]];
        job.Executors--;
        job.WorkLeft -= _problem.Work[stage] * cores;
        ref var stageState = ref _stages[stage];
        if (--stageState.Unfinished == 0) Complete(stage);
        else if (Rules.KeepsStage && stageState.Unplaced > 0 && _queues.Count(machine) == 0)
        {
            if (--stageState.Unplaced == 0) _runnable.Remove(stage);
            job.Executors++;
            Start(stage, machine);
            return;
        }
        Serve(machine);
        ShowPower(machine);
        if (state.Running == 0 && Rules.PowersDown) _events.Add(new(Now + Rules.IdleSeconds!.Value, _order++, EventKind.Sleep, machine, -1));
    }

    // What rounding left of sums over tasks is taken away where there are none.
    private void Empty(int machine)
    {
        ref var state = ref _machines[machine];
        var own = _problem.Machines[machine];
        (state.FreeCores, state.FreeMemory, state.RunningEnds, state.RunningCores, state.Ends, state.IdleSince) = (own.Cores, own.Memory, 0, 0, 0, Now);
        if (_queues.Count(machine) == 0) state.QueuedWork = 0;
    }

    private void Complete(int stage)
    {
        foreach (var child in _problem.Children[stage])
            if (--_stages[child].Waiting == 0) _runnable.Add(child);
        var number = _problem.JobOf[stage];
        ref var job = ref _jobs[number];
        if (--job.StagesLeft > 0) return;
        (job.Left, job.WorkLeft) = (Now, 0);
        _active.Remove(number);
        _jobsLeft--;
        Meter.Count(-1, _problem.Ideal[number]);
        _log?.Levels.Add((Now, Meter.JobCount));
    }

    private void Serve(int machine)
    {
        ref var state = ref _machines[machine];
        while (_queues.Take(machine, !Rules.HeadBlocks, _fits) is >= 0 and var stage)
        {
            state.QueuedWork -= _problem.Work[stage] * _problem.Cores[stage];
            Start(stage, machine);
        }
    }

    private void SwitchOn(int machine)
    {
        _machines[machine].Power = MachinePower.Booting;
        _events.Add(new(Now + BootSeconds, _order++, EventKind.Ready, machine, -1));
        ShowPower(machine);
    }

    private void BecomeReady(int machine)
    {
        _machines[machine].Power = MachinePower.On;
        Serve(machine);
        ShowPower(machine);
    }

    private void SwitchOff(int machine)
    {
        ref var state = ref _machines[machine];
        if (state.Power != MachinePower.On || state.Running > 0 || Now - state.IdleSince < Rules.IdleSeconds!.Value - Rounding) return;      // it has worked since
        (state.Power, state.LastJob) = (MachinePower.Off, -1);
        ShowPower(machine);
    }

    private void ShowPower(int machine)
    {
        ref readonly var state = ref _machines[machine];
        var own = _problem.Machines[machine];
        var used = state.Running == 0 ? 0 : own.Cores - state.FreeCores;
        Meter.Set(machine, state.Power == MachinePower.Off ? 0 : own.Watts(used), used, state.Power != MachinePower.Off);
    }

    private RunFailedException WaitsForEver() => new(string.Create(CultureInfo.InvariantCulture,
        $"At {Now} s every machine stands still and {_jobsLeft} jobs are left, but the scheduler places none of {_runnable.Count} stages that could run. A scheduler may wait only where something will still happen."));
}
