namespace Pilotage.Dashboard.Board.Runs;

/// <summary>One page of a list of runs.</summary>
/// <param name="Query">What was asked, with the page that there is.</param>
/// <param name="Cards">The runs of the page.</param>
/// <param name="Fitting">Runs on all pages.</param>
/// <param name="All">Runs without any filter.</param>
/// <param name="Pages">At least 1.</param>
public sealed record RunSelection(RunQuery Query, IReadOnlyList<RunCard> Cards, int Fitting, int All, int Pages);
