using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;

namespace Pilotage.Language.Evaluation;

/// <summary>What several answers to one problem say of a policy.</summary>
public static class AnswerRates
{
    /// <summary>Chance that at least one of k answers is correct, without bias: 1 - C(n - c, k) / C(n, k).</summary>
    /// <param name="k">Answers that one may give, at least 1; held to n.</param>
    /// <param name="n">Answers drawn, at least 1.</param>
    /// <param name="c">Correct ones among them, in [0, n].</param>
    /// <returns>In [0, 1]; with k = 1 the share of correct answers.</returns>
    /// <exception cref="ArgumentException">The counts do not fit.</exception>
    /// <remarks>arXiv:2107.03374, eq. 1, as a product of k factors below 1: no binomial is formed, so any n will do.</remarks>
    public static double PassAt(int k, int n, int c)
    {
        if (k < 1 || n < 1 || c < 0 || c > n) throw new ArgumentException($"AnswerRates: {c} of {n} answers correct, {k} allowed; wanted at least 1 drawn and allowed, and 0 to {n} correct.", nameof(c));
        var (miss, most) = (1.0, Math.Min(k, n));
        for (var i = 0; i < most; i++) miss *= Math.Max(0, n - c - i) / (double)(n - i);
        return 1 - miss;
    }

    /// <summary>Share of votes of k answers that elect a correct one: the most frequent answer wins, equally frequent ones share the vote.</summary>
    /// <param name="k">Answers of a vote, at least 1; held to their number. The answers are cut into votes of k in their order, and a rest is left out.</param>
    /// <param name="answers">What each answer says, in a form that makes equal ones equal: the text in the box, not the way there.</param>
    /// <param name="correct">Whether each is correct, as many.</param>
    /// <returns>In [0, 1]; with k = 1 the share of correct answers.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there is no answer, or k is below 1.</exception>
    /// <remarks>arXiv:2203.11171 (self-consistency), known as maj@k.</remarks>
    public static double MajorityAt(int k, IReadOnlyList<string> answers, IReadOnlyList<bool> correct)
    {
        if (k < 1 || answers.Count == 0 || answers.Count != correct.Count)
            throw new ArgumentException($"AnswerRates: votes of {k} over {answers.Count} answers and {correct.Count} judgements; wanted as many of both, at least 1, and votes of at least 1.", nameof(answers));
        var size = Math.Min(k, answers.Count);
        var (elected, votes) = (0.0, answers.Count / size);
        for (var vote = 0; vote < votes; vote++)
        {
            var said = Enumerable.Range(vote * size, size).GroupBy(i => answers[i], StringComparer.Ordinal).ToArray();
            var most = said.Max(group => group.Count());
            elected += said.Where(group => group.Count() == most).Average(group => group.Average(i => correct[i] ? 1.0 : 0));
        }
        return elected / votes;
    }

    /// <summary>How many different solutions are among the correct answers.</summary>
    /// <param name="task">Says which are the same.</param>
    /// <param name="group">Answers to one of its problems; correct with a reward above 0.</param>
    /// <returns>At most the correct answers.</returns>
    public static int DistinctSolutions(IGeneratedTask task, ResponseGroup group) =>
        group.Responses.Where(response => response.Reward > 0).Select(response => task.SolutionKey(group.Problem, response.Text)).Distinct(StringComparer.Ordinal).Count();
}
