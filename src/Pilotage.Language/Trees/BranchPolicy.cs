namespace Pilotage.Language.Trees;

/// <summary>How a query's branching budget is shared out among its active paths.</summary>
public enum BranchPolicy : byte
{
    /// <summary>The same for each, what is left over to the last.</summary>
    Uniform,

    /// <summary>More for paths whose last segment was improbable.</summary>
    LowProbability,

    /// <summary>More for paths whose last segment was probable.</summary>
    HighProbability,
}
