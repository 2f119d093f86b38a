using System.Text.Json.Serialization;
using Pilotage.Dashboard.Board.Live;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Dashboard.Board.Work;
using Pilotage.Dashboard.Serving;

namespace Pilotage.Dashboard.Board.Api;

/// <summary>One run in a list.</summary>
/// <param name="Name">Name of its folder; names it everywhere in this API.</param>
/// <param name="Title">What ran.</param>
/// <param name="Status">running, finished, stopped, failed, newer or broken.</param>
/// <param name="Headline">Its answer, how far it is, or what is wrong.</param>
/// <param name="Made">When it was begun, in UTC.</param>
internal sealed record RunAnswer(string Name, string Title, string Status, string Headline, DateTimeOffset Made);

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
/// <param name="Trials">Of a comparison that goes on.</param>
/// <param name="Files">What its folder holds; <c>report.json</c> is the whole report.</param>
internal sealed record RunDetailsAnswer(
    RunAnswer Run, string? Answer, bool CanResume, string Command, IReadOnlyDictionary<string, string> Configuration, IReadOnlyList<TrialTally> Trials, IReadOnlyList<RunFile> Files);

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
