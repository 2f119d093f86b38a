using Pilotage.Evaluation;

namespace Pilotage.Lab.Drawing;

/// <summary>The style sheet of all figures, and which class what gets. Light and dark by the reader's wish.</summary>
internal static class PlotStyle
{
    /// <summary>Colours told apart by most eyes, in the order in which lines get them; then it begins again.</summary>
    private static readonly string[] Light = ["#0b62c4", "#c4570a", "#07805b", "#8a3fb0", "#b8336a", "#7a6a00", "#00788a", "#5b5bd6"];
    private static readonly string[] Dark = ["#6db3ff", "#ffa65c", "#4fd3a4", "#d3a0f7", "#ff8fb8", "#d9c74a", "#5fd0e0", "#a9a9ff"];

    /// <summary>From low to high: lightness rises evenly, so that they keep their order in grey and for most eyes.</summary>
    private static readonly string[] Ramp = ["#440154", "#443a83", "#31688e", "#21908c", "#35b779", "#8fd744", "#fde725"];

    /// <summary>To be put into a page once, or into a file of its own.</summary>
    public static string Sheet { get; } =
        ".plot{display:block;max-width:100%;height:auto}"
        + ".plot text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;fill:#4a5663}"
        + ".plot .strong{font-weight:600;fill:#17212b}.plot .title{font-size:15px;font-weight:600;fill:#17212b}"
        + ".plot .paper{fill:#fff}.plot .grid{stroke:#e4e9ee}.plot .axis{stroke:#9aa7b4}.plot .stripe{fill:#f4f7fa}"
        + ".plot .reference{stroke:#5c6975;stroke-dasharray:5 4;fill:none;stroke-width:1.5}"
        + ".plot .line{fill:none;stroke-width:2;stroke-linejoin:round}.plot .bar{stroke-width:2}.plot .band{opacity:.18;stroke:none}"
        + string.Concat(Ramp.Select((colour, i) => $".plot .s{i}{{fill:{colour};stroke:#66727e;stroke-width:.8}}"))
        + Colours(Light, "#5c6975", "#9a6a00")
        + "@media(prefers-color-scheme:dark){"
        + ".plot text{fill:#b3bfca}.plot .strong,.plot .title{fill:#eef3f7}.plot .paper{fill:#12181f}.plot .grid{stroke:#28323c}.plot .axis{stroke:#66727e}.plot .stripe{fill:#18202a}"
        + ".plot .reference{stroke:#9fabb7}"
        + Colours(Dark, "#9fabb7", "#e0b44c")
        + "}";

    /// <summary>The class of the n-th line or part.</summary>
    public static string Colour(int index) => $"c{index % Light.Length}";

    /// <summary>Number of steps from low to high.</summary>
    public static int Shades => Ramp.Length;

    /// <summary>The class of a number between low and high.</summary>
    /// <param name="share">In [0, 1].</param>
    public static string Shade(double share) => $"s{Math.Clamp((int)(share * Ramp.Length), 0, Ramp.Length - 1)}";

    /// <summary>The class of a kind of arm.</summary>
    public static string Colour(ArmKind kind) => kind switch { ArmKind.Heuristic => "ch", ArmKind.Baseline => "cb", _ => "c0" };

    private static string Colours(string[] colours, string heuristic, string baseline) =>
        string.Concat(colours.Select((colour, i) => Rule($"c{i}", colour))) + Rule("ch", heuristic) + Rule("cb", baseline);

    private static string Rule(string name, string colour) => $".plot .{name}{{stroke:{colour}}}.plot .{name}.fill{{fill:{colour};stroke:none}}";
}
