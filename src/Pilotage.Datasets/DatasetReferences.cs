using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>What a data set is measured against; each may be unknown.</summary>
/// <param name="RandomReturn">Mean return of random play.</param>
/// <param name="ExpertReturn">Mean return of the best policy known.</param>
/// <param name="Coverage">A data set that covers the task, usually a learner's replay.</param>
/// <param name="Bins">What counts as the same state; <see langword="null"/> to choose by how many values each axis has.</param>
public sealed record DatasetReferences(double? RandomReturn = null, double? ExpertReturn = null, TransitionDataset? Coverage = null, CoverageBins? Bins = null);
