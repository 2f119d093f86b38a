namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Sequences like a user's: as many jobs, drawn from theirs with replacement, and the gaps between arrivals in another order.</summary>
internal sealed class UserWorld(ClusterProblem problem, ClusterRules rules) : IClusterWorld
{
    /// <inheritdoc/>
    public ClusterRules Rules => rules;

    /// <inheritdoc/>
    public IReadOnlyList<Machine> Machines => problem.Machines;

    /// <inheritdoc/>
    public double TimeScale { get; } = problem.Ideal.Average();

    /// <inheritdoc/>
    public ClusterProblem Draw(ref Randomness random)
    {
        var gaps = new double[problem.Jobs.Count - 1];
        for (var i = 0; i < gaps.Length; i++) gaps[i] = problem.Jobs[i + 1].Arrival - problem.Jobs[i].Arrival;
        random.Shuffle(gaps.AsSpan());
        var jobs = new Job[problem.Jobs.Count];
        var now = 0.0;
        for (var i = 0; i < jobs.Length; i++)
        {
            if (i > 0) now += gaps[i - 1];
            var like = problem.Jobs[random.NextInt(problem.Jobs.Count)];
            jobs[i] = like with { Name = FormattableString.Invariant($"{i + 1}"), Arrival = now, Deadline = like.Deadline - like.Arrival + now };
        }
        return ClusterProblem.Create(problem.Machines, jobs);
    }
}
