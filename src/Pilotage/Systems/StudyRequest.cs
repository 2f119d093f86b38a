using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems;

/// <summary>What a user asked a study to be.</summary>
/// <param name="Settings">The system's settings record.</param>
/// <param name="Scale">How much to run.</param>
/// <param name="SeedCount">Seeds per arm; <see langword="null"/> for the scale's own number.</param>
/// <param name="DataFolder">Folder of real data; <see langword="null"/> for generated data.</param>
public sealed record StudyRequest(object Settings, Scale Scale, int? SeedCount, string? DataFolder)
{
    /// <summary>Where tensors are computed.</summary>
    public Device Device { get; init; } = Device.Managed;
}
