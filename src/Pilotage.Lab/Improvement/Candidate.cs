using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Lab.Improvement;

/// <summary>A learner with one choice of settings.</summary>
/// <param name="Algorithm">The learner.</param>
/// <param name="Variant">What is particular to the settings, in a word or two.</param>
/// <param name="Settings">The whole settings record.</param>
/// <param name="Discount">Gamma of the settings, by which rewards are scaled.</param>
internal sealed record Candidate(AlgorithmEntry Algorithm, string Variant, object Settings, double Discount)
{
    /// <summary>The name of its arm where settings are chosen.</summary>
    public string Name => $"{Algorithm.Name} {Variant}";

    /// <summary>Begins a training on observations and rewards of unit scale.</summary>
    /// <param name="make">Makes the raw environment.</param>
    /// <param name="rule">The rule, by whose play the scales are found.</param>
    /// <param name="seeds">The training's node.</param>
    /// <returns>The learner, and its policy for raw observations.</returns>
    public (ILearner Learner, IPolicy Policy) Begin(Func<int, SeedTree, IVectorEnvironment> make, IPolicy rule, SeedTree seeds)
    {
        NormalizedEnvironment? scaled = null;
        var learner = Algorithm.Create(Settings, (rows, node) => scaled = RuleScales.Around(make(rows, node), rule, make, Discount, node), seeds, Device.Managed);
        return (learner, new NormalizedPolicy(learner.Policy, scaled!.Observations!));
    }
}
