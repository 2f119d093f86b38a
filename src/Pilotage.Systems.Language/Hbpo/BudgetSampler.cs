using System.Globalization;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Draws groups of answers in subgroups of one size, each told another budget; an answer that is cut off counts as wrong.</summary>
/// <param name="generator">Over the policy.</param>
/// <param name="task">Judges.</param>
/// <param name="tokenizer">Of the model.</param>
/// <param name="sampling">How tokens are drawn.</param>
/// <param name="maximumTokens">L_max: answers are cut there.</param>
/// <param name="text">How a budget is told.</param>
internal sealed class BudgetSampler(Generator generator, ITextTask task, ITokenizer tokenizer, SamplingSettings sampling, int maximumTokens, BudgetText text)
{
    private const int ResponsesAtOnce = 256;

    /// <summary>How tokens are drawn.</summary>
    public SamplingSettings Sampling => sampling;

    /// <summary>Tokens decoded so far.</summary>
    public long DecodedTokens => generator.DecodedTokens;

    /// <summary>Seconds spent drawing so far. No result depends on it.</summary>
    public double Seconds { get; private set; }

    /// <summary>Draws a group for each problem.</summary>
    /// <param name="problems">What to ask.</param>
    /// <param name="budgets">One for each subgroup; <see langword="null"/> for one subgroup that is told nothing.</param>
    /// <param name="groupSize">Answers to each problem, a multiple of the subgroups.</param>
    /// <param name="seeds">What draws the answers.</param>
    /// <param name="version">Of the policy that draws.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <returns>One for each problem, answers subgroup by subgroup; the budget is their tag and its text their lead, rewards are the verifier's.</returns>
    public IReadOnlyList<ResponseGroup> Sample(IReadOnlyList<TextProblem> problems, IReadOnlyList<int>? budgets, int groupSize, SeedTree seeds, long version, CancellationToken cancellation = default)
    {
        var subgroups = budgets?.Count ?? 1;
        if (groupSize < 1 || groupSize % subgroups != 0) throw new ArgumentException($"BudgetSampler: {groupSize} answers do not divide into {subgroups} subgroups of one size.", nameof(groupSize));
        var leads = budgets is null ? [[]] : budgets.Select(budget => tokenizer.Encode(text.Of(budget))).ToArray();
        var groups = new ResponseGroup[problems.Count];
        var atOnce = Math.Max(1, ResponsesAtOnce / groupSize);
        for (var first = 0; first < problems.Count; first += atOnce)
        {
            var count = Math.Min(atOnce, problems.Count - first);
            int[][] prompts = [.. Enumerable.Range(first, count).Select(i => tokenizer.Encode(problems[i].Prompt))];
            var requests = new List<GenerationRequest>(count * groupSize);
            for (var i = 0; i < count; i++)
            {
                for (var k = 0; k < groupSize; k++)
                    requests.Add(new((int[])[.. prompts[i], .. leads[k * subgroups / groupSize]], seeds.Branch(first + i).Branch(k), maximumTokens) { EndToken = tokenizer.EndToken });
            }
            var began = TimeProvider.System.GetTimestamp();
            var completions = generator.Generate(requests, sampling, cancellation);
            Seconds += TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            for (var i = 0; i < count; i++)
            {
                var problem = problems[first + i];
                groups[first + i] = new(problem, prompts[i], [.. Enumerable.Range(0, groupSize).Select(k => Judged(problem, completions[i * groupSize + k], k * subgroups / groupSize))], version);
            }
        }
        return groups;

        GroupResponse Judged(TextProblem problem, Completion completion, int subgroup)
        {
            var response = GroupSampler.Judge(task, tokenizer, problem, completion);
            return response with
            {
                Reward = completion.Reason == FinishReason.Length ? 0 : response.Reward,
                Lead = leads[subgroup],
                Tag = budgets?[subgroup].ToString(CultureInfo.InvariantCulture) ?? "",
            };
        }
    }
}
