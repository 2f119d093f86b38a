namespace Pilotage.Language.Trees;

/// <summary>Where a finished path is cut and grown again when a query has no active path left and too few leaves.</summary>
public enum FallbackPolicy : byte
{
    /// <summary>At a border of segments, each equally likely.</summary>
    Random,

    /// <summary>At the border before the token that was least probable.</summary>
    LowestToken,

    /// <summary>At the border before a block of tokens, drawn by a softmax over how improbable its tokens were on average.</summary>
    BlockSoftmax,
}
