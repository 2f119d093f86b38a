using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.Rover;

/// <summary>The paper's strings, learned from samples: the method, without its successor term, and what it is compared with. A training's seed is its instance.</summary>
/// <param name="config">Settings.</param>
internal sealed class ToyArms(RoverConfig config)
{
    public const string Rover = "toy-rover", NoSuccessor = "toy-rover-beta-0", Grpo = "toy-grpo", Reinforce = "toy-reinforce", Values = "toy-q-learning";

    private const double ClipRadius = 0.2, ReinforceRate = 1, ValueRate = 0.5, Exploration = 0.1;
    private const int CurveEvery = 5;

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All()
    {
        var run = new ToyRun(config.ToyGroupSize, config.ToyBatches);
        return
        [
            Of(Values, ArmKind.Baseline, (seeds, cancellation) => run.LearnValues(ValueRate, Exploration, seeds, cancellation)),
            Of(Reinforce, ArmKind.Baseline, (seeds, cancellation) => run.Learn(ToyRule.Reinforce(ReinforceRate), seeds, cancellation)),
            Of(Grpo, ArmKind.Baseline, (seeds, cancellation) => run.Learn(ToyRule.Grpo(ClipRadius, config.ToyStepsPerBatch, config.ToyLearningRate), seeds, cancellation)),
            Of(NoSuccessor, ArmKind.Method, (seeds, cancellation) => run.Learn(ToyRule.Rover(config.Temperature, 0, config.ToyStepsPerBatch, config.ToyLearningRate), seeds, cancellation)),
            Of(Rover, ArmKind.Method, (seeds, cancellation) => run.Learn(ToyRule.Rover(config.Temperature, config.SuccessorWeight, config.ToyStepsPerBatch, config.ToyLearningRate), seeds, cancellation)),
        ];
    }

    /// <summary>What uniform random letters are worth.</summary>
    public IEnumerable<Measurement> Uniform()
    {
        var figures = ToyFigures.Of(new ToyTable(StringTree.Paper).RightProbabilities());
        return Enumerable.Range(0, config.ToySeeds).SelectMany(seed => Ends(figures, Name(seed)));
    }

    /// <summary>What a finished training measures.</summary>
    /// <param name="figures">Of its last policy.</param>
    /// <param name="place">Its instance.</param>
    public static IEnumerable<Measurement> Ends(ToyFigures figures, string place) =>
        [new(RoverMetrics.Success, place, figures.Success), new(RoverMetrics.Modes, place, figures.Modes), new(RoverMetrics.Complete, place, figures is { Success: >= 0.98, Modes: 4 } ? 1 : 0)];

    private Arm Of(string name, ArmKind kind, Func<SeedTree, CancellationToken, IReadOnlyList<ToyFigures>> learn) => new(name, kind, (trial, cancellation) =>
    {
        var measured = new List<Measurement>();
        for (var seed = 0; seed < config.ToySeeds; seed++)
        {
            var figures = learn(trial.Seeds.Branch("toy").Branch(seed), cancellation);
            measured.AddRange(Ends(figures[^1], Name(seed)));
            for (var batch = 0; batch < figures.Count; batch += CurveEvery)
            {
                var place = FormattableString.Invariant($"{batch:D6}/{seed:D3}");
                measured.Add(new(RoverMetrics.CurveModes, place, figures[batch].Modes));
                measured.Add(new(RoverMetrics.CurveSuccess, place, figures[batch].Success));
            }
        }
        return measured;
    })
    { IsDeterministic = true };

    private static string Name(int seed) => FormattableString.Invariant($"toy/{seed:D3}");
}
