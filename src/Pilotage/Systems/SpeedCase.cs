using Pilotage.Tensors;

namespace Pilotage.Systems;

/// <summary>Work that is done again and again, whose rate says how fast a machine is.</summary>
/// <param name="Name">What is done, at which size; at most 28 characters: <c>CartPole, 64 rows</c>.</param>
/// <param name="Unit">What is counted, and of what: <c>steps/s</c>.</param>
/// <param name="Begin">
/// Makes the work on a device, from fixed seeds. What it gives does it once and says how many units that was: always about the same number, in well below a second.
/// Throws <see cref="UserMistakeException"/> where the machine lacks something that the work needs.
/// </param>
public sealed record SpeedCase(string Name, string Unit, Func<Device, Func<double>> Begin)
{
    /// <summary>Whether it belongs to the short set that speaks for its group.</summary>
    public bool IsShort { get; init; }

    /// <summary>Whether the same work can be done by libtorch, so that a comparison is fair. Work without tensors cannot.</summary>
    public bool RunsOnTorch { get; init; }
}
