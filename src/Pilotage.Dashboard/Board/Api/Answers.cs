using System.Text.Json.Serialization;
using Pilotage.Dashboard.Board.Live;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Dashboard.Board.Work;
using Pilotage.Dashboard.Serving;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Api;

/// <summary>One run in a list.</summary>
/// <param name="Name">Name of its folder; names it everywhere in this API.</param>
/// <param name="Title">What ran.</param>
/// <param name="Status">running, finished, stopped, failed, newer or broken.</param>
/// <param name="Headline">Its answer, how far it is, or what is wrong.</param>
/// <param name="Made">When it was begun, in UTC.</param>
/// <param name="Trials">Of a comparison or sweep without a report.</param>
internal sealed record RunAnswer(string Name, string Title, string Status, string Headline, DateTimeOffset Made, TrialsAnswer? Trials);

/// <summary>How far a comparison or sweep is. No verdict follows from it.</summary>
/// <param name="Done">Trials that ended, before an interruption too.</param>
/// <param name="Total">All trials; left out if it was never written down.</param>
/// <param name="IsAtMost">Whether fewer may do, as in a sweep that still chooses.</param>
/// <param name="ElapsedSeconds">Time spent, over all sittings; left out if it was never written down.</param>
/// <param name="SecondsLeft">A guess from the trials so far; left out while there is none, and of a run that is not at work.</param>
internal sealed record TrialsAnswer(int Done, int? Total, bool IsAtMost, double? ElapsedSeconds, double? SecondsLeft)
{
    public static TrialsAnswer? Of(RunProgress? progress) =>
        progress is null ? null : new(progress.Done, progress.Total, progress.IsAtMost, Rounded(progress.ElapsedSeconds), Rounded(progress.SecondsLeft));

    private static double? Rounded(double? seconds) => seconds is { } known ? Math.Round(known, 1) : null;
}

/// <summary>An arm on its way.</summary>
/// <param name="Phase">tuning or test in a sweep; empty in a comparison.</param>
/// <param name="Arm">Its name.</param>
/// <param name="Done">Trials that ended.</param>
/// <param name="Trials">All of its trials; left out if that was never written down.</param>
/// <param name="Metric">What decides.</param>
/// <param name="Mean">Its mean over the trials that ended; left out if there is none.</param>
/// <param name="Seconds">Of its ended trials together.</param>
internal sealed record ArmAnswer(string Phase, string Arm, int Done, int? Trials, string Metric, double? Mean, double Seconds);

/// <summary>One page of the list.</summary>
/// <param name="Revision">Grows with every change of the list.</param>
/// <param name="All">Runs without any filter.</param>
/// <param name="Fitting">Runs that the filter lets through, on all pages.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">At least 1.</param>
/// <param name="Runs">The runs of the page.</param>
internal sealed record RunListAnswer(long Revision, int All, int Fitting, int Page, int Pages, IReadOnlyList<RunAnswer> Runs);

/// <summary>One run.</summary>
/// <param name="Run">Its line of the list.</param>
/// <param name="Answer">better, worse, no difference or not evaluated; left out without a report.</param>
/// <param name="CanResume">Whether it can be resumed.</param>
/// <param name="Command">What repeats it.</param>
/// <param name="Configuration">By key, with dots; secrets hidden.</param>
/// <param name="Arms">Of a comparison or sweep without a report, so far; a report has its own.</param>
/// <param name="Files">What its folder holds; <c>report.json</c> is the whole report.</param>
internal sealed record RunDetailsAnswer(
    RunAnswer Run, string? Answer, bool CanResume, string Command, IReadOnlyDictionary<string, string> Configuration, IReadOnlyList<ArmAnswer> Arms, IReadOnlyList<RunFile> Files);

/// <summary>The end of what a run printed.</summary>
/// <param name="Text">Whole lines; secrets hidden.</param>
internal sealed record LogAnswer(string Text);

/// <summary>A run that was started.</summary>
/// <param name="Name">Names it everywhere in this API.</param>
internal sealed record StartAnswer(string Name);

/// <summary>One system.</summary>
internal sealed record SystemAnswer(string Name, string Title, string Source, string Family, string Summary, IReadOnlyDictionary<string, double> Minutes);

/// <summary>How questions are read and answers written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunListAnswer))]
[JsonSerializable(typeof(RunDetailsAnswer))]
[JsonSerializable(typeof(LogAnswer))]
[JsonSerializable(typeof(StartAnswer))]
[JsonSerializable(typeof(StartQuestion))]
[JsonSerializable(typeof(IReadOnlyList<SystemAnswer>))]
[JsonSerializable(typeof(MetricLines))]
[JsonSerializable(typeof(LiveChange))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class AnswerContext : JsonSerializerContext;
