using Pilotage.Tensors;

namespace Pilotage.Systems;

/// <summary>A user's own problem.</summary>
/// <param name="Settings">The system's settings record.</param>
/// <param name="Inputs">Paths of the input files, as the user gave them.</param>
/// <param name="Seed">Root of the seed tree.</param>
/// <param name="OutputFolder">Where files are kept; exists and is writable.</param>
public sealed record ApplyRequest(object Settings, IReadOnlyList<string> Inputs, long Seed, string OutputFolder)
{
    /// <summary>Where tensors are computed.</summary>
    public Device Device { get; init; } = Device.Managed;

    /// <summary>Computes what is independent of each other, such as trainings of several candidates.</summary>
    public IApplyParts Parts { get; init; } = new PartsInTurn();

    /// <summary>Told a line for the user before long work begins: what it will take, what was left out.</summary>
    public Action<string> Announce { get; init; } = static _ => { };
}
