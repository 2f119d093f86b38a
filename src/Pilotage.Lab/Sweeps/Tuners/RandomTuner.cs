using Pilotage.Lab.Sweeps.Search;

namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>The default and candidates drawn from the ranges, in one round. A larger budget draws the same ones first.</summary>
/// <param name="space">The ranges.</param>
/// <param name="start">The default's values.</param>
/// <param name="trials">Candidates in all, the default among them.</param>
/// <param name="seeds">The tuner's node.</param>
internal sealed class RandomTuner(SearchSpace space, IReadOnlyList<string> start, int trials, SeedTree seeds) : ITuner
{
    /// <inheritdoc/>
    public double Cost => trials;

    /// <inheritdoc/>
    public int ArmCount => trials;

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Next(IReadOnlyList<Finding> findings) => findings.Count == 0 ? [.. Candidates(space, start, trials, seeds).Select(candidate => new Proposal(candidate, 0, 1))] : [];

    /// <summary>The default and random candidates, each from a branch of its own.</summary>
    /// <returns>As many as were asked for, or as the space has.</returns>
    public static IEnumerable<Candidate> Candidates(SearchSpace space, IReadOnlyList<string> start, int count, SeedTree seeds)
    {
        var known = new HashSet<string> { space.Name(start) };
        yield return new(0, start);
        for (var index = 1; index < count; index++)
        {
            if (space.Draw(seeds.Branch("candidates").Branch(index), known) is not { } values) yield break;
            known.Add(space.Name(values));
            yield return new(index, values);
        }
    }
}
