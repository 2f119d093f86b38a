namespace Pilotage.Lab.Sweeps;

/// <summary>The only seeds that candidates are tried on before the choice: a branch of the run's tree, of which the test seeds are no part.</summary>
/// <param name="root">The run's root.</param>
internal readonly struct TuningSeeds(SeedTree root)
{
    private readonly SeedTree _node = root.Branch("tuning");

    /// <summary>The tuner's own draws.</summary>
    public SeedTree Tuner => _node.Branch("tuner");

    /// <summary>The node of a trial, the same for all candidates and rounds.</summary>
    /// <param name="seed">From 0.</param>
    public SeedTree Trial(int seed) => _node.Branch(seed);
}
