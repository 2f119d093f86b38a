using Pilotage.Tensors;

namespace Pilotage.Experience;

/// <summary>Weights that act or value, and the number of the update that made them.</summary>
/// <param name="Version">Updates made so far: with the run it says which bits these are.</param>
/// <param name="Weights">Live.</param>
internal readonly record struct WeightVersion(long Version, Parameters Weights);
