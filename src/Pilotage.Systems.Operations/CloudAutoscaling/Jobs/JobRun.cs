using System.Buffers;
using System.Runtime.InteropServices;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The tasks of one job on rented machines: the mechanics of one episode, without observation.</summary>
/// <remarks>
/// Order within a step that begins at t: machines are added and paid from t; they work from t + boot. Whenever a machine is free and a task is ready, the
/// ready task with the longest tail goes to the fastest free machine, on-demand before spot (list scheduling). Finishing is exact in time, not by steps. At the end of
/// the step, machines without a task leave if no task is ready; then the next step's prices are known, and spot machines whose price is above the bid are
/// lost, their tasks going back to their last checkpoint. A job that finishes within a step stops paying at that moment.
/// Not thread-safe; allocates nothing after construction.
/// </remarks>
internal sealed class JobRun : ISaved
{
    private readonly JobModel _model;
    private readonly TaskState[] _tasks;
    private readonly JobMachine[] _machines;
    private State _state;
    private JobTotals _totals;

    /// <param name="model">What can be rented.</param>
    /// <param name="mostTasks">Tasks of the largest job.</param>
    public JobRun(JobModel model, int mostTasks)
    {
        _model = model;
        _tasks = new TaskState[mostTasks];
        _machines = new JobMachine[model.Pools * model.Settings.MaximumMachines];
        Case = null!;
    }

    public JobModel Model => _model;

    /// <summary>What is being run.</summary>
    public JobCase Case { get; private set; }

    public TaskGraph Graph => Case.Graph;

    /// <summary>Sums since the beginning.</summary>
    public ref readonly JobTotals Totals => ref _totals;

    /// <summary>Steps taken.</summary>
    public int Steps => _state.Steps;

    /// <summary>Seconds since the beginning: of the coming step, or of the last task's end.</summary>
    public double Now => _state.Now;

    /// <summary>Seconds left of the allowed time; negative when late.</summary>
    public double TimeLeft => Case.DeadlineSeconds - _state.Now;

    /// <summary>The coming step in the market's history.</summary>
    public int MarketStep => Case.Start + _state.Steps;

    public bool IsFinished => _totals.Finished == Graph.Count;

    /// <summary>Whether the allowed time passed before the last task was finished.</summary>
    public bool HasMissed => _state.HasMissed;

    /// <summary>Whether the episode has lasted as long as it may.</summary>
    public bool IsOver => _state.Now >= Case.DeadlineSeconds * _model.Settings.LongestEpisode;

    /// <summary>The rented machines.</summary>
    public ReadOnlySpan<JobMachine> Machines => _machines.AsSpan(0, _state.MachineCount);

    /// <summary>Work that a task still needs if it is left alone: its work less what its checkpoint or its machine holds.</summary>
    public double Remaining(int task) => _tasks[task].Phase == Phase.Finished ? 0 : Graph.Tasks[task].Work - _tasks[task].Saved - RunningWork(task);

    /// <summary>Whether a task is finished.</summary>
    public bool IsDone(int task) => _tasks[task].Phase == Phase.Finished;

    /// <summary>Whether a task waits for a machine only.</summary>
    public bool IsReady(int task) => _tasks[task].Phase == Phase.Ready;

    /// <summary>Tasks that wait for a machine only.</summary>
    public int ReadyCount
    {
        get
        {
            var count = 0;
            for (var task = 0; task < Graph.Count; task++)
                if (_tasks[task].Phase == Phase.Ready) count++;
            return count;
        }
    }

    /// <summary>Machines with a task.</summary>
    public int WorkingCount
    {
        get
        {
            var count = 0;
            foreach (ref readonly var machine in Machines)
                if (machine.Task >= 0) count++;
            return count;
        }
    }

    /// <summary>Machines of a pool.</summary>
    public int MachinesIn(int pool)
    {
        var count = 0;
        foreach (ref readonly var machine in Machines)
            if (machine.Pool == pool) count++;
        return count;
    }

    /// <summary>Whether so many machines may be added to a pool: its bound, no more than there are unfinished tasks, and spot only up to the bid.</summary>
    /// <param name="pool">Type and market.</param>
    /// <param name="count">From 0, always allowed, to the largest addition.</param>
    public bool IsLegal(int pool, int count) =>
        count == 0 || (MachinesIn(pool) + count <= Math.Min(_model.Settings.MaximumMachines, Graph.Count - _totals.Finished) && _model.IsOffered(pool, MarketStep));

    /// <summary>Begins an episode without machines.</summary>
    public void Reset(JobCase next)
    {
        Case = next;
        _state = default;
        _totals = default;
        for (var task = 0; task < next.Graph.Count; task++)
        {
            var waiting = next.Graph.Predecessors(task).Length;
            _tasks[task] = new() { Waiting = waiting, Phase = waiting == 0 ? Phase.Ready : Phase.Waiting, Machine = -1 };
        }
    }

    /// <summary>Takes one step.</summary>
    /// <param name="additions">Machines to add, one number per pool; legal.</param>
    public JobStep Step(ReadOnlySpan<int> additions)
    {
        var (from, to) = (_state.Now, (_state.Steps + 1) * _model.Settings.StepSeconds);
        for (var pool = 0; pool < additions.Length; pool++)
        {
            if (!IsLegal(pool, additions[pool])) throw new RunFailedException($"{additions[pool]} machines were added to pool {pool} with {MachinesIn(pool)} rented; the mask forbids it.");
            for (var i = 0; i < additions[pool]; i++) _machines[_state.MachineCount++] = new() { Pool = pool, Task = -1, ReadyAt = from + _model.Settings.BootSeconds };
        }
        var end = Work(to);
        var (paid, cost) = (_state.MachineCount, Bill(from, end));
        _state.Now = end;
        var reward = -cost / _model.ReferenceCost(Graph.TotalWork) - Lateness(from, end);
        _totals.Return += reward;
        _state.Steps++;
        if (IsFinished)
        {
            _state.MachineCount = 0;
            return new(cost, paid, 0, 0, 0, reward);
        }
        if (ReadyCount == 0) Dismiss();
        var lost = LoseOutbid();
        return new(cost, paid, WorkingCount, Graph.Count - _totals.Finished, lost, reward);
    }

    // Event by event to the end of the step, or to the end of the job.
    private double Work(double to)
    {
        var now = _state.Now;
        while (true)
        {
            Assign(now);
            var next = to;
            foreach (ref readonly var machine in Machines)
            {
                if (machine.Task >= 0) next = Math.Min(next, machine.FinishesAt);
                else if (machine.ReadyAt > now) next = Math.Min(next, machine.ReadyAt);
            }
            Account(now, next);
            now = next;
            for (var i = 0; i < _state.MachineCount; i++)
                if (_machines[i].Task >= 0 && _machines[i].FinishesAt <= now) Finish(ref _machines[i]);
            if (now >= to || IsFinished) return now;
        }
    }

    private void Assign(double now)
    {
        foreach (var task in Graph.ByTail)
        {
            if (_tasks[task].Phase != Phase.Ready) continue;
            var best = -1;
            for (var i = 0; i < _state.MachineCount; i++)
            {
                if (_machines[i].Task >= 0 || _machines[i].ReadyAt > now) continue;
                if (best < 0 || IsPreferred(_machines[i].Pool, _machines[best].Pool)) best = i;
            }
            if (best < 0) return;
            ref var machine = ref _machines[best];
            (machine.Task, machine.StartedAt) = (task, now);
            machine.FinishesAt = now + (Graph.Tasks[task].Work - _tasks[task].Saved) / _model.Speed(machine.Pool);
            (_tasks[task].Phase, _tasks[task].Machine) = (Phase.Running, best);
        }
    }

    private bool IsPreferred(int pool, int other) => _model.Speed(pool) != _model.Speed(other) ? _model.Speed(pool) > _model.Speed(other) : _model.IsSpot(other) && !_model.IsSpot(pool);

    private void Account(double from, double to)
    {
        var seconds = to - from;
        foreach (ref readonly var machine in Machines)
        {
            if (machine.Task >= 0)
            {
                _totals.BusySeconds += seconds;
                _totals.WorkDone += seconds * _model.Speed(machine.Pool);
            }
            else if (machine.ReadyAt > from) _totals.BootSeconds += seconds;
            else _totals.IdleSeconds += seconds;
        }
    }

    private void Finish(ref JobMachine machine)
    {
        ref var task = ref _tasks[machine.Task];
        if (task.Phase != Phase.Running) throw new RunFailedException($"Task '{Graph.Tasks[machine.Task].Name}' was finished twice.");
        (task.Phase, task.Machine) = (Phase.Finished, -1);
        foreach (var next in Graph.Successors(machine.Task))
            if (--_tasks[next].Waiting == 0) _tasks[next].Phase = Phase.Ready;
        machine.Task = -1;
        _totals.Finished++;
    }

    private double Bill(double from, double to)
    {
        var cost = 0.0;
        foreach (ref readonly var machine in Machines) cost += _model.Price(machine.Pool, MarketStep) * (to - from) / 3600;
        _totals.Cost += cost;
        _totals.PaidSeconds += Machines.Length * (to - from);
        return cost;
    }

    private double Lateness(double from, double to)
    {
        const double Rounding = 1 + 1e-12;               // a sum of durations that is the deadline in real numbers meets it
        var deadline = Case.DeadlineSeconds;
        var penalty = Math.Max(0, to - Math.Max(from, deadline)) / deadline * _model.Settings.LateWeight;
        if (_state.HasMissed || !(to > deadline * Rounding || (to >= deadline && !IsFinished))) return penalty;
        _state.HasMissed = true;
        return penalty + _model.Settings.MissWeight;
    }

    private void Dismiss()
    {
        for (var i = _state.MachineCount - 1; i >= 0; i--)
            if (_machines[i].Task < 0 && _machines[i].ReadyAt <= _state.Now) Remove(i);
    }

    private int LoseOutbid()
    {
        var lost = 0;
        for (var i = _state.MachineCount - 1; i >= 0; i--)
        {
            if (_model.IsOffered(_machines[i].Pool, MarketStep)) continue;
            if (_machines[i].Task is >= 0 and var task)
            {
                var held = _tasks[task].Saved + RunningWork(task);
                var kept = _model.Settings.CheckpointSeconds > 0 ? Math.Floor(held / _model.Settings.CheckpointSeconds) * _model.Settings.CheckpointSeconds : 0;
                _totals.WorkLost += held - kept;
                _totals.TasksInterrupted++;
                _tasks[task] = _tasks[task] with { Phase = Phase.Ready, Machine = -1, Saved = kept };
            }
            Remove(i);
            lost++;
        }
        _totals.MachinesLost += lost;
        return lost;
    }

    private void Remove(int machine)
    {
        var last = --_state.MachineCount;
        if (machine == last) return;
        _machines[machine] = _machines[last];
        if (_machines[machine].Task >= 0) _tasks[_machines[machine].Task].Machine = machine;
    }

    private double RunningWork(int task) =>
        _tasks[task].Machine is >= 0 and var machine ? (_state.Now - _machines[machine].StartedAt) * _model.Speed(_machines[machine].Pool) : 0;

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<State>(MemoryMarshal.CreateReadOnlySpan(ref _state, 1));
        writer.Write<JobTotals>(MemoryMarshal.CreateReadOnlySpan(ref _totals, 1));
        writer.Write<TaskState>(_tasks);
        writer.Write<JobMachine>(_machines);
    }

    /// <summary>Restores what was saved, of the same case: <see cref="Reset"/> to it first.</summary>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto(MemoryMarshal.CreateSpan(ref _state, 1));
        reader.ReadInto(MemoryMarshal.CreateSpan(ref _totals, 1));
        reader.ReadInto<TaskState>(_tasks);
        reader.ReadInto<JobMachine>(_machines);
    }

    private enum Phase { Waiting, Ready, Running, Finished }

    private struct TaskState
    {
        public Phase Phase;
        public int Waiting, Machine;                     // tasks waited for; machine that works on it or -1
        public double Saved;                             // work that a checkpoint holds
    }

    private struct State
    {
        public int Steps, MachineCount;
        public double Now;
        public bool HasMissed;
    }
}
