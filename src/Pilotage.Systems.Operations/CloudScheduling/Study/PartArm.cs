using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A competitor in one part of the study. Those of one name in several parts are one arm of the study.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Kind">Rule, baseline or learner.</param>
/// <param name="Run">Trains where there is something to train, and measures.</param>
internal sealed record PartArm(string Name, ArmKind Kind, Func<SeedTree, CancellationToken, IEnumerable<Measurement>> Run);
