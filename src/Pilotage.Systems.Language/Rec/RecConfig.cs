using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Settings of the system: the laboratory and the regimes of the study.</summary>
[Settings]
public sealed partial record RecConfig : ISettingsRules
{
    /// <summary>Task, policy, warm start and evaluation; its batch is every method's. Four updates a step: with one, fresh answers have ratios of exactly 1 and every mask does nothing.</summary>
    public MiniLabConfig Lab { get; init; } = new() { Steps = 80, Batch = new() { Minibatches = 4 } };

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

    /// <summary>Apply: the member of the family.</summary>
    public RecObjectiveConfig Objective { get; init; } = new();

    /// <summary>Apply: model, data, batch and length of the training.</summary>
    public LanguageApplyConfig Apply { get; init; } = new();

    /// <summary>Apply: iterations between two refreshes of the weights that draw. 1 with no offset: on policy.</summary>
    [Range(1, 1_000_000)]
    public int ApplySyncInterval { get; init; } = 1;

    /// <summary>Apply: further iterations by which a refresh is late.</summary>
    [Range(0, 1_000_000)]
    public int ApplySyncOffset { get; init; }

    /// <summary>Apply: file of logged answers to learn from in the place of fresh ones, as JSON lines with prompt, response, reward and maybe logp. Empty: answers are drawn.</summary>
    public string Logged { get; init; } = "";

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (SyncInterval == 1 && SyncOffset == 0)
            yield return "syncInterval = 1 with syncOffset = 0 is the on-policy regime. Give the lagging regime an interval above 1 or an offset above 0.";
    }
}
