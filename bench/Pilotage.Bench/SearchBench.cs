using System.Diagnostics;
using Pilotage.Search;

namespace Pilotage.Bench;

/// <summary>Tree search simulations per second on Connect Four, one thread: copy, walk down, add a node, play out at random, walk up.</summary>
public static class SearchBench
{
    private const int Repetitions = 9;
    private const int Simulations = 50_000;

    /// <summary>UCT and PUCT from the empty board.</summary>
    /// <returns>Rates.</returns>
    public static IReadOnlyList<BenchRow> Run() => [.. Measure("UCT", TreeSelection.Uct), .. Measure("PUCT", TreeSelection.Puct)];

    private static IReadOnlyList<BenchRow> Measure(string name, TreeSelection selection)
    {
        var search = new TreeSearch<ConnectFour>(new() { Simulations = Simulations, Selection = selection });
        var random = SeedTree.Root(1).Start();
        for (var i = 0; i < 5; i++) search.Decide(default, ref random);
        var rates = new double[Repetitions];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            search.Decide(default, ref random);
            rates[i] = Simulations / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(rates);
        return
        [
            new($"{name} on Connect Four, median", rates[Repetitions / 2], "simulations/s"), new($"{name} on Connect Four, slowest", rates[0], "simulations/s"),
            new($"{name} on Connect Four, allocated", (double)allocated / Repetitions / Simulations, "bytes/simulation"),
        ];
    }

    // Seven columns of six cells and a sentinel row, as bits; a win is four in a row in one of four directions.
    private struct ConnectFour : IPosition<ConnectFour>
    {
        private const int Height = 7;
        private ulong _own, _all;
        private int _moves;

        public readonly int Players => 2;

        public readonly int ActionLimit => 7;

        public readonly int Player => _moves & 1;

        public readonly bool IsOver => _moves == 42 || HasFour(_own ^ _all);

        public readonly int ListLegal(Span<int> actions)
        {
            var count = 0;
            for (var column = 0; column < 7; column++)
                if ((_all >> column * Height + 5 & 1) == 0) actions[count++] = column;
            return count;
        }

        public void Play(int action, ref Randomness random)
        {
            _own ^= _all;
            _all |= _all + (1UL << action * Height);
            _moves++;
        }

        public readonly void Score(Span<double> returns)
        {
            var last = 1 - Player;
            returns[last] = HasFour(_own ^ _all) ? 1 : 0.5;
            returns[1 - last] = 1 - returns[last];
        }

        public readonly void CopyTo(ref ConnectFour other) => other = this;

        private static bool HasFour(ulong cells)
        {
            foreach (var step in (ReadOnlySpan<int>)[1, Height - 1, Height, Height + 1])
            {
                var pairs = cells & cells >> step;
                if ((pairs & pairs >> 2 * step) != 0) return true;
            }
            return false;
        }
    }
}
