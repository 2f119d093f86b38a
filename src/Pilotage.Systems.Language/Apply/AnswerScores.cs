using Pilotage.Evaluation.Statistics;
using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.Apply;

/// <summary>What a model answered to problems that it did not learn from.</summary>
/// <param name="Groups">One for each problem.</param>
internal sealed record AnswerScores(IReadOnlyList<ResponseGroup> Groups)
{
    /// <summary>Share of right answers of each problem: those with a reward of at least 1.</summary>
    public double[] Right { get; } = [.. Groups.Select(group => group.Responses.Average(response => response.Reward >= 1 ? 1.0 : 0))];

    /// <summary>Share of problems that one of the answers solves.</summary>
    public double Solved => Right.Average(share => share > 0 ? 1.0 : 0);

    /// <summary>Mean over all answers.</summary>
    public double Reward => Groups.Average(group => group.Responses.Average(response => (double)response.Reward));

    /// <summary>Mean tokens of an answer.</summary>
    public double Length => Groups.Average(group => group.Responses.Average(response => (double)response.Tokens.Length));

    /// <summary>Mean of a number for each problem, with its interval of 95 %.</summary>
    public static (double Mean, Interval Bounds) Described(double[] values) => (values.Average(), Inference.ToDescribe(values, Inference.DefaultSeeds).Bounds(0.025));
}
