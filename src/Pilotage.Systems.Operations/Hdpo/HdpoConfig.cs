using System.ComponentModel.DataAnnotations;
using Pilotage.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Settings of inventory networks: the problems that are solved, how policies are trained, how they are judged. Costs and demand are the paper's; sizes are shrunk for a laptop.</summary>
[Settings]
public sealed partial record HdpoConfig : ISettingsRules
{
    /// <summary>Lead times of the store with backlog (L), demand N(5, 1.6) clipped at 0, h = 1, p = 9. The paper goes to 20.</summary>
    [Range(1, 100)]
    public IReadOnlyList<int> BacklogLeadTimes { get; init; } = [1, 4, 10];

    /// <summary>Lead times of the store with lost sales, Poisson demand 5, h = 1. The exact programme reaches 4.</summary>
    [Range(1, 4)]
    public IReadOnlyList<int> LostLeadTimes { get; init; } = [1, 2];

    /// <summary>Shortage costs of the store with lost sales (p).</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public IReadOnlyList<double> LostShortageCosts { get; init; } = [4, 9];

    /// <summary>Stores behind the one warehouse; their costs, demand and lead times are drawn once, from the paper's ranges. The paper has 3 to 50.</summary>
    [Range(1, 50)]
    public int WarehouseStores { get; init; } = 5;

    /// <summary>Numbers of scenarios that the warehouse's policies learn from, ascending. The claims compare the first and the last.</summary>
    [Range(1, 100_000)]
    public IReadOnlyList<int> WarehouseScenarios { get; init; } = [16, 64, 256];

    /// <summary>Hidden layers of the store's perceptron.</summary>
    [Range(1, 4096)]
    public IReadOnlyList<int> StoreHidden { get; init; } = [32, 32];

    /// <summary>Hidden layers of the chain's perceptron.</summary>
    [Range(1, 4096)]
    public IReadOnlyList<int> SerialHidden { get; init; } = [64, 64];

    /// <summary>Hidden layers of the warehouse's perceptron. The paper has three of 512.</summary>
    [Range(1, 4096)]
    public IReadOnlyList<int> WarehouseHidden { get; init; } = [64, 64];

    /// <summary>Width of the graph network and of the symmetric one. The paper has 32, which takes four times as long.</summary>
    [Range(1, 1024)]
    public int GraphWidth { get; init; } = 16;

    /// <summary>Training of the store's perceptron.</summary>
    public PathwiseSettings Store { get; init; } = new() { Batch = 128, Updates = 200, LearningRate = 0.02 };

    /// <summary>Training of the chain's perceptron. Paths are longer than the 13 periods that stock takes from the supplier to the store by far.</summary>
    public PathwiseSettings Serial { get; init; } = new() { Scenarios = 2048, Batch = 128, Periods = 100, Updates = 300, LearningRate = 0.015 };

    /// <summary>Training of all networks of the warehouse; its number of scenarios is <see cref="WarehouseScenarios"/>. The best network on validation scenarios is kept.</summary>
    public PathwiseSettings Warehouse { get; init; } = new() { Batch = 32, Updates = 300, LearningRate = 0.003, ValidationPeriod = 25 };

    /// <summary>Training of rules: stock levels and caps.</summary>
    public PathwiseSettings Rules { get; init; } = new() { Scenarios = 1024, Batch = 128, Updates = 200, LearningRate = 0.05 };

    /// <summary>Hidden layers of the network that sees recorded demand. As in the paper.</summary>
    [Range(1, 4096)]
    public IReadOnlyList<int> RecordHidden { get; init; } = [64, 64];

    /// <summary>Training on recorded demand: its scenarios and periods are the records' own. The best network on the validation weeks is kept.</summary>
    public PathwiseSettings Records { get; init; } = new() { Batch = 128, Updates = 300, LearningRate = 0.003, ValidationPeriod = 50 };

    /// <summary>Training of the quantile that is ordered up to.</summary>
    public PathwiseSettings RecordRules { get; init; } = new() { Batch = 128, Updates = 150, LearningRate = 0.03 };

    /// <summary>Hidden layers of the quantile forecaster. As in the paper.</summary>
    [Range(1, 4096)]
    public IReadOnlyList<int> ForecastHidden { get; init; } = [128, 128];

    /// <summary>Gradient steps of the quantile forecaster.</summary>
    [Range(1, 10_000_000)]
    public int ForecastUpdates { get; init; } = 800;

    /// <summary>Pairs of series and period in one step of the forecaster.</summary>
    [Range(1, 100_000)]
    public int ForecastRows { get; init; } = 512;

    /// <summary>First step size of the forecaster.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ForecastLearningRate { get; init; } = 0.002;

    /// <summary>Proximal policy optimisation on the store with backlog; its steps are those that the perceptron's training simulates.</summary>
    public PpoConfig Ppo { get; init; } = new()
    {
        EnvironmentCount = 32, Horizon = 50, Epochs = 4, Minibatches = 8, LearningRate = 1e-3, Discount = 0.99, EntropyWeight = 0, NormalizeRewards = true, Hidden = [32, 32],
    };

    /// <summary>The score-function learner on the store with backlog; steps as of <see cref="Ppo"/>.</summary>
    public ReinforceConfig Reinforce { get; init; } = new() { EnvironmentCount = 32, EpisodesPerUpdate = 32, LearningRate = 2e-3, Discount = 0.99, NormalizeRewards = true, Hidden = [32, 32] };

    /// <summary>A user's own stores.</summary>
    public ApplySettings Apply { get; init; } = new();

    /// <summary>Test scenarios of each problem.</summary>
    [Range(2, 100_000)]
    public int TestScenarios { get; init; } = 192;

    /// <summary>Periods of a test scenario.</summary>
    [Range(2, 100_000)]
    public int TestPeriods { get; init; } = 600;

    /// <summary>First periods of a test scenario that do not count: until the first state is forgotten.</summary>
    [Range(0, 100_000)]
    public int TestIgnored { get; init; } = 200;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (TestIgnored >= TestPeriods) yield return FormattableString.Invariant($"testIgnored = {TestIgnored} leaves none of testPeriods = {TestPeriods} to judge. Ignore fewer.");
        if (BacklogLeadTimes.Count == 0) yield return "backlogLeadTimes is empty. Give at least one lead time, for example [4].";
        if (BacklogLeadTimes.Distinct().Count() != BacklogLeadTimes.Count) yield return "backlogLeadTimes names a lead time twice. Name each once.";
        if (LostLeadTimes.Count * LostShortageCosts.Count == 0) yield return "lostLeadTimes or lostShortageCosts is empty. Give at least one of each.";
        if (LostLeadTimes.Distinct().Count() != LostLeadTimes.Count || LostShortageCosts.Distinct().Count() != LostShortageCosts.Count) yield return "lostLeadTimes or lostShortageCosts names a value twice. Name each once.";
        if (WarehouseScenarios.Count < 2 || !WarehouseScenarios.Zip(WarehouseScenarios.Skip(1), (a, b) => a < b).All(rises => rises))
            yield return $"warehouseScenarios = [{string.Join(", ", WarehouseScenarios)}] must hold at least two numbers that rise, for example [16, 64, 512].";
    }
}
