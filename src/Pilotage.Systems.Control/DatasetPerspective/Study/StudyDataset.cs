using Pilotage.Experience.Datasets;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>A data set of the study with its measures.</summary>
/// <param name="Path">Instance path: <c>cartpole/expert</c>.</param>
/// <param name="Data">The transitions.</param>
/// <param name="Quality">TQ.</param>
/// <param name="Coverage">SACo.</param>
/// <param name="LogCoverage">lSACo.</param>
/// <param name="Run">The behaviour that it comes from.</param>
internal sealed record StudyDataset(string Path, TransitionDataset Data, double Quality, double Coverage, double LogCoverage, BehaviourRun Run);
