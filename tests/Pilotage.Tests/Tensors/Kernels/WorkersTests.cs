using Pilotage.Tensors.Kernels;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Tensors.Kernels;

/// <summary>Every chunk once, on whatever thread; failures come back; a call allocates nothing.</summary>
public sealed unsafe class WorkersTests
{
    private const int Chunks = 97;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Run_ManyTimes_DoesEveryChunkOnce(int threads)
    {
        using var workers = new Workers(threads);
        using var scratch = new Arena();
        var counts = stackalloc int[Chunks];
        for (var call = 1; call <= 2000; call++)
        {
            workers.Run(&Count, counts, Chunks, scratch);
            for (var chunk = 0; chunk < Chunks; chunk++) Assert.Equal(call, counts[chunk]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_FewChunks_DoesThem(int chunks)
    {
        using var workers = new Workers(4);
        using var scratch = new Arena();
        var counts = stackalloc int[Chunks];
        workers.Run(&Count, counts, chunks, scratch);
        for (var chunk = 0; chunk < Chunks; chunk++) Assert.Equal(chunk < chunks ? 1 : 0, counts[chunk]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void RunAside_BesideCalls_IsDoneOnceByAnotherThreadWhileCallsGoOn(int threads)
    {
        using var workers = new Workers(threads);
        using var scratch = new Arena();
        var counts = stackalloc int[Chunks];
        var work = new Noted();
        for (var call = 1; call <= 500; call++)
        {
            workers.RunAside(work);
            workers.Run(&Count, counts, Chunks, scratch);
            for (var chunk = 0; chunk < Chunks; chunk++) Assert.Equal(call, counts[chunk]);
            Assert.True(SpinWait.SpinUntil(() => work.Done == call, TimeSpan.FromSeconds(30)), $"{work.Done} of {call}");
        }
        Assert.NotEqual(Environment.CurrentManagedThreadId, work.Thread);
    }

    private sealed class Noted : IThreadPoolWorkItem
    {
        private int _done;

        public int Done => Volatile.Read(ref _done);

        public int Thread { get; private set; }

        public void Execute()
        {
            Thread = Environment.CurrentManagedThreadId;
            Interlocked.Increment(ref _done);
        }
    }

    [Fact]
    public void Run_FailingChunk_ThrowsItAndWorksAgain()
    {
        using var workers = new Workers(3);
        using var scratch = new Arena();
        var counts = stackalloc int[Chunks];
        for (var call = 0; call < 20; call++)
        {
            var message = "";
            try
            {
                workers.Run(&Fail, counts, Chunks, scratch);
            }
            catch (RunFailedException error)
            {
                message = error.Message;
            }
            Assert.Contains("chunk 5", message, StringComparison.Ordinal);
        }
        workers.Run(&Count, counts, Chunks, scratch);
        for (var chunk = 0; chunk < Chunks; chunk++) Assert.True(counts[chunk] >= 1);
    }

    [Fact]
    public void Run_FromSeveralThreadsAtOnce_DoesEveryonesChunks()
    {
        using var workers = new Workers(2);
        var wrong = 0;
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            using var scratch = new Arena();
            var counts = stackalloc int[Chunks];
            for (var call = 1; call <= 300; call++)
            {
                workers.Run(&Count, counts, Chunks, scratch);
                for (var chunk = 0; chunk < Chunks; chunk++)
                    if (counts[chunk] != call) Interlocked.Increment(ref wrong);
            }
        })).ToArray();
        foreach (var caller in callers) caller.Start();
        foreach (var caller in callers) caller.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Run_InSteadyState_AllocatesNothing()
    {
        using var workers = new Workers(2);
        using var scratch = new Arena();
        var counts = stackalloc int[Chunks];
        Assert.Equal(0, Allocations.Fewest(() => workers.Run(&Count, counts, Chunks, scratch), repetitions: 100, warmUp: 100));
    }

    private static void Count(void* state, int chunk, Arena scratch) => Interlocked.Increment(ref ((int*)state)[chunk]);

    private static void Fail(void* state, int chunk, Arena scratch)
    {
        if (chunk == 5) throw new RunFailedException("chunk 5");
        Interlocked.Increment(ref ((int*)state)[chunk]);
    }
}
