namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>Chooses candidates round by round. Sees scores on tuning seeds and nothing else; deterministic in them and in its own seeds.</summary>
internal interface ITuner
{
    /// <summary>What all rounds cost in whole trainings per seed, told before the first; at most.</summary>
    double Cost { get; }

    /// <summary>How many arms all rounds have, at most.</summary>
    int ArmCount { get; }

    /// <summary>The candidates to try next.</summary>
    /// <param name="findings">All that was tried so far, in the order of the proposals.</param>
    /// <returns>Proposals of one round; none when the search is over.</returns>
    IReadOnlyList<Proposal> Next(IReadOnlyList<Finding> findings);
}
