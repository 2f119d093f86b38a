using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>What the study measures.</summary>
internal static class HbpoMetrics
{
    /// <summary>Of each test problem, answered greedily: 1 if correct, and tokens; without a budget, and told the smallest one.</summary>
    public const string Accuracy = "accuracy", Tokens = "response_length", ShortAccuracy = "short_accuracy", ShortTokens = "short_response_length";

    /// <summary>How tokens grow with difficulty: those of the hardest level over those of the easiest, slope by level, rank correlation over problems.</summary>
    public const string Adaptivity = "adaptivity", Slope = "adaptivity_slope", RankCorrelation = "adaptivity_spearman";

    /// <summary>Deviation of the lengths of the answers to a training problem, in the last quarter of the training.</summary>
    public const string LengthDeviation = "length_deviation";

    /// <summary>Tokens decoded in training.</summary>
    public const string DecodedTokens = "decoded_tokens";

    /// <summary>Points of curves, by update: share correct, tokens, deviation of lengths.</summary>
    public const string CurveReward = "curve_reward", CurveTokens = "curve_response_length", CurveDeviation = "curve_length_deviation";

    /// <summary>Of each budget in the last quarter of the training: mean reward, tokens, share correct.</summary>
    public const string BudgetReward = "budget_reward", BudgetTokens = "budget_length", BudgetCorrect = "budget_correct";

    /// <summary>What single numbers are measured on.</summary>
    public const string Task = "sums";

    /// <summary>Columns of the table.</summary>
    public static IReadOnlyList<Metric> Table { get; } =
    [
        new(Accuracy, "accuracy", true),
        new(Tokens, "tokens", false),
        new(ShortAccuracy, "accuracy, told the smallest budget", true),
        new(ShortTokens, "tokens, told the smallest budget", false),
        new(Adaptivity, "tokens hardest / easiest", true),
        new(Slope, "tokens a level", true),
        new(RankCorrelation, "Spearman of tokens and level", true),
        new(LengthDeviation, "deviation of lengths in training", true),
        new(DecodedTokens, "tokens decoded", false),
    ];

    /// <summary>A test problem's path: by level.</summary>
    public static string Instance(int level, int index) => FormattableString.Invariant($"{Task}/{level}/{index:D4}");

    /// <summary>A path under the task: an update or a budget.</summary>
    public static string At(long place) => FormattableString.Invariant($"{Task}/{place:D6}");

    /// <summary>Level of a test problem's path.</summary>
    public static int LevelOf(string instance) => instance[Task.Length + 1] - '0';
}
