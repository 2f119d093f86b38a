namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Tasks that wait at machines, each machine's by priority and then by age. Entries live in one pool that grows and is never given back.</summary>
internal sealed class MachineQueues
{
    private const int None = -1;
    private Entry[] _entries = new Entry[64];
    private int _free;
    private int[] _heads = [], _counts = [];

    /// <summary>Empties the queues.</summary>
    public void Clear(int machines)
    {
        if (_heads.Length != machines) (_heads, _counts) = (new int[machines], new int[machines]);
        _heads.AsSpan().Fill(None);
        _counts.AsSpan().Clear();
        Link(0);
        _free = 0;
    }

    /// <summary>Tasks that wait at a machine.</summary>
    public int Count(int machine) => _counts[machine];

    /// <summary>Adds a task behind all of no larger priority.</summary>
    public void Add(int machine, int stage, double priority)
    {
        if (_free == None)
        {
            _free = _entries.Length;
            Array.Resize(ref _entries, 2 * _entries.Length);
            Link(_free);
        }
        var place = _free;
        _free = _entries[place].Next;
        ref var before = ref _heads[machine];
        while (before != None && _entries[before].Priority <= priority) before = ref _entries[before].Next;
        _entries[place] = new(stage, before, priority);
        before = place;
        _counts[machine]++;
    }

    /// <summary>Takes the first task away that can begin.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="passes">Whether tasks behind one that cannot begin are looked at.</param>
    /// <param name="canBegin">Whether a task of a stage can.</param>
    /// <returns>Its stage; -1 for none.</returns>
    public int Take(int machine, bool passes, Func<int, int, bool> canBegin)
    {
        ref var before = ref _heads[machine];
        while (before != None)
        {
            var place = before;
            if (canBegin(_entries[place].Stage, machine))
            {
                before = _entries[place].Next;
                _entries[place].Next = _free;
                _free = place;
                _counts[machine]--;
                return _entries[place].Stage;
            }
            if (!passes) break;
            before = ref _entries[place].Next;
        }
        return None;
    }

    /// <summary>The entry of a machine's first task, and of the one behind an entry; -1 for none.</summary>
    public (int Entry, int Stage) Walk(int machine, int entry = None)
    {
        var next = entry == None ? _heads[machine] : _entries[entry].Next;
        return next == None ? (None, None) : (next, _entries[next].Stage);
    }

    private void Link(int from)
    {
        for (var i = from; i < _entries.Length; i++) _entries[i].Next = i + 1 < _entries.Length ? i + 1 : None;
    }

    private struct Entry(int stage, int next, double priority)
    {
        public int Stage = stage;
        public int Next = next;
        public double Priority = priority;
    }
}
