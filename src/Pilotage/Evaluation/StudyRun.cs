namespace Pilotage.Evaluation;

/// <summary>How a study is run. None of it but scale and seeds changes a result.</summary>
public sealed record StudyRun
{
    /// <summary>How much is run.</summary>
    public Scale Scale { get; init; } = Scale.Laptop;

    /// <summary>Root of all trials' randomness; trial i gets its branch i, whatever the arm.</summary>
    public SeedTree Seeds { get; init; } = SeedTree.Root(0);

    /// <summary>How many trials run at once, at least 1. Each may use threads of its own.</summary>
    public int MaximumParallelism { get; init; } = 1;

    /// <summary>Computes the trials; <see langword="null"/> computes them here, on the threads of the run.</summary>
    public ITrialRunner? Runner { get; init; }

    /// <summary>Where finished trials are kept; <see langword="null"/> keeps none.</summary>
    public ITrialStore? Store { get; init; }

    /// <summary>Told when a trial starts and when it ends, by the thread that runs it, one call at a time.</summary>
    public IProgress<StudyProgress>? Progress { get; init; }
}
