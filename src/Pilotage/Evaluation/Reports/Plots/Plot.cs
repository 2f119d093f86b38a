namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>A figure of a report as data: what is shown, in which units. How it is drawn is decided where it is drawn.</summary>
/// <param name="Name">Of its file, without extension: small letters, digits and hyphens; unique in a report.</param>
/// <param name="Title">What it says, in a few words: a heading, not the names of the axes.</param>
/// <remarks>Numbers that are not finite are left out: a line has a gap there.</remarks>
public abstract record Plot(string Name, string Title)
{
    /// <summary>What a reader must know to read it right: what the band is, how many seeds, which episodes. Empty for nothing.</summary>
    public string Note { get; init; } = "";
}
