using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>Settings of the system: the learner, and what the study compares.</summary>
[Settings]
public sealed partial record GbpoSystemConfig : ISettingsRules
{
    /// <summary>The method. In the study its batch is the laboratory's but for the epochs, and both radii are the study's.</summary>
    public GbpoConfig Learner { get; init; } = new();

    /// <summary>The laboratory of the study.</summary>
    public MiniLabConfig Lab { get; init; } = new() { Steps = 40 };

    /// <summary>Radius of the band of GBPO, and clip radius of GRPO: the same for both.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Radius { get; init; } = 0.4;

    /// <summary>Passes over each batch in the arms that use it many times; the others make one.</summary>
    [Range(2, 1000)]
    public int Epochs { get; init; } = 8;

    /// <summary>What apply trains, on your problems.</summary>
    public LanguageApplyConfig Apply { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => Learner.Problems();
}
