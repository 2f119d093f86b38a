namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Which quantile of the demand over the lead time a store orders up to.</summary>
internal enum QuantileRule
{
    /// <summary>p / (p + h): the newsvendor's ratio.</summary>
    Ratio,

    /// <summary>One trained level for all series.</summary>
    Fixed,

    /// <summary>A trained function of the newsvendor's ratio.</summary>
    Transformed,
}
