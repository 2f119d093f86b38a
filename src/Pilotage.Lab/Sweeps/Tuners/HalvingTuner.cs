using Pilotage.Lab.Sweeps.Search;

namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>Successive halving: all candidates on a small budget, the best of them on eta times as much, up to the whole budget.</summary>
/// <remarks>
/// arXiv:1502.07943, Algorithm 1, with eta for 2, as in Hyperband (arXiv:1603.06560). By rounds: ASHA (arXiv:1810.05934) promotes whoever is done first, which no run repeats.
/// n candidates of the first of k rounds cost n / eta^(k-1) whole trainings in each round, so n = B eta^(k-1) / k spends a budget of B. A promoted candidate is
/// trained anew: schedules (step size, exploration) run over the whole budget, so a training cut short is not the beginning of a longer one.
/// </remarks>
internal sealed class HalvingTuner : ITuner
{
    private readonly int _eta;
    private readonly int _rounds;
    private readonly int[] _sizes;
    private readonly List<Candidate> _candidates;

    /// <param name="space">The ranges.</param>
    /// <param name="start">The default's values.</param>
    /// <param name="trials">Budget in whole trainings (B).</param>
    /// <param name="eta">Growth of the budget, at least 2.</param>
    /// <param name="rounds">Rounds (k), at least 2.</param>
    /// <param name="seeds">The tuner's node.</param>
    public HalvingTuner(SearchSpace space, IReadOnlyList<string> start, int trials, int eta, int rounds, SeedTree seeds)
    {
        (_eta, _rounds) = (eta, rounds);
        _candidates = [.. RandomTuner.Candidates(space, start, SizesOf(trials, eta, rounds)[0], seeds)];
        _sizes = Sizes(_candidates.Count, eta, rounds);
    }

    /// <inheritdoc/>
    public double Cost => Enumerable.Range(0, _rounds).Sum(rung => _sizes[rung] * ShareOf(rung, _eta, _rounds));

    /// <inheritdoc/>
    public int ArmCount => _sizes.Sum();

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Next(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return [.. _candidates.Select(candidate => new Proposal(candidate, 0, ShareOf(0, _eta, _rounds)))];
        var rung = findings[^1].Proposal.Rung + 1;
        if (rung == _rounds) return [];
        var promoted = Finding.Ranked(findings.Where(finding => finding.Proposal.Rung == rung - 1)).Take(_sizes[rung]).Where(finding => !finding.IsFailed);
        return [.. promoted.Select(finding => new Proposal(finding.Proposal.Candidate, rung, ShareOf(rung, _eta, _rounds))).OrderBy(proposal => proposal.Candidate.Index)];
    }

    /// <summary>How many candidates each round has within a budget.</summary>
    /// <param name="trials">Budget in whole trainings.</param>
    /// <param name="eta">Growth of the budget.</param>
    /// <param name="rounds">Rounds.</param>
    public static int[] SizesOf(int trials, int eta, int rounds) => Sizes((int)Math.Max(1, trials * Power(eta, rounds - 1) / rounds), eta, rounds);

    /// <summary>The part of the whole budget that a round runs on.</summary>
    public static double ShareOf(int rung, int eta, int rounds) => 1.0 / Power(eta, rounds - 1 - rung);

    private static int[] Sizes(int first, int eta, int rounds) => [.. Enumerable.Range(0, rounds).Select(rung => (int)Math.Max(1, first / Power(eta, rung)))];

    private static long Power(int eta, int exponent) => exponent == 0 ? 1 : eta * Power(eta, exponent - 1);
}
