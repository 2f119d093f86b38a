using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Lab.Comparisons;

/// <summary>A policy that a user named: a run, a policy's folder, <c>heuristic</c> or <c>random</c>.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Policy">Acts on raw observations.</param>
/// <param name="Environment">What it was made for; <see langword="null"/> for rules, which go with any environment of theirs.</param>
/// <param name="Source">Where it comes from; <see langword="null"/> for rules.</param>
/// <param name="Curve">Its learning curve; empty without a run.</param>
public sealed record NamedPolicy(string Name, IPolicy Policy, EnvironmentSpec? Environment, PolicySource? Source, LearningCurve Curve)
{
    /// <summary>Whether it is a rule.</summary>
    public bool IsRule => Source is null && Environment is null;
}
