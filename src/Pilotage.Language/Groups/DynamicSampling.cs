namespace Pilotage.Language.Groups;

/// <summary>Draws until enough groups have answers of different rewards.</summary>
/// <remarks>arXiv:2503.14476 (DAPO), section 3.2. Groups of equal rewards carry no credit; without them every update has the same number of informative groups.</remarks>
public static class DynamicSampling
{
    /// <summary>Draws groups for new problems until enough are informative, or a number of rounds has passed.</summary>
    /// <param name="sampler">Draws.</param>
    /// <param name="problems">Where problems come from; as many are taken in each round as groups are still wanted.</param>
    /// <param name="wanted">Groups.</param>
    /// <param name="groupSize">Answers of each.</param>
    /// <param name="rounds">Most rounds, at least 1.</param>
    /// <param name="seeds">What draws the answers; another branch for each step.</param>
    /// <param name="version">Of the policy that draws.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <returns>The informative groups, in the order drawn, and how many were drawn in all. No groups at all only if every one was level.</returns>
    public static (IReadOnlyList<ResponseGroup> Groups, int Drawn) Sample(GroupSampler sampler, ProblemStream problems, int wanted, int groupSize, int rounds, SeedTree seeds, long version, CancellationToken cancellation = default)
    {
        var groups = new List<ResponseGroup>(wanted);
        var drawn = 0;
        for (var round = 0; round < rounds && groups.Count < wanted; round++)
        {
            var batch = sampler.Sample(problems.Take(wanted - groups.Count), groupSize, seeds.Branch(round), version, cancellation);
            drawn += batch.Count;
            groups.AddRange(batch.Where(group => !group.IsLevel));
        }
        return (groups, drawn);
    }
}
