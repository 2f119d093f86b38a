using System.ComponentModel.DataAnnotations;
using Pilotage.Evaluation;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Supervised;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.MiniLab;

/// <summary>The laboratory that the studies of the language systems share: same tasks, policy, warm start and evaluation, so that their tables can be laid side by side.</summary>
[Settings]
public sealed partial record MiniLabConfig
{
    /// <summary>Iterations of each training.</summary>
    [Range(1, 1_000_000)]
    public int Steps { get; init; } = 100;

    /// <summary>What is drawn in a step and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>Test problems of the evaluation.</summary>
    [Range(1, 1_000_000)]
    public int EvaluationProblems { get; init; } = 200;

    /// <summary>Answers to each test problem at the end; pass@k is estimated from them for k up to this.</summary>
    [Range(1, 4096)]
    public int EvaluationSamples { get; init; } = 64;

    /// <summary>Steps between two points of the learning curve.</summary>
    [Range(1, 1_000_000)]
    public int CurveEvery { get; init; } = 10;

    /// <summary>Answers to each test problem at a point of the curve.</summary>
    [Range(1, 4096)]
    public int CurveSamples { get; init; } = 4;

    /// <summary>How all methods begin.</summary>
    public WarmStartConfig WarmStart { get; init; } = new();

    /// <summary>Folder of kept warm starts. Empty: <c>pilotage/warm-starts</c> in the user's folder for local data.</summary>
    public string WarmStartFolder { get; init; } = "";

    /// <summary>The settings of a scale.</summary>
    /// <param name="scale">Smoke: few steps from a start of its own that is quickly made; paper: three times the steps, all of the test problems.</param>
    /// <returns>The settings.</returns>
    public MiniLabConfig At(Scale scale) => scale switch
    {
        Scale.Smoke => this with
        {
            Steps = Math.Min(Steps, 3),
            CurveEvery = 3,
            EvaluationProblems = 6,
            EvaluationSamples = 8,
            CurveSamples = 1,
            Batch = Batch with { Prompts = 4, GroupSize = 4 },
            WarmStart = WarmStart with { CheckEvery = 20, ValidationProblems = 10, LowestSuccess = 0, HighestSuccess = 1 },
        },
        Scale.Paper => this with { Steps = 3 * Steps, EvaluationProblems = 500 },
        _ => this,
    };
}
