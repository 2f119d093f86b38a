using System.Text.Json.Serialization;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Evaluation.Reports;

/// <summary>The content of <c>report.json</c>: what ran, what came out, what it says of the claims.</summary>
/// <param name="Schema"><see cref="CurrentSchema"/>.</param>
/// <param name="System">Slug of the system, or of what else ran: <c>cloud-autoscaling</c>, <c>train</c>.</param>
/// <param name="Scale">How much was run.</param>
/// <param name="Seeds">The seeds of arms that are not deterministic.</param>
/// <param name="Machine">Operating system, processors and runtime. Differs between machines.</param>
/// <param name="Backend">Where tensors were computed: <c>managed</c> or the plug-in's name.</param>
/// <param name="ElapsedSeconds">From start to end. Differs between runs.</param>
/// <param name="Metrics">The table's columns, most important first.</param>
/// <param name="Arms">The competitors, in the study's order.</param>
/// <param name="Comparisons">Each other arm against the reference arm, on the first metric.</param>
/// <param name="Claims">The statements with their verdicts.</param>
/// <param name="Timing">Seconds by place (<c>environment</c>, <c>act</c>, <c>learn</c>, <c>arm:NAME</c>) and <c>stepsPerSecond</c>. Differs between runs.</param>
/// <param name="Files">What else the run wrote, relative to its folder. Differs between runs.</param>
public sealed record StudyReport(
    string Schema, string System, Scale Scale, IReadOnlyList<int> Seeds, string Machine, string Backend, double ElapsedSeconds,
    IReadOnlyList<Metric> Metrics, IReadOnlyList<ArmReport> Arms, IReadOnlyList<ComparisonReport> Comparisons, IReadOnlyList<ClaimReport> Claims,
    IReadOnlyDictionary<string, double> Timing, IReadOnlyList<string> Files)
{
    /// <summary>Changes when a reader of the last one would misread the new one.</summary>
    public const string CurrentSchema = "pilotage-report/1";

    /// <summary>Hash of all parameters after training; absent unless one policy was trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ParameterHash { get; init; }

    /// <summary>The trained policy's evaluation; absent unless one policy was trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>The system's own figures, for whoever draws the report; not part of <c>report.json</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<Plot> Plots { get; init; } = [];

    /// <summary>The part that the same command and seed repeat bit for bit: without machine, times, files and claims about times.</summary>
    /// <returns>The report with those emptied.</returns>
    public StudyReport WithoutCircumstances() => this with
    {
        Machine = "",
        ElapsedSeconds = 0,
        Timing = new Dictionary<string, double>(),
        Files = [],
        Plots = [],
        Claims = [.. Claims.Where(c => !c.Evidence.IsTiming)],
    };
}
