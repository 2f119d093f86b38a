using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Settings of the tabular learners, one record for all of them.</summary>
[Settings]
public sealed partial record TabularConfig : ISettingsRules
{
    /// <summary>Environment steps in all, over all rows; also the length that exploration's schedule is a share of.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 500_000;

    /// <summary>Rows that play at the same time and share one table. 1 is the textbook; more is parallel learning.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 1;

    /// <summary>Discount per step (gamma). Low: short-sighted; near 1: slow and noisy in long episodes. Usual 0.9-0.99.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.95;

    /// <summary>Step size of an update (alpha). High: noisy values; low: slow. Not used where <see cref="VisitExponent"/> is above 0. Usual 0.05-0.5.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>With a value above 0 the step size is visits^-exponent of the state and action. 0.5-1 converges; 0 keeps <see cref="LearningRate"/>.</summary>
    [Range(0.0, 1.0)]
    public double VisitExponent { get; init; }

    /// <summary>Probability of a uniform legal action at the start (epsilon). Low makes sense with a table that knows something already.</summary>
    [Range(0.0, 1.0)]
    public double InitialExploration { get; init; } = 1;

    /// <summary>Probability of a uniform legal action at the end. 0 stops the learning of other actions. Usual 0.01-0.1.</summary>
    [Range(0.0, 1.0)]
    public double FinalExploration { get; init; } = 0.05;

    /// <summary>Share of the steps over which exploration falls linearly. Usual 0.1-0.5.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ExplorationShare { get; init; } = 0.5;

    /// <summary>Environment steps per row between two looks from outside: figures, checkpoints.</summary>
    [Range(1, 1_000_000)]
    public int IterationSteps { get; init; } = 1000;

    /// <summary>Updates from remembered outcomes after each step. Dyna-Q only. 0 is Q-learning; many trust the model. Usual 5-50.</summary>
    [Range(0, 10_000)]
    public int PlanningSteps { get; init; } = 10;

    /// <summary>Trace decay (lambda). SARSA(lambda) and Q(lambda) only. 0 is SARSA or Q-learning; 1 Monte Carlo. Usual 0.7-0.95.</summary>
    [Range(0.0, 1.0)]
    public double TraceDecay { get; init; } = 0.9;

    /// <summary>Cells of each dimension where observations are cut by a uniform grid. Few: states blur; many: slow. Usual 8-40.</summary>
    [Range(1, 10_000)]
    public int GridCells { get; init; } = 20;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (FinalExploration > InitialExploration) yield return $"finalExploration = {FinalExploration} is above initialExploration = {InitialExploration}. Exploration falls; exchange them or make them equal.";
    }

    /// <summary>Probability of exploring after some steps.</summary>
    internal double Epsilon(long steps) => InitialExploration + (FinalExploration - InitialExploration) * Math.Min(1, steps / (ExplorationShare * Steps));
}
