namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>One setting in which societies are lived through: a cell of an experiment.</summary>
/// <param name="Delay">Of the alarm, in steps.</param>
/// <param name="Sharpness">k of the response.</param>
internal sealed record SocietyCell(int Delay, double Sharpness)
{
    /// <summary>As measurements name it.</summary>
    public string Path => FormattableString.Invariant($"delay-{Delay}/k-{Sharpness}");
}

/// <summary>The paper's experiments on societies, as lists of cells.</summary>
/// <param name="Crossed">Experiment 5: every architecture at every delay.</param>
/// <param name="Fine">Short delays for reactive agents, where they tip over.</param>
/// <param name="Sweep">Experiment 3: learning agents at many delays, under a sharp response.</param>
/// <param name="Sharpness">Experiment 4: learning agents under responses of many sharpnesses, at one delay.</param>
/// <param name="Map">Learning agents at delays by sharpnesses: our addition.</param>
/// <param name="Governance">Experiment 6: a regulator that learns.</param>
internal sealed record SocietyDesign(
    IReadOnlyList<SocietyCell> Crossed, IReadOnlyList<SocietyCell> Fine, IReadOnlyList<SocietyCell> Sweep, IReadOnlyList<SocietyCell> Sharpness, IReadOnlyList<SocietyCell> Map, SocietyCell Governance)
{
    private const double SweepSharpness = 20;
    private const int SharpnessDelay = 15;
    private static readonly int[] SweepDelays = [0, 2, 4, 6, 8, 10, 14, 20, 30];
    private static readonly double[] Sharpnesses = [3, 5, 7, 10, 15, 20, 30, 40];
    private static readonly double[] MapSharpnesses = [3, 5, 10, 20, 40];

    /// <summary>The paper's design, with the user's delays and sharpness in the crossed experiment.</summary>
    public static SocietyDesign Of(DelayedRepressionConfig config) => new(
        [.. config.Delays.Order().Select(delay => new SocietyCell(delay, config.Society.Sharpness))],
        [new(2, config.Society.Sharpness), new(3, config.Society.Sharpness)],
        [.. SweepDelays.Select(delay => new SocietyCell(delay, SweepSharpness))],
        [.. Sharpnesses.Select(sharpness => new SocietyCell(SharpnessDelay, sharpness))],
        [.. from sharpness in MapSharpnesses from delay in config.Delays.Order() select new SocietyCell(delay, sharpness)],
        new(6, config.Society.Sharpness));

    /// <summary>What a proof that everything runs needs: two delays, one cell of each kind.</summary>
    public SocietyDesign Shortened() => new([Crossed[0], .. Crossed.Where(cell => cell.Delay >= 8).Take(1)], [], [Sweep[0], Sweep[^1]], [Sharpness[0], Sharpness[^1]], [], Governance);
}
