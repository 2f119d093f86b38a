namespace Pilotage.Systems.Language.Rec;

/// <summary>The named members of the family, as settings.</summary>
internal static class RecMembers
{
    private static readonly RecObjectiveConfig Plain = new() { Mask = ClipMask.None };

    private static readonly RecObjectiveConfig OneSide = new();

    /// <summary>By name; the numbers are epsilon_l and epsilon_h.</summary>
    public static IReadOnlyDictionary<string, RecObjectiveConfig> All { get; } = new OrderedDictionary<string, RecObjectiveConfig>
    {
        [Reinforce] = Plain,
        [Grpo] = OneSide with { Weight = RatioWeight.Ratio, Standardize = true },
        [OneSideIs] = OneSide with { Weight = RatioWeight.Ratio },
        [OneSideNoIs] = OneSide,
        [OneSideNoIsWide] = OneSide with { LowerRadius = 0.6, UpperRadius = 2 },
        ["twoside-is"] = OneSide with { Mask = ClipMask.TwoSide, Weight = RatioWeight.Ratio },
        ["twoside-nois"] = OneSide with { Mask = ClipMask.TwoSide },
        ["ring-nois"] = OneSide with { Mask = ClipMask.Ring },
        ["gspo-is"] = OneSide with { Mask = ClipMask.AnswerOneSide, Weight = RatioWeight.AnswerRatio, LowerRadius = 3e-4, UpperRadius = 4e-4 },
        ["gspo-nois"] = OneSide with { Mask = ClipMask.AnswerOneSide, LowerRadius = 3e-4, UpperRadius = 4e-4 },
        [Opmd] = Plain with { Regularizer = StepRegularizer.Squared },
        ["opmd-classic"] = Plain with { Baseline = RewardBaseline.LogMeanExp },
        [AsymRe] = Plain with { Regularizer = StepRegularizer.Forward },
        [RedDrop] = Plain with { Drop = true },
        [RedWeight] = Plain with { Weight = RatioWeight.Advantage },
        ["topr"] = Plain with { Weight = RatioWeight.Tapered },
    };

    public const string Reinforce = "reinforce", Grpo = "grpo", OneSideIs = "oneside-is", OneSideNoIs = "oneside-nois", OneSideNoIsWide = "oneside-nois-wide", Opmd = "opmd", AsymRe = "asymre",
        RedDrop = "red-drop", RedWeight = "red-weight";
}
