using Pilotage.Evaluation;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Supervised;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Language.Tasks.Countdown;

namespace Pilotage.Systems.Language.MiniLab;

/// <summary>One task with a small policy that solves it sometimes, trained by any method and measured in one way.</summary>
/// <remarks>Thread-safe: trials of a study share it.</remarks>
internal sealed class MiniLab
{
    private readonly Lazy<LanguageModel> _warm;

    /// <summary>Makes the laboratory of a task.</summary>
    /// <param name="task">Problems, demonstrations and verifier.</param>
    /// <param name="config">Settings of the scale; see <see cref="MiniLabConfig.At"/>.</param>
    /// <param name="shape">Of the policy; <see langword="null"/> for two blocks of 64 with the least context that the task fits in, at least 48.</param>
    public MiniLab(IGeneratedTask task, MiniLabConfig config, LanguageModelConfig? shape = null)
    {
        (Task, Config) = (task, config);
        Shape = shape ?? LanguageModelConfig.Nano(task.Tokenizer.VocabularySize) with { ContextLength = 48 };
        _warm = new(() => WarmStart.LoadOrTrain(task, config.WarmStart, Shape, config.WarmStartFolder.Length == 0 ? null : config.WarmStartFolder));
    }

    /// <summary>The task.</summary>
    public IGeneratedTask Task { get; }

    /// <summary>Settings.</summary>
    public MiniLabConfig Config { get; }

    /// <summary>Shape of the policy.</summary>
    public LanguageModelConfig Shape { get; }

    /// <summary>Where all methods begin. Made at first use; read only.</summary>
    /// <exception cref="RunFailedException">The warm start did not end in its band.</exception>
    public LanguageModel Warm => _warm.Value;

    /// <summary>Test problems of the evaluation.</summary>
    public IReadOnlyList<TextProblem> TestProblems => [.. Task.Problems(Split.Test).Take(Config.EvaluationProblems)];

    /// <summary>Three numbers joined to reach a target: several solutions, so that diversity shows.</summary>
    /// <param name="config">Settings of the scale.</param>
    /// <remarks>With puzzles of four numbers among them, imitation alone leaves this policy near 10 % after 8,000 updates, below the band that learning is to begin from.</remarks>
    public static MiniLab Countdown(MiniLabConfig config) => new(new CountdownTask(new() { Counts = [3] }), config);

    /// <summary>Running results of a calculation: one solution, errors carry on.</summary>
    /// <param name="config">Settings of the scale.</param>
    public static MiniLab Chain(MiniLabConfig config) => new(new ChainTask(new()), config);

    /// <summary>A copy of the warm start.</summary>
    /// <returns>To be trained.</returns>
    public LanguageModel CopyOfWarm()
    {
        var copy = new LanguageModel(Shape, SeedTree.Root(0));
        copy.Parameters.BlendFrom(Warm.Parameters, 1);
        return copy;
    }

    /// <summary>Draws from a model at temperature 1.</summary>
    /// <param name="model">Any of this shape.</param>
    /// <returns>The sampler.</returns>
    public GroupSampler Sampler(LanguageModel model) => new(new Generator(model), Task, Task.Tokenizer, MiniLabTrial.Sampling, Task.MaximumResponse);

    /// <summary>An arm that does not learn: the warm start itself.</summary>
    /// <param name="name">As it stands in the table.</param>
    /// <returns>The arm.</returns>
    public Arm WarmStartArm(string name = "warm-start") => new(name, ArmKind.Heuristic, (trial, cancellation) =>
    {
        var evaluation = new MiniLabEvaluation(this);
        var measured = new List<Measurement>(evaluation.Final(Warm, trial.Seeds, cancellation));
        measured.Add(new(MiniLabMetrics.Area, Task.Name, evaluation.Pass1(Warm, trial.Seeds.Branch("curve"), cancellation)));
        foreach (var (metric, value) in new[] { (MiniLabMetrics.RatioMean, 1.0), (MiniLabMetrics.RatioVariance, 0), (MiniLabMetrics.ClipFraction, 0), (MiniLabMetrics.KlOld, 0), (MiniLabMetrics.DecodedTokens, 0), (MiniLabMetrics.StoppedEarly, 0) })
            measured.Add(new(metric, Task.Name, value));
        return measured;
    })
    { IsDeterministic = true };

    /// <summary>An arm that trains a copy of the warm start for the laboratory's steps and measures it.</summary>
    /// <param name="name">As it stands in the table.</param>
    /// <param name="kind">The part it plays.</param>
    /// <param name="make">Makes the learner of a trial, on the trial's model and with its seeds.</param>
    /// <param name="more">Further measurements of the system's own, after training; called once.</param>
    /// <returns>The arm; pure in its trial.</returns>
    public Arm Arm(string name, ArmKind kind, Func<MiniLabTrial, ILanguageLearner> make, Func<MiniLabTrial, ILanguageLearner, IEnumerable<Measurement>>? more = null) => new(name, kind, (trial, cancellation) =>
    {
        var run = new MiniLabTrial(this, CopyOfWarm(), trial.Seeds);
        return new MiniLabEvaluation(this).Train(run, make(run), more, cancellation);
    });
}
