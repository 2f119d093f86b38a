namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>How a rule tells that a host is overloaded.</summary>
internal enum OverloadKind
{
    /// <summary>Utilisation above a constant.</summary>
    Static,

    /// <summary>Above 1 - 2.5 x the median absolute deviation of the last hour.</summary>
    Mad,

    /// <summary>Above 1 - 1.5 x the interquartile range of the last hour.</summary>
    Iqr,

    /// <summary>Nothing ever moves: what the first placement is worth.</summary>
    Never,
}
