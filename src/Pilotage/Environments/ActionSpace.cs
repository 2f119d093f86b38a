namespace Pilotage.Environments;

/// <summary>What a policy may choose from: one or more discrete choices, a box of real numbers, or both at once.</summary>
public abstract record ActionSpace
{
    private ActionSpace() { }

    /// <summary>How many indices an action has; 0 for a box.</summary>
    public abstract int IndexCount { get; }

    /// <summary>How many real values an action has; 0 for discrete spaces.</summary>
    public abstract int ValueCount { get; }

    /// <summary>Width of a row's legal mask: the sum of all choices' counts; 0 where the space has no mask.</summary>
    public abstract int LegalCount { get; }

    /// <summary>Number of actions of each discrete choice; empty for a box.</summary>
    internal IReadOnlyList<int> ChoiceCounts => this switch
    {
        Discrete one => [one.Count],
        MultiDiscrete several => several.Counts,
        Composite both => both.Choices.Counts,
        _ => [],
    };

    /// <summary>The real numbers' bounds; <see langword="null"/> where there are none.</summary>
    internal Box? Bounds => this switch
    {
        Box box => box,
        Composite both => both.Values,
        _ => null,
    };

    /// <summary>One choice among <paramref name="Count"/> actions.</summary>
    /// <param name="Count">At least 1.</param>
    /// <param name="Masked">Whether the environment may forbid actions in its frames.</param>
    public sealed record Discrete(int Count, bool Masked = false) : ActionSpace
    {
        /// <inheritdoc/>
        public override int IndexCount => 1;

        /// <inheritdoc/>
        public override int ValueCount => 0;

        /// <inheritdoc/>
        public override int LegalCount => Masked ? Count : 0;
    }

    /// <summary>Several choices at once, each among its own number of actions.</summary>
    /// <param name="Counts">One count of at least 1 per choice.</param>
    /// <param name="Masked">Whether the environment may forbid actions in its frames; the mask lists the choices one after the other.</param>
    public sealed record MultiDiscrete(IReadOnlyList<int> Counts, bool Masked = false) : ActionSpace
    {
        /// <inheritdoc/>
        public override int IndexCount => Counts.Count;

        /// <inheritdoc/>
        public override int ValueCount => 0;

        /// <inheritdoc/>
        public override int LegalCount => Masked ? Counts.Sum() : 0;
    }

    /// <summary>A box: each dimension between two finite bounds.</summary>
    /// <param name="Low">Lower bounds, in the environment's own unit.</param>
    /// <param name="High">Upper bounds, above the lower ones.</param>
    public sealed record Box(IReadOnlyList<float> Low, IReadOnlyList<float> High) : ActionSpace
    {
        /// <inheritdoc/>
        public override int IndexCount => 0;

        /// <inheritdoc/>
        public override int ValueCount => Low.Count;

        /// <inheritdoc/>
        public override int LegalCount => 0;
    }

    /// <summary>Discrete choices and a box at once: which machine, and how much of it. Each step takes both.</summary>
    /// <param name="Choices">The discrete part, with its masks; a single choice is a list of one count.</param>
    /// <param name="Values">The real part; it has no mask, so an environment ignores the numbers that a choice does not use.</param>
    public sealed record Composite(MultiDiscrete Choices, Box Values) : ActionSpace
    {
        /// <inheritdoc/>
        public override int IndexCount => Choices.IndexCount;

        /// <inheritdoc/>
        public override int ValueCount => Values.ValueCount;

        /// <inheritdoc/>
        public override int LegalCount => Choices.LegalCount;
    }
}
