using Pilotage.Lab.Sweeps.Search;
using Pilotage.Lab.Sweeps.Tuners;

namespace Pilotage.Lab.Tests.Sweeps.Tuners;

/// <summary>Spaces, and a search over a function without noise.</summary>
internal static class TunerCases
{
    public static SearchSpace Square { get; } = new([new("x", RangeKind.Linear) { High = 1 }, new("y", RangeKind.Linear) { High = 1 }]);

    public static string[] Start { get; } = ["0.9", "0.9"];

    /// <summary>Asks a tuner to its end.</summary>
    public static List<Finding> Run(ITuner tuner, Func<Proposal, double> score)
    {
        var findings = new List<Finding>();
        while (tuner.Next(findings) is { Count: > 0 } proposals)
        {
            findings.AddRange(proposals.Select(proposal => score(proposal) is var value && double.IsNaN(value)
                ? new Finding(proposal, double.NegativeInfinity) { Failure = "broken" }
                : new Finding(proposal, value) { Seeds = [value] }));
        }
        return findings;
    }

    public static double Number(Proposal proposal, int range) => double.Parse(proposal.Candidate.Values[range], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A smooth hill with its top at (0.2, 0.7).</summary>
    public static double Hill(Proposal proposal) => 1 - Math.Pow(Number(proposal, 0) - 0.2, 2) - 2 * Math.Pow(Number(proposal, 1) - 0.7, 2);
}
