namespace Pilotage;

/// <summary>A node of the tree of seeds: every use of randomness hangs on a branch of its own, named or numbered.</summary>
/// <remarks>
/// A branch's key is a keyed hash of its parent's key and its name, so adding a branch never moves another one's numbers, and training,
/// validation and evaluation never share a stream. Immutable; sixteen draws or a billion on one branch leave the others as they are.
/// </remarks>
/// <param name="Key">Identifies the node; two nodes with the same key are the same node.</param>
public readonly record struct SeedTree(ulong Key)
{
    /// <summary>Parameters of networks and tables.</summary>
    public SeedTree Initialisation => Branch("initialisation");

    /// <summary>Sampling of actions while learning, exploration included.</summary>
    public SeedTree Actions => Branch("actions");

    /// <summary>Order of minibatches and draws from replay.</summary>
    public SeedTree Shuffle => Branch("shuffle");

    /// <summary>Environments that a learner learns from; take a numbered branch for each row.</summary>
    public SeedTree Environments => Branch("environments");

    /// <summary>Choosing among checkpoints or settings; never for training, never for the final figures.</summary>
    public SeedTree Validation => Branch("validation");

    /// <summary>The final figures, and nothing else.</summary>
    public SeedTree Evaluation => Branch("evaluation");

    /// <summary>The root of a run.</summary>
    /// <param name="seed">What the user typed.</param>
    /// <returns>The root node.</returns>
    public static SeedTree Root(long seed) => new(Randomness.Block((ulong)seed, 0, 0x50494C4F54414745));

    /// <summary>A named child.</summary>
    /// <param name="name">Any text; equal names give equal branches.</param>
    /// <returns>The child.</returns>
    public SeedTree Branch(string name)
    {
        var hash = 0xCBF29CE484222325;                                  // FNV-1a, 64 bit
        foreach (var character in name) hash = (hash ^ character) * 0x100000001B3;
        return new(Randomness.Block(hash, 1, Key));
    }

    /// <summary>A numbered child, apart from all named ones.</summary>
    /// <param name="index">Any integer.</param>
    /// <returns>The child.</returns>
    public SeedTree Branch(int index) => new(Randomness.Block((uint)index, 2, Key));

    /// <summary>The key, for debuggers and failed tests. A record prints its properties, and this one's are nodes without end.</summary>
    /// <returns>The key in hexadecimal.</returns>
    public override string ToString() => FormattableString.Invariant($"SeedTree {Key:x16}");

    /// <summary>The stream of random numbers of this node.</summary>
    /// <returns>The stream at its first draw.</returns>
    public Randomness Start() => new(Key);
}
