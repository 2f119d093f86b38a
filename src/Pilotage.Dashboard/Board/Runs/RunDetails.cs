using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>All that a run's page shows.</summary>
/// <param name="Card">Its line of the list.</param>
/// <param name="Header">What was run; <see langword="null"/> if the configuration cannot be read.</param>
/// <param name="Report">The report of a finished comparison or training of this version; <see langword="null"/> otherwise.</param>
/// <param name="Applied">The answer of a finished application to a user's own problem; <see langword="null"/> otherwise.</param>
/// <param name="Progress">How far a comparison or sweep without a report is; <see langword="null"/> for others.</param>
/// <param name="Settings">The configuration, key by key.</param>
/// <param name="Command">What repeats the run; empty if it cannot be told.</param>
/// <param name="Files">What is in its folder.</param>
/// <param name="Log">The end of what it printed; empty if the dashboard did not start it.</param>
public sealed record RunDetails(
    RunCard Card, RunHeader? Header, StudyReport? Report, AppliedAnswer? Applied, RunProgress? Progress, IReadOnlyList<ConfigurationLine> Settings, string Command,
    IReadOnlyList<RunFile> Files, string Log)
{
    /// <summary>The answer of the report; <see langword="null"/> without one.</summary>
    public Headline? Answer => Report is null ? null : Headline.Of(Report);

    /// <summary>Whether it writes a curve.</summary>
    public bool HasCurve => Files.Any(file => file.Path == "metrics.jsonl" && file.Bytes > 0);

    /// <summary>Its folder, as a command line takes it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The system's own figures.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];

    /// <summary>Whether <c>resume</c> goes on with it.</summary>
    public bool CanResume { get; init; }
}

/// <summary>What an application to a user's own problem found.</summary>
/// <param name="Headline">The answer.</param>
/// <param name="Table">Policies on the user's data.</param>
/// <param name="Notes">What the answer rests on.</param>
public sealed record AppliedAnswer(string Headline, TextTable Table, IReadOnlyList<string> Notes);

/// <summary>One value of a configuration.</summary>
/// <param name="Key">With dots: <c>run.seed</c>, <c>settings.ppo.clipRadius</c>.</param>
/// <param name="Value">As it is written; lists with commas.</param>
public sealed record ConfigurationLine(string Key, string Value);
