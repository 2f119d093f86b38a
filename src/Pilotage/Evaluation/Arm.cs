namespace Pilotage.Evaluation;

/// <summary>One competitor of a study.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Kind">The part it plays.</param>
/// <param name="Run">Pure in its trial; thread-safe beside other arms and trials.</param>
public sealed record Arm(string Name, ArmKind Kind, Func<Trial, CancellationToken, IReadOnlyList<Measurement>> Run)
{
    /// <summary>Whether the result does not depend on the seed: such an arm runs once and pairs with every seed.</summary>
    public bool IsDeterministic { get; init; }
}
