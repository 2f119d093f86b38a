namespace Pilotage.Search;

/// <summary>How a simulation chooses among actions that it has tried.</summary>
public enum TreeSelection
{
    /// <summary>Mean return plus c sqrt(ln N / n): needs no priors.</summary>
    Uct,

    /// <summary>Mean return plus c P sqrt(N) / (1 + n): for priors of a network or a rule.</summary>
    Puct,
}
