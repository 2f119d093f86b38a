using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Language.Checkpoints;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Supervised;
using Pilotage.Language.Tasks;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Apply;

/// <summary>Applies a system of this family to a user's problems: trains a model with the system's own loop and says what it was worth on problems that were held out.</summary>
/// <remarks>A checkpoint in the output folder is gone on from: the end has the bits of a run that was never interrupted.</remarks>
internal static class LanguageApplication
{
    private const string ModelName = "model", MetricsName = "metrics.jsonl", AnswersName = "answers.jsonl", CheckpointsName = "checkpoints";
    private const string LevelGroups = "level_groups";

    /// <summary>What a user brings, for a system's description.</summary>
    public const string Input = "Problems as JSON lines (prompt, answer, and maybe the verifier: exact, number, boxed, countdown, regex, choice; GSM8K's form too), and maybe a model: a Hugging Face folder of Llama or Qwen2, or one saved here (--set apply.model=FOLDER)";

    /// <summary>Trains, compares and writes the files.</summary>
    /// <param name="config">What is trained and for how long.</param>
    /// <param name="request">The user's problems and where files go.</param>
    /// <param name="make">Makes the system's loop of the parts that it is given.</param>
    /// <param name="progress">Told the share done and what is being done.</param>
    /// <param name="cancellation">Stops the work; what was kept at the last checkpoint can be gone on from.</param>
    /// <param name="more">Figures of the system's own, of the answers before and after and of what was recorded between; <see langword="null"/> for none.</param>
    /// <param name="given">Room that the loop needs between prompt and answer for what it tells the model, in tokens.</param>
    /// <returns>The table before and after, curves, and where the model is.</returns>
    /// <exception cref="UserMistakeException">Data, model or settings cannot be used, or the training would not fit the memory.</exception>
    public static ApplyReport Run(
        LanguageApplyConfig config, ApplyRequest request, Func<LanguageParts, ILanguageLearner> make, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation,
        Func<AnswerScores, AnswerScores, TrainingRecord, IReadOnlyList<Plot>>? more = null, int given = 0)
    {
        var start = StartingPoint.Prepare(config, request, text => progress?.Report((0, text)), cancellation, given);
        var memory = Memory(start, config);
        var needed = string.Create(CultureInfo.InvariantCulture, $"Memory for learning: {memory.Total / 1e6:N0} MB (parameters {memory.Parameters / 1e6:N0}, gradient step {memory.Step / 1e6:N0}, kept keys and values {memory.Experience / 1e6:N0}).");
        request.Announce(needed);
        if (memory.Total > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
            throw new UserMistakeException(new Mistake("PIL1815", $"The training does not fit this machine's {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e6:N0} MB. {needed}", "", "Lower apply.batch.tokenBudget, apply.batch.groupSize or apply.maximumResponse, or give a smaller model.").ToString());

        var seeds = SeedTree.Root(request.Seed);
        var before = Score(start, config, seeds, cancellation);
        var parts = Parts(start, config, seeds.Branch("loop"));
        var learner = make(parts);
        var checkpoints = new ApplyCheckpoint(Path.Combine(request.OutputFolder, CheckpointsName), start.Identity);
        if (checkpoints.Load() is { } kept) Restore(learner, kept.State);
        var record = new TrainingRecord(Path.Combine(request.OutputFolder, MetricsName), learner.Steps);
        var isLevel = Train(config, parts, learner, checkpoints, record, start, seeds, progress, cancellation);

        progress?.Report((0.97, "answering the test problems"));
        var after = Score(start, config, seeds, cancellation);
        CheckpointFolder.Save(Path.Combine(request.OutputFolder, ModelName), start.Model, (start.Tokenizer as PaddedTokenizer)?.Known ?? start.Tokenizer);
        WriteAnswers(Path.Combine(request.OutputFolder, AnswersName), before, after);
        var report = Report(config, start, needed, learner, record, before, after, isLevel);
        return more is null ? report : report with { Plots = [.. report.Plots, .. more(before, after, record)] };
    }

    /// <summary>Iterates, looks and keeps; ends early where nothing can be learned.</summary>
    private static bool Train(
        LanguageApplyConfig config, LanguageParts parts, ILanguageLearner learner, ApplyCheckpoint checkpoints, TrainingRecord record, StartingPoint start, SeedTree seeds, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        if (record.IsEmpty) record.Append(0, Look(start, config, seeds, cancellation));
        while (learner.Steps < config.Steps)
        {
            if (record.LastWith(LevelGroups, 1) >= config.LevelPatience) return true;
            var (before, began) = (parts.Drawn(), TimeProvider.System.GetTimestamp());
            learner.Iterate(cancellation);
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            var drawn = parts.Drawn();
            var (decoded, generating) = (drawn.Tokens - before.Tokens, drawn.Seconds - before.Seconds);
            List<KeyValuePair<string, double>> figures = [.. learner.Diagnostics, new("decoded_tokens", decoded), new("seconds_generate", generating), new("seconds_learn", seconds - generating)];
            if (learner.Steps % config.EvaluateEvery == 0 || learner.Steps == config.Steps) figures.AddRange(Look(start, config, seeds, cancellation));
            record.Append(learner.Steps, figures);
            if (learner.Steps % config.CheckpointEvery == 0 || learner.Steps == config.Steps) checkpoints.Save(learner.Steps, learner.Save);
            var reward = learner.Diagnostics.FirstOrDefault(figure => figure.Key == "reward").Value;
            progress?.Report((0.95 * learner.Steps / config.Steps, FormattableString.Invariant($"iteration {learner.Steps}, reward {reward:0.000}, {decoded / Math.Max(1e-9, generating):N0} tokens/s")));
        }
        return record.LastWith(LevelGroups, 1) >= Math.Min(config.LevelPatience, config.Steps);
    }

    private static LanguageParts Parts(StartingPoint start, LanguageApplyConfig config, SeedTree seeds) => new(
        start.Model, start.Tokenizer, start.Task, Sampler(start, config), new(start.Task.Problems(Split.Train), seeds.Environments), config.Batch, seeds);

    private static GroupSampler Sampler(StartingPoint start, LanguageApplyConfig config) =>
        new(new Generator(start.Model, start.Tokenizer), start.Task, start.Tokenizer, new() { Temperature = (float)config.Temperature }, start.MaximumResponse);

    private static AnswerScores Score(StartingPoint start, LanguageApplyConfig config, SeedTree seeds, CancellationToken cancellation) =>
        new(Sampler(start, config).Sample([.. start.Task.Problems(Split.Test).Take(config.EvaluationProblems)], config.EvaluationSamples, seeds.Evaluation, 0, cancellation));

    // The same answers' seeds at every look, so that looks differ by the policy alone.
    private static IEnumerable<KeyValuePair<string, double>> Look(StartingPoint start, LanguageApplyConfig config, SeedTree seeds, CancellationToken cancellation)
    {
        var scores = new AnswerScores(Sampler(start, config).Sample([.. start.Task.Problems(Split.Validation).Take(config.EvaluationProblems)], 1, seeds.Validation, 0, cancellation));
        return [new("validation_pass_1", scores.Right.Average()), new("validation_reward", scores.Reward)];
    }

    private static void Restore(ILanguageLearner learner, ReadOnlyMemory<byte> state)
    {
        var reader = new SequenceReader<byte>(new(state));
        learner.Load(ref reader);
        if (!reader.End) throw new InvalidDataException($"The checkpoint has {reader.Remaining} bytes of state more than the learner reads.");
    }

    // Adam keeps two numbers beside value and gradient; a copy of the weights in the order of generation is one more.
    private static MemoryEstimate Memory(StartingPoint start, LanguageApplyConfig config)
    {
        var (model, length) = (start.Model, start.LongestPrompt + start.MaximumResponse);
        var rows = Math.Clamp(config.Batch.TokenBudget / length, 1, config.Batch.Prompts * config.Batch.GroupSize);
        var row = new TokenSequence(new int[start.LongestPrompt], new int[start.MaximumResponse]);
        var step = MemoryEstimate.OfStep(() => WarmStart.Loss(model, new([.. Enumerable.Repeat(row, rows)])), model.Parameters);
        var shape = model.Config;
        var keys = 2L * sizeof(float) * shape.Layers * shape.Width / shape.Heads * (shape.KeyHeads ?? shape.Heads) * length * 64;
        return new(5L * sizeof(float) * model.Parameters.Count, step, keys);
    }

    private static ApplyReport Report(
        LanguageApplyConfig config, StartingPoint start, string needed, ILanguageLearner learner, TrainingRecord record, AnswerScores before, AnswerScores after, bool isLevel)
    {
        var (mean, bounds) = AnswerScores.Described([.. after.Right.Zip(before.Right, (end, begin) => end - begin)]);
        var verdict = bounds.Low > 0 ? "better" : bounds.High < 0 ? "worse" : "no sure difference";
        var level = $"In {config.LevelPatience} iterations in a row all answers to each problem had the same reward, so there was nothing to learn from and the training ended.";
        var headline = string.Create(CultureInfo.InvariantCulture, $"{learner.Steps} iterations changed the share of right answers to held-out problems from {Percent(before.Right.Average())} to {Percent(after.Right.Average())}: {verdict} ({Points(mean)}, 95 % {Points(bounds.Low)} to {Points(bounds.High)}).");
        List<IReadOnlyList<string>> rows = [Row("trained", after, string.Create(CultureInfo.InvariantCulture, $"{100 * mean:+0.0;-0.0;0.0} [{100 * bounds.Low:0.0}, {100 * bounds.High:0.0}]"), verdict), Row("start", before, "", "")];
        if (verdict == "worse") rows.Reverse();
        string[] notes =
        [
            .. isLevel ? new[] { headline } : [],
            .. start.Notes,
            needed,
            $"Intervals count test problems ({before.Groups.Count}, {config.EvaluationSamples} answers each); they say nothing of other seeds of the training.",
            .. start.Task.Failures.Take(3).Select(failure => $"A verifier failed: {failure}"),
        ];
        return new(isLevel ? $"{level} {LevelAdvice(before)}" : headline, ["policy", "right, % (95 %)", "against start, points", $"solved in {config.EvaluationSamples}, %", "reward", "tokens", "verdict"], rows, notes,
            [Path.Combine(ModelName, "config.json"), MetricsName, AnswersName])
        { Plots = ApplyPlots.Of(record) };
    }

    private static string LevelAdvice(AnswerScores before) => before.Reward <= 0
        ? "No answer was right: give easier problems, a model that solves some of them, more teaching (apply.warmStart.target), larger groups (apply.batch.groupSize), or a verifier that also rewards what is nearly right."
        : "Give harder problems, larger groups (apply.batch.groupSize) or a higher temperature (apply.temperature), so that answers to one problem differ.";

    private static IReadOnlyList<string> Row(string name, AnswerScores scores, string difference, string verdict)
    {
        var (mean, bounds) = AnswerScores.Described(scores.Right);
        var (low, high) = (Math.Max(0, bounds.Low), Math.Min(1, bounds.High));            // of few problems the interval of a mean may reach beyond what shares can be
        return [name, string.Create(CultureInfo.InvariantCulture, $"{100 * mean:0.0} [{100 * low:0.0}, {100 * high:0.0}]"), difference, (100 * scores.Solved).ToString("0.0", CultureInfo.InvariantCulture), scores.Reward.ToString("0.000", CultureInfo.InvariantCulture), scores.Length.ToString("0.0", CultureInfo.InvariantCulture), verdict];
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    private static string Points(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:+0.0;-0.0;0.0} points");

    private static void WriteAnswers(string path, AnswerScores before, AnswerScores after)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        for (var i = 0; i < before.Groups.Count; i++)
        {
            var (problem, old, now) = (before.Groups[i].Problem, before.Groups[i].Responses[0], after.Groups[i].Responses[0]);
            json.WriteStartObject();
            json.WriteString("id", problem.Id);
            json.WriteString("prompt", problem.Prompt);
            json.WriteString("answer", problem.Answer);
            json.WriteString("before", old.Text);
            json.WriteNumber("before_reward", old.Reward);
            json.WriteString("after", now.Text);
            json.WriteNumber("after_reward", now.Reward);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }
}
