using System.ComponentModel.DataAnnotations;
using Pilotage.Algorithms;
using Pilotage.Algorithms.Offline;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Settings of the dataset perspective: which data are made, what learns from them, and how a user's own data are read. Sizes are a tenth of the paper's or less; the paper's are at <c>--scale paper</c>.</summary>
[Settings]
public sealed partial record DatasetPerspectiveConfig : ISettingsRules
{
    /// <summary>Environments of the study, by the names that <c>pilotage list environments</c> shows; one discrete choice of actions each.</summary>
    public IReadOnlyList<string> Environments { get; init; } = ["CartPole-v1", "MountainCar-v0", "MiniGrid-LavaGapS7-v0"];

    /// <summary>Transitions of each data set (N). At least two whole episodes long. Few: wide behaviour is not covered; many: slow. The paper has 100,000.</summary>
    [Range(1000, 100_000_000)]
    public int Transitions { get; init; } = 10_000;

    /// <summary>Algorithms of the study: bc, bve, mce, dqn, qr-dqn, rem, bcq, cql, crr. Claims need all nine.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [.. OfflineCatalog.All.Select(entry => entry.Name)];

    /// <summary>Episodes of each evaluation. The paper has 10.</summary>
    [Range(1, 1000)]
    public int EvaluationEpisodes { get; init; } = 10;

    /// <summary>The nine algorithms. Networks and steps are smaller than the paper's, the step size is larger; chosen on seeds from 1000 on.</summary>
    public OfflineConfig Offline { get; init; } = new() { Steps = 4_000, Hidden = [64, 64], LearningRate = 1e-3, Quantiles = 20, Heads = 50 };

    /// <summary>The online learner whose policy and replay make the data of CartPole.</summary>
    public DqnConfig CartPole { get; init; } = new()
    {
        Steps = 30_000, Capacity = 30_000, LearningRate = 1e-3, AnnealLearningRate = true, TrainPeriod = 64, UpdatesPerPeriod = 64, TargetPeriod = 200, BootstrapSteps = 5, Discount = 0.98,
        ExplorationShare = 0.3, FinalExploration = 0.04,
    };

    /// <summary>The same of MountainCar, whose goal is seldom found by chance: long returns, and as many updates as steps. Chosen on seeds from 2000 on.</summary>
    public DqnConfig MountainCar { get; init; } = new()
    {
        Steps = 80_000, Capacity = 20_000, BatchSize = 128, LearningRate = 2e-3, AnnealLearningRate = true, TrainPeriod = 16, UpdatesPerPeriod = 16, TargetPeriod = 300, BootstrapSteps = 5, Discount = 0.98,
        ExplorationShare = 0.2, FinalExploration = 0.07,
    };

    /// <summary>The same of all other environments.</summary>
    public DqnConfig Other { get; init; } = new()
    {
        Steps = 80_000, Capacity = 50_000, LearningRate = 1e-3, AnnealLearningRate = true, TrainPeriod = 4, UpdatesPerPeriod = 4, TargetPeriod = 200, Discount = 0.95, ExplorationShare = 0.5, FinalExploration = 0.05,
    };

    /// <summary>Apply: number of actions, should the data not show all of them. 0: one more than the largest in the data.</summary>
    [Range(0, 1_000_000)]
    public int Actions { get; init; }

    /// <summary>Apply: mean return of a random policy, from which trajectory quality is counted. Not given: quality is not told.</summary>
    public double? RandomReturn { get; init; }

    /// <summary>Apply: mean return of the best policy known. Not given: quality is not told.</summary>
    public double? ExpertReturn { get; init; }

    /// <summary>Apply: distinct pairs of state and action in data that cover all that is worth covering, such as a learner's replay. 0: coverage is told as a share of the data's own transitions.</summary>
    [Range(0L, 1_000_000_000_000L)]
    public long ReferencePairs { get; init; }

    /// <summary>Apply: edges per axis between which states count as the same. 0: only equal states do.</summary>
    [Range(0, 1_000_000)]
    public int BinEdges { get; init; } = 100;

    /// <summary>Apply: which algorithms are trained. <c>recommended</c>, <c>all</c>, or one of the nine.</summary>
    public string Train { get; init; } = "recommended";

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Environments.Count == 0) yield return "environments is empty. Name at least one, such as CartPole-v1.";
        if (Algorithms.Count == 0) yield return "algorithms is empty. Name at least one of the nine.";
        foreach (var name in Environments.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any())) yield return $"environments names {name.Key} twice. Name each once.";
        foreach (var name in Algorithms.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any())) yield return $"algorithms names {name.Key} twice. Name each once.";
        foreach (var name in Algorithms.Where(name => !Known(name))) yield return $"algorithms names \"{name}\". Known: {string.Join(", ", OfflineCatalog.All.Select(entry => entry.Name))}.";
        if (Train is not ("recommended" or "all") && !Known(Train)) yield return $"train = {Train}. Give recommended, all, or one of {string.Join(", ", OfflineCatalog.All.Select(entry => entry.Name))}.";
        if (BinEdges == 1) yield return "binEdges = 1: one edge parts nothing. Give 0 for equal states only, or at least 2.";
        if (RandomReturn is { } random && ExpertReturn is { } expert && random == expert)
            yield return FormattableString.Invariant($"randomReturn = {random} and expertReturn = {expert}: between equal returns there is no scale for trajectory quality. Give the returns of two policies that differ.");
    }

    private static bool Known(string name) => OfflineCatalog.All.Any(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
}
