namespace Pilotage.Lab.Sweeps;

/// <summary>The seeds of the verdict. They hang on the choice itself, with every score it rests on, so that nobody can know them before it is made.</summary>
/// <remarks>Whoever looked at a test episode while tuning would have to know the scores of all trials, those that come later included.</remarks>
internal readonly struct TestSeeds
{
    private readonly SeedTree _node;

    private TestSeeds(SeedTree node) => _node = node;

    /// <summary>The seeds that a choice gives.</summary>
    /// <param name="root">The run's root.</param>
    /// <param name="choice">On the disk already.</param>
    public static TestSeeds After(SeedTree root, WrittenChoice choice) => Of(root, choice.Digest);

    /// <summary>The seeds that a test trial's key names: for whoever computes it in another process.</summary>
    /// <param name="root">The run's root.</param>
    /// <param name="digest">Of the written choice.</param>
    public static TestSeeds Of(SeedTree root, string digest) => new(root.Branch("test").Branch(digest));

    /// <summary>The node of a trial, the same for rule, default and choice.</summary>
    /// <param name="seed">From 0.</param>
    public SeedTree Trial(int seed) => _node.Branch(seed);
}
