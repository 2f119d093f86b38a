using Pilotage.Algorithms.Tabular;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="UniformGrid"/>.</summary>
/// <param name="Low">Lower bounds, one per number of the observation.</param>
/// <param name="High">Upper bounds.</param>
/// <param name="Cells">Cells of each dimension; the last dimension runs fastest.</param>
public sealed record GridDescriptor(IReadOnlyList<float> Low, IReadOnlyList<float> High, IReadOnlyList<int> Cells)
{
    internal UniformGrid Build(int observationSize, PolicyWeights weights)
    {
        var fits = Low.Count == observationSize && High.Count == observationSize && Cells.Count == observationSize
            && Cells.All(count => count >= 1) && Low.Zip(High).All(bounds => bounds.First < bounds.Second);
        return fits ? new([.. Low], [.. High], [.. Cells])
            : throw weights.Unfit($"the grid needs bounds low < high and at least 1 cell for each of {observationSize} numbers of the observation");
    }
}
