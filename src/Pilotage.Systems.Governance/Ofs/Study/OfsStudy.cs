using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Searches, bandits, the break-even rule and the oracle on generated people and on two public data sets.</summary>
internal sealed class OfsStudy : IStudy
{
    private const int LaptopSeeds = 30;
    private readonly StudyPlots _plots;

    private OfsStudy(IReadOnlyList<Applicants> problems, OfsConfig config, bool isSwept, int seedCount)
    {
        (Arms, Claims, SeedCount) = (new StudyArms(problems, config, isSwept).All(), new StudyClaims(problems).All(), seedCount);
        _plots = new(problems, config, isSwept);
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
    public string ReferenceArm => StudyArms.BreakEven;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => _plots.All(outcome.Results);

    /// <summary>Reads or generates who applies, and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke shortens lives and tunes nothing.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="dataFolder">Folder of German Credit and COMPAS, or of all data sets; <see langword="null"/> for generated people alone.</param>
    /// <exception cref="UserMistakeException">Data or settings cannot be used.</exception>
    public static OfsStudy Create(OfsConfig config, Scale scale, int? seedCount, string? dataFolder)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        List<Applicants> problems = [Applicants.Uniform(), Applicants.LogitNormal(), .. dataFolder is null ? [] : Read(dataFolder)];
        if (scale == Scale.Smoke) config = config with { Rounds = Math.Max(2 * config.Thresholds, config.Rounds / 10), Radii = config.Radii.Take(1).ToArray(), Explorations = config.Explorations.Take(1).ToArray() };
        return new(problems, config, isSwept: scale != Scale.Smoke, seedCount ?? scale switch { Scale.Smoke => 3, Scale.Paper => 100, _ => LaptopSeeds });
    }

    private static IEnumerable<Applicants> Read(string folder)
    {
        var root = Directory.Exists(Path.Combine(folder, "ofs")) ? Path.Combine(folder, "ofs") : folder;
        var (german, compas) = (Path.Combine(root, GermanCredit.FileName), Path.Combine(root, Compas.FileName));
        UserMistakeException.ThrowIfAny([.. new[] { german, compas }.Where(path => !File.Exists(path)).Select(path => $"There is no file {path}. Name with --data the folder that holds {GermanCredit.FileName} and {Compas.FileName}.")]);
        var seeds = SeedTree.Root(0).Branch("halves");
        return [GermanCredit.Read(german).Applicants("german", seeds.Branch("german")), Compas.Read(compas).Table.Applicants("compas", seeds.Branch("compas"))];
    }
}
