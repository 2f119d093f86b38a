namespace Pilotage.Lab.Sweeps;

/// <summary>What a sweep costs, known before it starts.</summary>
/// <param name="Candidates">Candidates that are tried, on any budget; at most.</param>
/// <param name="Trainings">The search in whole trainings per seed.</param>
/// <param name="TuningSeeds">Seeds that each candidate is tried on.</param>
/// <param name="TestSeeds">Seeds of the verdict: two trainings on each.</param>
public sealed record SweepCost(int Candidates, double Trainings, int TuningSeeds, int TestSeeds)
{
    /// <summary>Whole trainings of the search, over all seeds.</summary>
    public double Search => Trainings * TuningSeeds;

    /// <summary>Whole trainings of the verdict: default and choice on each test seed.</summary>
    public double Verdict => 2 * TestSeeds;

    /// <summary>All trials, those of the rule and on a part of the budget too; at most.</summary>
    public int Trials => (Candidates + 1) * TuningSeeds + 3 * TestSeeds;

    /// <summary>All whole trainings.</summary>
    public double Total => Search + Verdict;
}
