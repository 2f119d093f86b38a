namespace Pilotage.Environments.PointMass;

/// <summary>The point that drives past a risky disc, as the paper's text and as its code have it.</summary>
public static class PointMassCatalog
{
    /// <summary>Both variants, the text's first.</summary>
    public static IReadOnlyList<EnvironmentEntry> All { get; } =
    [
        Entry("Drive a point to a corner past a disc where steps may cost dearly", isCode: false),
        Entry("RiskyPointMass with the starts and slips of the published code", isCode: true),
    ];

    private static EnvironmentEntry Entry(string summary, bool isCode)
    {
        var spec = RiskyPointMass.Describe(isCode);
        return new(summary, spec, (rows, seeds) =>
        {
            var instances = new RiskyPointMass[rows];
            Array.Fill(instances, new(isCode));
            return new VectorEnvironment<RiskyPointMass>(instances, seeds, spec);
        }, () => new StraightLine(), "Drives straight to the goal at full speed");
    }
}
