using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Lab.Printing;

/// <summary>Claims with verdict and evidence, one below the other: seven columns would not fit a terminal.</summary>
internal static class ClaimList
{
    public static string Of(StudyReport report, int width) =>
        PlainTable.Of([.. report.Claims.SelectMany(claim => Lines(claim))], width);

    private static IEnumerable<string[]> Lines(ClaimReport claim)
    {
        var evidence = claim.Evidence;
        yield return [claim.Id, $"{Words.Of(claim.Verdict).ToUpperInvariant()}: {claim.Text}"];
        var unit = claim.Unit == Replication.Instance ? "instance" : "seed";
        var units = string.Create(CultureInfo.InvariantCulture, $"{evidence.Units} {unit}{(evidence.Units == 1 ? "" : "s")}");
        // Without an interval a p says nothing.
        var p = evidence is { P: { } value, Low: not null } ? $", p {(value < 0.001 ? "" : "= ")}{Figures.P(value)}" : "";
        yield return ["", $"effect {Figures.Of(evidence.Estimate, evidence.Low, evidence.High)}, holds {evidence.Region}, {units}{p}"];
        if (evidence.Note.Length > 0) yield return ["", evidence.Note];
    }
}
