using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>Settings of <see cref="Gspo"/>. Defaults: arXiv:2507.18071, section 5.1.</summary>
[Settings]
public sealed partial record GspoConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>How far the length-normalised ratio of an answer may fall below 1 (epsilon_l). Ratios of whole answers vary far less than those of tokens. Usual 1e-4 to 1e-3; the mini-lab takes more, its answers are short.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LowerRadius { get; init; } = 3e-4;

    /// <summary>How far it may rise above 1 (epsilon_h).</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 4e-4;
}
