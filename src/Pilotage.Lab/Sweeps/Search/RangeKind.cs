namespace Pilotage.Lab.Sweeps.Search;

/// <summary>How the values of a range lie.</summary>
internal enum RangeKind
{
    /// <summary>Some values, named one by one.</summary>
    List,

    /// <summary>Evenly between two numbers.</summary>
    Linear,

    /// <summary>Evenly in the logarithm: as many between 0.001 and 0.01 as between 0.01 and 0.1.</summary>
    Log,
}
