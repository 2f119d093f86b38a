using System.Text.RegularExpressions;
using Pilotage.Lab.Improvement;
using Pilotage.Policies;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Improvement;

public sealed class ImproveProgramTests : IDisposable
{
    private static readonly string[] Small = ["steps=2048", "seeds=6", "episodes=20", "validationSeeds=0", "finalEpisodes=100", "algorithms=[ppo]", "threads=1"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_ToItsEnd_PrintsTableAnswerAndPlaceWithinEightyColumns()
    {
        var (code, output, error) = Run([.. Small, "--out", _folder.In("run")]);

        Assert.Equal((0, ""), (code, error));
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 80 || line.Contains(_folder.Path, StringComparison.Ordinal), line));
        Snapshot.Matches(Regex.Replace(_folder.Anonymous(output), @"\d+\.\d s, [\d,]+ steps/s \([^)]*\)", "TIME").Replace("\nTEMP", " TEMP", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Help_ListsOptions() => Snapshot.Matches(Run(["--help"]).Output);

    [Fact]
    public void Run_OptionsThatAreNone_AreAllTold()
    {
        var (code, output, error) = Run(["step=5", "seeds=many", "steps"]);

        Assert.Equal((2, ""), (code, output));
        Snapshot.Matches(error);
    }

    [Fact]
    public void Run_OutWithoutFolder_IsTold() => Assert.Contains("PIL0820", Run(["--out"]).Error, StringComparison.Ordinal);

    [Fact]
    public void Run_Interrupted_SaysHowToGoOn()
    {
        using var interruption = new CancellationTokenSource();
        var acts = 0;
        var rule = new RulePolicy((_, _) =>
        {
            if (++acts == 3_000) interruption.Cancel();
            return 1;
        });

        var (code, output, error) = Run([.. Small, "--out", _folder.In("run")], rule, interruption.Token);

        Assert.Equal((130, "", "Interrupted; finished trainings are kept. The same command goes on.\n"), (code, output, error));
    }

    [Fact]
    public void Line_ShowsShareAndTimeLeft() => Assert.Equal("━━━━━━──────────────────  25 %, 0:01:15 left, training", ProgressLine.Text(new(0.25, 74.2, "training")));

    [Fact]
    public void Line_Watched_IsWrittenOverAndTakenAway()
    {
        using var written = new StringWriter();
        using var line = new ProgressLine(written, isWatched: true);

        line.Report(new(0, double.NaN, "checking"));
        line.Clear();

        Assert.Equal("\r────────────────────────   0 %, checking\r" + new string(' ', 40) + "\r", written.ToString());
    }

    private static (int Code, string Output, string Error) Run(string[] arguments, IPolicy? rule = null, CancellationToken cancellation = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var line = new ProgressLine(error, isWatched: false);
        var code = ImproveProgram.Run(
            (options, folder, _, token) => Improve.Run(static () => new Guessing(), rule ?? new RulePolicy(static (_, _) => 1), options, folder, progress: null, token),
            Guessing.Describe, arguments, output, error, line, cancellation);
        return (code, output.ToString(), error.ToString());
    }
}
