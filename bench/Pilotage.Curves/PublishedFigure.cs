using System.Globalization;
using Pilotage.Algorithms;

namespace Pilotage.Curves;

/// <summary>What another library reports for an algorithm on a task.</summary>
/// <param name="Algorithm">As it is called there.</param>
/// <param name="Environment">The task.</param>
/// <param name="Steps">Environment steps of its training: the budget of ours.</param>
/// <param name="Mean">Mean return of its one agent.</param>
/// <param name="Deviation">Over episodes.</param>
internal sealed record PublishedFigure(string Algorithm, string Environment, long Steps, double Mean, double Deviation)
{
    /// <summary>The name in this library's catalogue.</summary>
    public string OwnName => AlgorithmCatalog.All.FirstOrDefault(entry => entry.Name.Replace("-", "", StringComparison.Ordinal) == Algorithm)?.Name ?? Algorithm;

    public static IReadOnlyList<PublishedFigure> Read(string path) =>
    [
        .. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Skip(1).Select(line => line.Split(',')).Select(cells => new PublishedFigure(
            cells[0], cells[1], long.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture), double.Parse(cells[4], CultureInfo.InvariantCulture))),
    ];
}
