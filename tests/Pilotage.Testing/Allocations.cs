namespace Pilotage.Testing;

/// <summary>Counts managed bytes of a piece of code in steady state.</summary>
public static class Allocations
{
    /// <summary>The fewest bytes that a window of repetitions allocated on this thread, over up to ten windows after a warm-up.</summary>
    /// <remarks>A window may meet a garbage collection that empties the shared pools, or a method compiled anew; code that allocates at each repetition does so in every window.</remarks>
    public static long Fewest(Action run, int repetitions = 10, int warmUp = 20)
    {
        for (var i = 0; i < warmUp; i++) run();
        var fewest = long.MaxValue;
        for (var window = 0; window < 10 && fewest > 0; window++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < repetitions; i++) run();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return fewest;
    }
}
