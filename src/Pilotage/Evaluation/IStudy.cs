using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Evaluation;

/// <summary>A comparison that a system must win: arms on paired seeds and instances, and claims whose verdicts are computed.</summary>
public interface IStudy
{
    /// <summary>The competitors, heuristics first; at least one heuristic.</summary>
    IReadOnlyList<Arm> Arms { get; }

    /// <summary>The statements to judge.</summary>
    IReadOnlyList<Claim> Claims { get; }

    /// <summary>How many seeds each arm that is not deterministic runs on.</summary>
    int SeedCount { get; }

    /// <summary>The metrics of the table, most important first.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Name of the arm that the table's differences are taken to: the heuristic that decides today.</summary>
    string ReferenceArm { get; }

    /// <summary>The system's own figures, shown beside those that every report has.</summary>
    /// <param name="outcome">The study's results.</param>
    /// <returns>In the order in which they are shown; none by default.</returns>
    IReadOnlyList<Plot> Plots(StudyOutcome outcome) => [];
}
