using Pilotage.Language.Generation;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Groups;

/// <summary>Draws groups of independent answers and has them judged: answers to some problems are judged while those to the next are drawn.</summary>
/// <param name="generator">Over the policy that draws; not always the one that learns.</param>
/// <param name="task">Judges.</param>
/// <param name="tokenizer">Of the model and of the task.</param>
/// <param name="sampling">How tokens are drawn. For learning with ratios: temperature above 0; filters make the ratio that of an unfiltered policy.</param>
/// <param name="maximumTokens">Answers are cut there, at least 1.</param>
public sealed class GroupSampler(Generator generator, ITextTask task, ITokenizer tokenizer, SamplingSettings sampling, int maximumTokens)
{
    private const int ResponsesAtOnce = 256;         // wide enough for the generator, small enough that judging starts early

    /// <summary>How tokens are drawn.</summary>
    public SamplingSettings Sampling => sampling;

    /// <summary>Answers are cut there.</summary>
    public int MaximumTokens => maximumTokens;

    /// <summary>Tokens decoded so far.</summary>
    public long DecodedTokens => generator.DecodedTokens;

    /// <summary>Seconds spent drawing so far: with those of a whole iteration it tells drawing from learning. No result depends on it.</summary>
    public double Seconds { get; private set; }

    /// <summary>Draws a group for each problem.</summary>
    /// <param name="problems">What to ask.</param>
    /// <param name="groupSize">Answers to each, at least 1 (K).</param>
    /// <param name="seeds">What draws the answers: the same seeds give the same groups, whatever the batches. Take another branch for each step.</param>
    /// <param name="version">Of the policy that draws; see <see cref="ResponseGroup.Version"/>.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <returns>One for each problem, in order.</returns>
    /// <exception cref="UserMistakeException">The verifier threw.</exception>
    public IReadOnlyList<ResponseGroup> Sample(IReadOnlyList<TextProblem> problems, int groupSize, SeedTree seeds, long version, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 1);
        var groups = new ResponseGroup[problems.Count];
        var atOnce = Math.Max(1, ResponsesAtOnce / groupSize);
        var judging = Task.CompletedTask;
        try
        {
            for (var first = 0; first < problems.Count; first += atOnce)
            {
                var (start, count) = (first, Math.Min(atOnce, problems.Count - first));
                var prompts = new int[count][];
                var requests = new List<GenerationRequest>(count * groupSize);
                for (var i = 0; i < count; i++)
                {
                    prompts[i] = tokenizer.Encode(problems[start + i].Prompt);
                    for (var k = 0; k < groupSize; k++)
                        requests.Add(new(prompts[i], seeds.Branch(start + i).Branch(k), maximumTokens) { EndToken = tokenizer.EndToken });
                }
                var began = TimeProvider.System.GetTimestamp();
                var completions = generator.Generate(requests, sampling, cancellation);
                Seconds += TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                judging.GetAwaiter().GetResult();
                judging = Task.Run(
                    () =>
                    {
                        for (var i = 0; i < count; i++)
                            groups[start + i] = Judge(problems[start + i], prompts[i], completions.Skip(i * groupSize).Take(groupSize), version);
                    }, cancellation);
            }
        }
        finally
        {
            judging.GetAwaiter().GetResult();
        }
        return groups;
    }

    private ResponseGroup Judge(TextProblem problem, int[] prompt, IEnumerable<Completion> completions, long version) =>
        new(problem, prompt, [.. completions.Select(completion => Judge(task, tokenizer, problem, completion))], version);

    /// <summary>Judges one answer: for samplers that draw in another way.</summary>
    /// <param name="task">Judges.</param>
    /// <param name="tokenizer">Of the model and of the task.</param>
    /// <param name="problem">What was asked.</param>
    /// <param name="completion">What was answered.</param>
    /// <returns>The answer with its reward.</returns>
    /// <exception cref="UserMistakeException">The verifier threw, or gave no finite reward.</exception>
    public static GroupResponse Judge(ITextTask task, ITokenizer tokenizer, TextProblem problem, Completion completion)
    {
        var text = tokenizer.Decode(completion.Tokens);
        double reward;
        try
        {
            reward = task.Verify(problem, text);
        }
        catch (Exception failure) when (failure is not (UserMistakeException or RunFailedException or OperationCanceledException))
        {
            throw new UserMistakeException(new Mistake("PIL1850", $"The verifier of {task.Name} failed on the answer '{Shortened(text)}': {failure.Message}", $"problem {problem.Id}",
                "A verifier must give a number for every text, 0 where the text makes no sense.").ToString());
        }
        if (!double.IsFinite(reward))
        {
            throw new UserMistakeException(new Mistake("PIL1851", FormattableString.Invariant($"The verifier of {task.Name} gave the reward {reward} to the answer '{Shortened(text)}'."), $"problem {problem.Id}",
                "Rewards must be finite numbers; usual 0 or 1.").ToString());
        }
        return new(completion.Tokens, completion.LogProbabilities, completion.Reason, (float)reward) { Text = text };
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
