namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Which cases the rows of a fleet take.</summary>
internal enum CaseOrder
{
    /// <summary>Row i runs case i once and is inactive afterwards: for evaluation.</summary>
    OneEach,

    /// <summary>Each row draws its next case at random: for learning.</summary>
    Drawn,
}
