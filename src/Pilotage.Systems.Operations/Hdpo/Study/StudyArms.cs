using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The competitors on drawn demand. Each is trained anew for every problem and seed; all of a seed are judged on the same test scenarios.</summary>
/// <param name="cells">The problems.</param>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class StudyArms(IReadOnlyList<StudyCell> cells, HdpoConfig config, Device? device = null)
{
    public const string BaseStock = "base-stock", Capped = "capped-base-stock", Optimum = "optimum", Ppo = "ppo", Reinforce = "reinforce";

    public const string Hdpo = "hdpo", Graph = "hdpo-graph", Symmetric = "hdpo-symmetric";

    private const int ValidationScenarios = 64;

    /// <summary>All arms, heuristics first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Trained(BaseStock, ArmKind.Heuristic, cells, (cell, _) => new BaseStock(cell.Network, cell.FirstLevels, cell.Scale, isEchelon: cell.Network.Count > 1), IsRule),
        Trained(Capped, ArmKind.Heuristic, Of(StudyCells.Lost), (cell, _) => new BaseStock(cell.Network, cell.FirstLevels, cell.Scale, caps: [1.5 * cell.Scale]), IsRule),
        Measured(Optimum, ArmKind.Baseline, [.. cells.Where(cell => cell.Solve is not null)], (cell, _, _) => (cell.Solve!().Policy, 0)),
        Rewarded(Reinforce, (cell, rows, seeds) => new Reinforce(config.Reinforce with { Steps = Budget(cell) }, rows, seeds, device), config.Reinforce.EnvironmentCount),
        Rewarded(Ppo, (cell, rows, seeds) => new Ppo(config.Ppo with { Steps = Budget(cell) }, rows, seeds, device), config.Ppo.EnvironmentCount),
        Trained(Hdpo, ArmKind.Method, cells, Perceptron, isRule: false),
        Trained(Graph, ArmKind.Method, Of(StudyCells.Warehouse), (cell, seeds) => new GraphNetwork(cell.Network, cell.Process, config.GraphWidth, rounds: 1, seeds), isRule: false),
        Trained(Symmetric, ArmKind.Method, Of(StudyCells.Warehouse), (cell, seeds) => new SymmetricNetwork(cell.Network, cell.Process, config.GraphWidth, seeds), isRule: false),
    ];

    private const bool IsRule = true;

    /// <summary>The one problem that learners from rewards are trained on: backlog, the lead time nearest 4.</summary>
    public static StudyCell Rewarding(IReadOnlyList<StudyCell> cells) => cells.Where(cell => cell.Family == StudyCells.Backlog).MinBy(cell => Math.Abs(cell.Network.Routes[0].LeadTime - 4))!;

    private IReadOnlyList<StudyCell> Of(string family) => [.. cells.Where(cell => cell.Family == family)];

    private static long Budget(StudyCell cell) => (long)cell.Training.Updates * Math.Min(cell.Training.Batch, cell.Training.Scenarios) * cell.Training.Periods;

    private IOrderPolicy Perceptron(StudyCell cell, SeedTree seeds) => cell.Family switch
    {
        StudyCells.Serial => new SerialNetwork(cell.Network, cell.Scale, config.SerialHidden, seeds),
        StudyCells.Warehouse => new WarehouseNetwork(cell.Network, cell.Means, config.WarehouseHidden, seeds),
        _ => new StoreNetwork(cell.Network, cell.Scale, config.StoreHidden, seeds),
    };

    private Arm Trained(string name, ArmKind kind, IReadOnlyList<StudyCell> where, Func<StudyCell, SeedTree, IOrderPolicy> make, bool isRule) => Measured(name, kind, where, (cell, seeds, cancellation) =>
    {
        // A rule learns from as many scenarios as the network where that number is what is asked about.
        var settings = !isRule ? cell.Training : cell.Family == StudyCells.Warehouse ? config.Rules with { Scenarios = cell.Training.Scenarios, ValidationPeriod = cell.Training.ValidationPeriod }
            : config.Rules with { Periods = cell.Training.Periods };
        var policy = make(cell, seeds);
        var scenarios = ScenarioSet.Draw(cell.Network, cell.Process, settings.Scenarios, settings.Periods, seeds.Environments);
        var validation = settings.ValidationPeriod == 0 ? null : ScenarioSet.Draw(cell.Network, cell.Process, ValidationScenarios, 2 * settings.Periods, seeds.Validation);
        var trainer = new PathwiseTrainer(settings, policy, scenarios, seeds, validation, device);
        trainer.Run(cancellation);
        return (policy, trainer.SimulatedPeriods);
    });

    private Arm Rewarded(string name, Func<StudyCell, StoreRows, SeedTree, ILearner> make, int rows) =>
        Measured(name, ArmKind.Baseline, [Rewarding(cells)], (cell, seeds, cancellation) =>
        {
            var stores = new StoreRows(cell.Network, cell.Process, cell.Training.Periods, rows, seeds.Environments);
            var learner = make(cell, stores, seeds);
            while (learner.Steps < Budget(cell))
            {
                cancellation.ThrowIfCancellationRequested();
                learner.Iterate();
            }
            return (new RewardLearnedOrders(learner.Policy, stores, cell.Scale), learner.Steps);
        });

    private Arm Measured(string name, ArmKind kind, IReadOnlyList<StudyCell> where, Func<StudyCell, SeedTree, CancellationToken, (IOrderPolicy Policy, long Periods)> train) => new(name, kind, (trial, cancellation) =>
    {
        var measured = new List<Measurement>();
        foreach (var cell in where)
        {
            cancellation.ThrowIfCancellationRequested();
            // Problems that differ in the number of scenarios alone share their branch: their scenarios are the first ones of one long list.
            var seeds = trial.Seeds.Branch(cell.Family == StudyCells.Warehouse ? cell.Family : cell.Path);
            var (policy, periods) = train(cell, seeds, cancellation);
            if (periods > 0) measured.Add(new("experience", cell.Path, periods / 1e6));
            Judge(cell, policy, name == Optimum, seeds.Evaluation, measured);
        }
        var costs = measured.Where(m => m.Metric == StudyMetrics.CostOf(StudyCells.Warehouse)).Select(m => m.Value).ToList();
        if (costs.Count > 1) measured.Add(new(StudyMetrics.DataLoss, StudyCells.Warehouse, costs[0] - costs[^1]));
        return measured;
    });

    private void Judge(StudyCell cell, IOrderPolicy policy, bool isOptimum, SeedTree seeds, List<Measurement> measured)
    {
        var test = ScenarioSet.Draw(cell.Network, cell.Process, config.TestScenarios, config.TestPeriods, seeds);
        var run = ScenarioRun.Of(cell.IsWhole ? new RoundedOrders(policy) : policy, test, config.TestIgnored, device);
        measured.Add(new(StudyMetrics.CostOf(cell.Family), cell.Path, run.MeanCost));
        measured.Add(new("fill_rate", cell.Path, run.FillRate));
        if (cell.Solve is null) return;
        var (best, exact) = cell.Solve();
        var least = isOptimum ? run.MeanCost : ScenarioRun.Of(best, test, config.TestIgnored, device).MeanCost;
        measured.Add(new(StudyMetrics.Gap, cell.Path, run.MeanCost / least - 1));
        if (isOptimum) measured.Add(new(StudyMetrics.OracleError, cell.Path, run.MeanCost / exact - 1));
        else if (cell.IsWhole) measured.Add(new("unrounded_gap", cell.Path, ScenarioRun.Of(policy, test, config.TestIgnored, device).MeanCost / least - 1));
    }
}
