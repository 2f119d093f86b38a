using System.Collections.Concurrent;
using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>The data of each trial, made once for all arms of its seed: they depend on the trial alone.</summary>
/// <param name="environments">Of the study.</param>
/// <param name="transitions">N.</param>
internal sealed class BehaviourRuns(IReadOnlyList<StudyEnvironment> environments, int transitions)
{
    private readonly ConcurrentDictionary<SeedTree, Lazy<IReadOnlyList<BehaviourRun>>> _made = new();

    /// <summary>The runs of a trial.</summary>
    /// <param name="trial">Gives the seeds.</param>
    /// <param name="cancellation">Stops between two iterations; what was half made is made anew the next time.</param>
    /// <returns>One run an environment, in their order.</returns>
    public IReadOnlyList<BehaviourRun> Of(Trial trial, CancellationToken cancellation)
    {
        var made = _made.GetOrAdd(trial.Seeds, seeds => new(() =>
            [.. environments.Select(environment => BehaviourRun.Make(environment, transitions, seeds.Branch("behaviour").Branch(environment.Path), cancellation))]));
        try
        {
            return made.Value;
        }
        catch (OperationCanceledException)
        {
            _made.TryRemove(trial.Seeds, out _);
            throw;
        }
    }
}
