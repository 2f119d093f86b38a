using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Settings of the system: the laboratory and the regimes of the study.</summary>
[Settings]
public sealed partial record RecConfig : ISettingsRules
{
    /// <summary>Task, policy, warm start and evaluation; its batch is every method's.</summary>
    public MiniLabConfig Lab { get; init; } = new();

    /// <summary>Updates between two refreshes of the weights that draw, in the regime that lags.</summary>
    [Range(1, 1_000_000)]
    public int SyncInterval { get; init; } = 10;

    /// <summary>Further updates by which a refresh is late, in the regime that lags.</summary>
    [Range(0, 1_000_000)]
    public int SyncOffset { get; init; } = 10;

    /// <summary>Problems of the offline regime, answered by the warm start (paper scale).</summary>
    [Range(1, 1_000_000)]
    public int OfflineProblems { get; init; } = 2000;

    /// <summary>Passes over them.</summary>
    [Range(1, 1000)]
    public int OfflineEpochs { get; init; } = 4;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (SyncInterval == 1 && SyncOffset == 0)
            yield return "syncInterval = 1 with syncOffset = 0 is the on-policy regime. Give the lagging regime an interval above 1 or an offset above 0.";
    }
}
