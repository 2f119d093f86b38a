namespace Pilotage.Evaluation;

/// <summary>All that an arm may depend on: the same trial gives the same measurements, bit for bit.</summary>
/// <param name="Scale">How much to run.</param>
/// <param name="Seed">Which replication, from 0; arms of the same seed are paired.</param>
/// <param name="Seeds">The replication's seed tree: the same for every arm, so instances and evaluation noise are shared.</param>
public sealed record Trial(Scale Scale, int Seed, SeedTree Seeds);
