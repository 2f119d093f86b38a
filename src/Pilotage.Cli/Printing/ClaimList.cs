using System.Globalization;
using System.Text;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Cli.Printing;

/// <summary>Claims with verdict and evidence, one below the other: seven columns would not fit a terminal.</summary>
internal static class ClaimList
{
    public static string Of(StudyReport report, int width)
    {
        var text = new StringBuilder();
        foreach (var claim in report.Claims)
        {
            var evidence = claim.Evidence;
            var units = string.Create(CultureInfo.InvariantCulture, $"{evidence.Units} {(claim.Unit == Evaluation.Replication.Instance ? "instances" : "seeds")}");
            var p = evidence.P is { } value ? $", p {(value < 0.001 ? "" : "= ")}{Figures.P(value)}" : "";
            var measured = $"effect {Figures.Of(evidence.Estimate, evidence.Low, evidence.High)}, holds {evidence.Region}, {units}{p}";
            text.Append(PlainTable.Of(
                [[claim.Id, $"{Words.Of(claim.Verdict).ToUpperInvariant()}: {claim.Text}"], ["", measured], .. evidence.Note.Length > 0 ? [["", evidence.Note]] : Array.Empty<string[]>()], width));
        }
        return text.ToString();
    }
}
