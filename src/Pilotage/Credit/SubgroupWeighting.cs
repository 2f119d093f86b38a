namespace Pilotage.Credit;

/// <summary>How the levels of a tree share in the credit of <see cref="SubgroupScores"/>.</summary>
public enum SubgroupWeighting : byte
{
    /// <summary>Each level counts the same.</summary>
    Average,

    /// <summary>A level counts as many times as its subgroup has leaves, so that the whole group weighs most.</summary>
    Size,

    /// <summary>Each level counts the same, the whole group not at all; it stays where a leaf has no other level.</summary>
    NoRoot,
}
