using Pilotage.Lab.Runs;
using Pilotage.Systems;

namespace Pilotage.Lab.Trials;

/// <summary>Has the parts of an application computed by a pool.</summary>
/// <param name="pool">The workers.</param>
/// <param name="configuration">Of the run; input files are named by their full paths, since workers may stand elsewhere.</param>
public sealed class PooledParts(ITrialPool pool, RunConfiguration configuration) : IApplyParts
{
    /// <summary>How many parts there were; 0 too if the application never asked.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Compute(IReadOnlyList<ApplyPart> parts, Action<int> ended, CancellationToken cancellation)
    {
        var inputs = configuration.Header.Inputs.Select(path => File.Exists(path) || Directory.Exists(path) ? Path.GetFullPath(path) : path);
        var runner = pool.Runner(ApplyTrials.Name, (configuration with { Header = configuration.Header with { Inputs = [.. inputs] } }).ToYaml());
        var (results, failures, done, counting) = (new byte[parts.Count][], new Exception?[parts.Count], 0, new Lock());
        Count = parts.Count;
        ended(0);
        Parallel.For(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = pool.Slots }, (place, loop) =>
        {
            try
            {
                if (cancellation.IsCancellationRequested) return;
                results[place] = runner.Run(parts[place].Name, place, cancellation).Content;
                lock (counting) ended(++done);
            }
            catch (Exception failure)
            {
                failures[place] = failure;
                loop.Stop();
            }
        });
        cancellation.ThrowIfCancellationRequested();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        return results;
    }
}
