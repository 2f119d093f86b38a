using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Supervised;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Apply;

/// <summary>Teaches a small model the answers of a user's training problems, until it is right sometimes.</summary>
internal static class DataWarmStart
{
    private const int ValidationProblems = 200;

    /// <summary>Trains.</summary>
    /// <param name="task">The user's problems.</param>
    /// <param name="tokenizer">Of the data.</param>
    /// <param name="config">How.</param>
    /// <param name="shape">The model's.</param>
    /// <param name="maximumResponse">Answers are cut there.</param>
    /// <param name="seeds">Of weights, order and answers.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="progress">Told updates and success.</param>
    /// <param name="cancellation">Stops between two updates.</param>
    /// <returns>The model, and what became of it in words.</returns>
    /// <exception cref="UserMistakeException">PIL1818: no answer of the data is a response that its verifier accepts.</exception>
    public static (LanguageModel Model, string Note) Train(
        ITextTask task, ITokenizer tokenizer, DataWarmStartConfig config, LanguageModelConfig shape, int maximumResponse, SeedTree seeds, Device device, Action<int, double>? progress, CancellationToken cancellation)
    {
        TokenSequence[] shown = [.. task.Problems(Split.Train).Where(problem => task.Verify(problem, problem.Answer) >= 1)
            .Select(problem => new TokenSequence(tokenizer.Encode(problem.Prompt), (int[])[.. tokenizer.Encode(problem.Answer), tokenizer.EndToken])).Where(row => row.Response.Length <= maximumResponse)];
        if (shown.Length == 0)
            throw new UserMistakeException(new Mistake("PIL1818", "No answer of the data is a response that its verifier accepts, so a small model of ours cannot be taught them.", "", "Give a model that can already answer: --set apply.model=FOLDER.").ToString());
        var model = new LanguageModel(shape, seeds, device);
        var optimizer = new Adam(model.Parameters, config.LearningRate);
        var sampler = new GroupSampler(new Generator(model), task, tokenizer, new(), maximumResponse);
        TextProblem[] validation = [.. task.Problems(Split.Validation).Take(ValidationProblems)];
        var random = seeds.Shuffle.Start();
        var (update, success) = (0, 0.0);
        while (update < config.Updates && success < config.Target)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = new TokenSequence[config.BatchSize];
            for (var i = 0; i < batch.Length; i++) batch[i] = shown[random.NextInt(shown.Length)];
            using (var step = Step.Begin(device)) optimizer.Descend(WarmStart.Loss(model, new(batch)), 1);
            if (++update % config.CheckEvery != 0 && update < config.Updates) continue;
            success = sampler.Sample(validation, 1, seeds.Validation, 0, cancellation).Average(group => group.Responses[0].Reward >= 1 ? 1.0 : 0);
            progress?.Invoke(update, success);
        }
        return (model, FormattableString.Invariant($"It was taught {shown.Length} answers in {update} updates, until {success:P1} of {validation.Length} validation answers were right."));
    }
}
