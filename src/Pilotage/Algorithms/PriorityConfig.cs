using System.ComponentModel.DataAnnotations;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Settings;

namespace Pilotage.Algorithms;

/// <summary>How transitions are drawn from replay. The default draws uniformly.</summary>
[Settings]
public sealed partial record PriorityConfig
{
    /// <summary>How far the size of a transition's last error decides how often it is drawn (alpha). 0: uniform; 1: in proportion, noise is drawn most. arXiv:1511.05952 uses 0.6.</summary>
    [Range(0.0, 1.0)]
    public double Exponent { get; init; }

    /// <summary>How far the loss undoes the unequal drawing at the start (beta); it rises to 1 over the run. Low: biased towards what is surprising; 1: small steps early. The source uses 0.4.</summary>
    [Range(0.0, 1.0)]
    public double InitialImportance { get; init; } = 0.4;

    /// <summary>Makes the replay.</summary>
    /// <param name="capacity">Transitions kept.</param>
    /// <param name="spec">Gives the sizes.</param>
    /// <returns>A uniform replay where the exponent is 0, else a prioritised one.</returns>
    internal IReplay CreateReplay(int capacity, EnvironmentSpec spec) => Exponent == 0 ? new Replay(capacity, spec) : new PrioritizedReplay(capacity, spec, Exponent);

    /// <summary>beta after a share of the run.</summary>
    internal double Importance(double share) => InitialImportance + (1 - InitialImportance) * Math.Min(1, share);
}
