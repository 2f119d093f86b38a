using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Settings of the system. Defaults: arXiv:2509.24981 where it has them; else as the comment says.</summary>
[Settings]
public sealed partial record RoverConfig : ISettingsRules
{
    /// <summary>What the study runs.</summary>
    public IReadOnlyList<StudyPart> Parts { get; init; } = [StudyPart.Exact, StudyPart.Toy, StudyPart.Countdown];

    /// <summary>The laboratory of the countdown part. Four updates a step, as in the paper.</summary>
    public MiniLabConfig Lab { get; init; } = new() { Steps = 60, EvaluationProblems = 100, Batch = new() { Minibatches = 4 } };

    /// <summary>Passes over a step's answers of the arm that learns longer from each: where the successor term has more to say.</summary>
    [Range(2, 1000)]
    public int ManyEpochs { get; init; } = 4;

    /// <summary>Temperature (rho): how much reward one unit of log ratio stands for. 0.001 is unstable in the paper, 3 slow. Usual 1.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 1;

    /// <summary>Weight of the successor's value in the target (beta). 0 regresses on the reward alone and loses diversity, 5 hurts; 0.2 to 1 are alike in the paper.</summary>
    [Range(0.0, 100.0)]
    public double SuccessorWeight { get; init; } = 1;

    /// <summary>Random trees of each kind in the exact part.</summary>
    [Range(1, 100_000)]
    public int Trees { get; init; } = 200;

    /// <summary>Temperatures of the softmax planner in the exact part and in apply.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public IReadOnlyList<double> PlannerTemperatures { get; init; } = [1, 0.3, 0.1, 0.03];

    /// <summary>Trainings of each learner in the toy, each from a seed of its own.</summary>
    [Range(1, 10_000)]
    public int ToySeeds { get; init; } = 20;

    /// <summary>Strings of a batch in the toy. Few: ways to success are lost by chance; 128 kept all four in three of four seeds.</summary>
    [Range(2, 1_000_000)]
    public int ToyGroupSize { get; init; } = 256;

    /// <summary>Batches of the toy.</summary>
    [Range(1, 1_000_000)]
    public int ToyBatches { get; init; } = 150;

    /// <summary>Gradient steps on each batch of the toy. 1 makes the method the policy gradient with a group's mean as baseline.</summary>
    [Range(1, 10_000)]
    public int ToyStepsPerBatch { get; init; } = 30;

    /// <summary>Step size of gradient descent in the toy, of the method and of the clipped baseline. The best of 0.3, 1 and 3 for the method on seeds apart.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double ToyLearningRate { get; init; } = 1;

    /// <summary>Apply to problems as JSON lines: what is trained and for how long.</summary>
    public LanguageApplyConfig Apply { get; init; } = new() { Batch = new() { Minibatches = 4 } };

    /// <summary>Apply to trees: plan on those whose ends pay other than 0 and one reward, where nothing is promised.</summary>
    public bool AllowNonbinary { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Parts.Count == 0) yield return "parts is empty. Give at least one of exact, toy, countdown.";
        if (Parts.Distinct().Count() < Parts.Count) yield return $"parts = {string.Join(", ", Parts)} names a part twice. Name each part once.";
        if (Lab.Batch.GroupSize == 1) yield return "lab.batch.groupSize = 1: alone, an answer's centred reward is 0 and there is nothing to learn. Use at least 2, for example 8.";
        if (Apply.Batch.GroupSize == 1) yield return "apply.batch.groupSize = 1: alone, an answer's centred reward is 0 and there is nothing to learn. Use at least 2, for example 8.";
        if (PlannerTemperatures.Count == 0) yield return "plannerTemperatures is empty. Give at least one temperature, for example [0.1].";
        if (PlannerTemperatures.Distinct().Count() < PlannerTemperatures.Count) yield return $"plannerTemperatures = {string.Join(", ", PlannerTemperatures)} names a temperature twice. Name each once.";
    }
}
