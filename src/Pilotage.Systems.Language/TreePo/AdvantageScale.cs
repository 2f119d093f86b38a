namespace Pilotage.Systems.Language.TreePo;

/// <summary>What is done to advantages before they are learned from.</summary>
public enum AdvantageScale : byte
{
    /// <summary>Mean 0 and deviation 1 over all response tokens of the batch: the authors' code.</summary>
    BatchWhiten,

    /// <summary>Deviation 1 over all response tokens of the batch: the paper's text.</summary>
    DeviationOnly,

    /// <summary>Nothing.</summary>
    None,
}
