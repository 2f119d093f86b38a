using System.ComponentModel.DataAnnotations;
using Pilotage.Objectives;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>How far an update may move a token's probability. Defaults: the released code's.</summary>
[Settings]
public sealed partial record ClipConfig
{
    /// <summary>How far the ratio of a bad token may fall below 1 before its gradient stops (epsilon_l). Near 0: no learning. Usual 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double LowerRadius { get; init; } = 0.2;

    /// <summary>How far the ratio of a good token may rise above 1 before its gradient stops (epsilon_h). Near 0: no learning. Usual 0.2-0.28.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 0.2;

    /// <summary>A bad token that has become this many times as likely has no gradient any more. Usual 3.</summary>
    [Range(1.0, 1e6, MinimumIsExclusive = true)]
    public double Bound { get; init; } = 3;

    /// <summary>The loss of each token; see <see cref="DualClip.Terms"/>.</summary>
    internal Tensor Terms(Tensor logRatio, Tensor advantages) => DualClip.Terms(logRatio, advantages, (float)LowerRadius, (float)UpperRadius, (float)Bound);
}
