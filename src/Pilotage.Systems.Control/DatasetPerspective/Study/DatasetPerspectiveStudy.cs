using Pilotage.Algorithms.Offline;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Nine offline algorithms on five kinds of data from each run of an online learner.</summary>
internal sealed class DatasetPerspectiveStudy : IStudy
{
    /// <summary>The arm that does as the data did.</summary>
    public const string Behaviour = "behaviour";

    private const int Seeds = 8;                         // the least that a claim about learning needs
    private readonly StudyPlots _plots;

    private DatasetPerspectiveStudy(DatasetPerspectiveConfig config, IReadOnlyList<StudyEnvironment> environments, int seedCount, PublishedScores? published, Device? device)
    {
        var runs = new BehaviourRuns(environments, config.Transitions);
        var entries = config.Algorithms.Select(OfflineCatalog.Find).ToList();
        Arms =
        [
            new(Behaviour, ArmKind.Heuristic, (trial, cancellation) => OfflineArm.Behaviour(runs, trial, cancellation)),
            .. entries.Select(entry => new Arm(entry.Name, ArmKind.Method, new OfflineArm(entry, config, runs, device).Run)),
        ];
        var names = entries.Select(entry => entry.Name).ToList();
        Claims = new StudyClaims(names).All();
        SeedCount = seedCount;
        _plots = new(names, published);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => StudyMetrics.Table;

    /// <inheritdoc/>
    public string ReferenceArm => Behaviour;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => _plots.All(outcome.Results);

    /// <summary>Sizes the study to its scale.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps one environment, three algorithms and few steps; paper has the paper's sizes.</param>
    /// <param name="seedCount">Behaviour runs; <see langword="null"/> for the scale's own.</param>
    /// <param name="dataFolder">Holds the published table of scores, or is <see langword="null"/>.</param>
    /// <param name="device">Where networks are computed.</param>
    /// <exception cref="UserMistakeException">Settings or data cannot be used.</exception>
    public static DatasetPerspectiveStudy Create(DatasetPerspectiveConfig config, Scale scale, int? seedCount, string? dataFolder, Device? device = null)
    {
        var problems = config.Problems().ToList();
        var environments = new List<StudyEnvironment>();
        config = StudySizes.At(scale, config);
        foreach (var name in config.Environments)
        {
            try
            {
                environments.Add(StudyEnvironment.Find(name, config));
            }
            catch (UserMistakeException mistake)
            {
                problems.AddRange(mistake.Problems);
            }
        }
        UserMistakeException.ThrowIfAny(problems);
        var published = dataFolder is null ? null : PublishedScores.Read(dataFolder);
        return new(config, environments, seedCount ?? (scale == Scale.Smoke ? 1 : Seeds), published, device);
    }
}
