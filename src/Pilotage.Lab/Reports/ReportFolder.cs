using System.Text;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Drawing;
using Pilotage.Lab.Runs;
using Pilotage.Systems;

namespace Pilotage.Lab.Reports;

/// <summary>Writes <c>report.html</c> and <c>plots/*.svg</c> into a folder.</summary>
public static class ReportFolder
{
    /// <summary>Name of the page.</summary>
    public const string PageName = "report.html";

    /// <summary>Name of the folder of figures.</summary>
    public const string PlotsName = "plots";

    /// <summary>Writes page and figures of a comparison or a training.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="report">The report, with the figures that only this run has.</param>
    /// <param name="kicker">The line above the answer: what ran.</param>
    /// <param name="command">The command that repeats it.</param>
    /// <param name="folded">Figures that only some readers want.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public static void Write(string folder, StudyReport report, string kicker, string command, IReadOnlyList<Plot>? folded = null)
    {
        folded ??= [];
        Write(folder, StudyPage.Render(report, Origin(folder, kicker, command), folded), StudyPage.Figures(report, folded), DurableFile.Create);
    }

    /// <summary>Writes page and figures of an application to a user's own problem.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="report">The answer.</param>
    /// <param name="kicker">The line above the answer: what ran.</param>
    /// <param name="command">The command that repeats it.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public static void Write(string folder, ApplyReport report, string kicker, string command) =>
        Write(folder, ApplyPage.Render(report, Origin(folder, kicker, command)), report.Plots, DurableFile.Create);

    internal static void Write(string folder, string page, IEnumerable<Plot> plots, Func<string, Stream> create)
    {
        var path = Path.Combine(folder, PageName);
        try
        {
            foreach (var plot in plots)
            {
                Directory.CreateDirectory(Path.Combine(folder, PlotsName));
                path = Path.Combine(folder, PlotsName, $"{plot.Name}.svg");
                Write(path, PlotSvg.Document(plot), create);
            }
            path = Path.Combine(folder, PageName);
            Write(path, page, create);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path} could not be written: {exception.Message.TrimEnd('.')}. What the run found so far is kept: free space, then resume.", exception);
        }
    }

    private static PageOrigin Origin(string folder, string kicker, string command)
    {
        var configuration = Path.Combine(folder, RunFolder.ConfigurationName);
        return new(kicker, kicker, command, File.Exists(configuration) ? File.ReadAllText(configuration) : "");
    }

    private static void Write(string path, string text, Func<string, Stream> create)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        DurableFile.Write(path, stream => { stream.Write(bytes); return bytes.Length; }, create);
    }
}
