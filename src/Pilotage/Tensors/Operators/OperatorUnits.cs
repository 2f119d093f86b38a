using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors.Operators;

/// <summary>Parts of one operator call that write different elements, run by whichever thread is free. Their number and borders follow from the shapes alone.</summary>
internal unsafe struct OperatorUnits
{
    /// <summary>Multiply-adds below which waking other threads costs more than they bring.</summary>
    private const long WorthThreads = 1 << 20;

    private delegate*<void*, int, float*, void> _job;
    private void* _state;
    private int _scratch;

    /// <summary>Runs all units.</summary>
    /// <param name="call">Gives threads and memory.</param>
    /// <param name="units">How many.</param>
    /// <param name="work">Multiply-adds of all of them, roughly.</param>
    /// <param name="scratch">Elements that one unit needs; with one thread they are the call's own scratch, from its beginning.</param>
    /// <param name="job">Does one unit: gets the state, its number and its scratch.</param>
    /// <param name="state">Must stay where it is.</param>
    public static void Run(in OperatorCall call, int units, long work, int scratch, delegate*<void*, int, float*, void> job, void* state)
    {
        if (call.Workers is not { } workers || call.Arena is not { } arena || work < WorthThreads)
        {
            for (var unit = 0; unit < units; unit++) job(state, unit, call.Scratch);
            return;
        }
        var all = new OperatorUnits { _job = job, _state = state, _scratch = scratch };
        workers.Run(&RunOne, &all, units, arena);
    }

    private static void RunOne(void* state, int unit, Arena arena)
    {
        ref readonly var all = ref *(OperatorUnits*)state;
        var mark = arena.Mark;
        all._job(all._state, unit, arena.Take(all._scratch));
        arena.Release(mark);
    }
}
