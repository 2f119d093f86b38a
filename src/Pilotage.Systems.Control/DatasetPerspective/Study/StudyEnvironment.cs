using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.Arcade;
using Pilotage.Environments.Grids;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>An environment of the study: what is played, how it is discounted, and what counts as the same state.</summary>
/// <param name="Path">Short name in instance paths: <c>cartpole</c>.</param>
/// <param name="Entry">The environment.</param>
/// <param name="Discount">gamma of the offline algorithms.</param>
/// <param name="Bins">Of coverage: 100 edges an axis where states are real numbers, else exact.</param>
/// <param name="Behaviour">The online learner.</param>
internal sealed record StudyEnvironment(string Path, EnvironmentEntry Entry, double Discount, CoverageBins Bins, DqnConfig Behaviour)
{
    private static IReadOnlyList<EnvironmentEntry> Known => [.. EnvironmentCatalog.All, .. GridCatalog.All, .. ArcadeCatalog.All];

    /// <summary>The rule of thumb that stands in where the learner learned nothing.</summary>
    public IPolicy Rule => Entry.CreateHeuristic();

    /// <summary>Finds an environment by name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name, or its actions are not one discrete choice.</exception>
    public static StudyEnvironment Find(string name, DatasetPerspectiveConfig config)
    {
        var entry = EnvironmentCatalog.Find(name, Known);
        if (entry.Spec.Actions is not ActionSpace.Discrete)
            throw new UserMistakeException(new Mistake("PIL1304", $"environments names {entry.Name}, whose actions are not one discrete choice.", "", "Name environments of discrete actions, such as CartPole-v1.").ToString());
        // The paper's discounts: 0.95 for CartPole and the grids, 0.99 for the others.
        return entry.Name switch
        {
            "CartPole-v1" => new("cartpole", entry, 0.95, CoverageBins.Uniform(), config.CartPole),
            "MountainCar-v0" => new("mountaincar", entry, 0.99, CoverageBins.Uniform(), config.MountainCar),
            "MiniGrid-LavaGapS7-v0" => new("lavagap", entry, 0.95, CoverageBins.Exact, config.Other),
            _ when entry.Name.StartsWith("MiniGrid", StringComparison.Ordinal) => new(entry.Name, entry, 0.95, CoverageBins.Exact, config.Other),
            _ when entry.Name.StartsWith("MinAtar", StringComparison.Ordinal) => new(entry.Name.Replace('/', '-'), entry, 0.99, CoverageBins.Exact, config.Other),
            _ => new(entry.Name, entry, 0.99, CoverageBins.Uniform(), config.Other),
        };
    }
}
