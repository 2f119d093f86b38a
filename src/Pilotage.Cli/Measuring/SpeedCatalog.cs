using Pilotage.Systems;
using Pilotage.Workloads.Speeds;

namespace Pilotage.Cli.Measuring;

/// <summary>All that <c>pilotage bench</c> can measure: the library's own work, then each system's that has some.</summary>
internal static class SpeedCatalog
{
    /// <summary>The groups, in the order in which they are measured.</summary>
    /// <param name="systems">The systems on offer.</param>
    public static IReadOnlyList<SpeedGroup> Of(SystemCatalog systems) =>
    [
        EngineSpeed.Group,
        EnvironmentSpeed.Of(() => InstalledEnvironments.All()),
        LearnerSpeed.PpoGroup,
        LearnerSpeed.DqnGroup,
        LearnerSpeed.SacGroup,
        LanguageSpeed.Group,
        .. systems.All.OfType<IMeasurable>().Select(system => system.Speed),
    ];
}
