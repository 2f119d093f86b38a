using System.Globalization;
using Pilotage.Environments;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Printing;

namespace Pilotage.Lab.Improvement;

/// <summary>What a run prints at its end: the table, the answer in a sentence, where things are.</summary>
internal static class ImproveText
{
    /// <summary>Columns of a terminal that everybody has.</summary>
    public const int Width = 80;

    /// <summary>The text.</summary>
    /// <param name="report">What the run left.</param>
    /// <param name="spec">The problem.</param>
    /// <param name="width">Columns.</param>
    /// <returns>Lines ending in line feeds.</returns>
    public static string Of(ImproveReport report, EnvironmentSpec spec, int width)
    {
        var study = report.Study;
        var seeds = study.Seeds.Count == 1 ? "1 training seed" : $"{study.Seeds.Count} training seeds";
        var text = "";
        Write($"{spec.Name}: your rule beside {Listed(report.Choices)}, {seeds}, on the same episodes; mean [95 % interval]");
        text += $"\n{ArmTables.Of(study, width)}\n";
        var (best, kept, unit) = (report.BestClaim.Evidence, report.Kept.Evidence, spec.RewardUnit);
        Write($"{Sentence(report)} {report.Best} earns {Signed(best.Estimate)} {unit} per episode than your rule, {Interval(best)}, over {best.Units} training {(best.Units == 1 ? "seed" : "seeds")}{Corrected(best)}.{(best.Note.Length > 0 ? $" No verdict: {best.Note}." : "")}");
        Write($"Kept: {Kept(report)}. On {kept.Units.ToString("N0", CultureInfo.InvariantCulture)} fresh episodes it earns {Figures.Of(study.Evaluation!.Mean)} {unit} per episode, {Signed(kept.Estimate)} than your rule, {Interval(kept)}.");
        Write($"{TimingLine.Of(study)}. In {report.Folder}: {string.Join(", ", study.Files)}");
        return text;

        void Write(string words) => text += string.Concat(Wrap.Lines(words, width).Select(line => line + "\n"));
    }

    private static string Sentence(ImproveReport report) => report.Answer switch
    {
        Answer.Better => "BETTER than your rule.",
        Answer.Worse => "WORSE than your rule: nothing learned beats it.",
        Answer.NoDifference => "NO DIFFERENCE shown: nothing learned is known to beat your rule.",
        _ => "NOT EVALUATED: too few training seeds for a verdict.",
    };

    private static string Kept(ImproveReport report)
    {
        var text = report.Kept.Text;
        return text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..text.IndexOf(')', StringComparison.Ordinal)];
    }

    private static string Corrected(Evidence evidence) => evidence.Comparisons > 1 ? $" (corrected for {evidence.Comparisons} learners)" : "";

    private static string Interval(Evidence evidence) => evidence is { Low: { } low, High: { } high } ? $"[{Figures.Of(low)}, {Figures.Of(high)}]" : "no interval";

    private static string Signed(double value) => $"{Figures.Of(Math.Abs(value))} {(value < 0 ? "less" : "more")}";

    private static string Listed(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
