namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>A candidate to be tried.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Rung">Round of halving, from 0; 0 elsewhere.</param>
/// <param name="Share">Of the whole budget, in (0, 1].</param>
internal sealed record Proposal(Candidate Candidate, int Rung, double Share)
{
    /// <summary>The name of its arm: a candidate on two budgets is two arms.</summary>
    public string Arm => Rung == 0 ? Candidate.Name : FormattableString.Invariant($"{Candidate.Name}.r{Rung}");
}
