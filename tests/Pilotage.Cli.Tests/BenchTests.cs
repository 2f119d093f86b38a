using System.Text.Json;
using Pilotage.Cli.Measuring;
using Pilotage.Evaluation;
using Pilotage.Lab.Devices;
using Pilotage.Settings;
using Pilotage.Systems;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The command as users call it. No test looks at how fast anything was.</summary>
public sealed class BenchTests
{
    private static readonly string[] Groups =
        ["engine", "environments", "ppo", "dqn", "sac", "language", "autoscaling", "scheduling", "society", "cards", "inventory"];

    [Theory]
    [InlineData("unknown_name", "bench engin")]
    [InlineData("several_problems", "bench engin speed --seconds 0 --threads none")]
    [InlineData("seconds_not_a_number", "bench --seconds NaN")]
    [InlineData("seconds_too_many", "bench engine --seconds 1e9")]
    [InlineData("seconds_negative", "bench engine --seconds=-1")]
    [InlineData("threads_none", "bench engine --threads 0")]
    public void Mistake_OfEachKind_IsToldAndNothingIsMeasured(string name, string command)
    {
        var answer = Tool.Run(command.Split(' '));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Empty(answer.Output);
        Snapshot.Matches(answer.Transcript(), name);
    }

    [Fact]
    public void ShortSet_OfAllGroups_HasARowOfEach()
    {
        var answer = Tool.Run("bench", "--seconds", "0.001", "--json");
        using var document = JsonDocument.Parse(answer.Output);
        var root = document.RootElement;
        var rows = root.GetProperty("rows").EnumerateArray().ToList();
        var leftOut = root.GetProperty("leftOut").EnumerateArray().ToList();

        Assert.Equal((ExitCode.Ok, ""), (answer.ExitCode, answer.Error));
        Assert.Equal("bench", root.GetProperty("name").GetString());
        Assert.True(root.GetProperty("isComplete").GetBoolean());
        Assert.Equal(Groups.Except(["dqn"]), rows.Select(row => row.GetProperty("group").GetString()).Distinct());
        Assert.All(rows, row =>
        {
            Assert.True(row.GetProperty("value").GetDouble() > 0);
            Assert.InRange(row.GetProperty("value").GetDouble(), row.GetProperty("low").GetDouble(), row.GetProperty("high").GetDouble());
            Assert.EndsWith("/s", row.GetProperty("unit").GetString(), StringComparison.Ordinal);
            Assert.InRange(row.GetProperty("case").GetString()!.Length, 1, 28);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("against").ValueKind);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("ratio").ValueKind);
        });
        // MuJoCo is the one thing that a machine may lack.
        Assert.All(leftOut, one => Assert.Contains("PIL10", one.GetProperty("reason").GetString(), StringComparison.Ordinal));
        Assert.Contains("dotnet build src/Pilotage.Torch", root.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfGroups_AreAllKnown() => Assert.Equal(Groups, SpeedCatalog.Of(SystemCatalog.Installed).Select(group => group.Name));

    [Fact]
    public void Cases_OfEveryGroup_RunAndFitTheTable()
    {
        // Each once, without the meter: the deep ones are not in the short set.
        foreach (var group in SpeedCatalog.Of(SystemCatalog.Installed).Where(group => group.Name is not ("engine" or "environments" or "language" or "sac")))
        {
            Assert.All(group.Cases, one =>
            {
                Assert.InRange(one.Name.Length, 1, 28);
                Assert.True(one.Begin(Tensors.Device.Managed)() > 0, one.Name);
            });
            Assert.Equal(group.Cases.OrderByDescending(one => one.IsShort), group.Cases);
        }
    }

    [Fact]
    public void Table_OfOneGroup_NamesMachineAndRowsAndWhatIsMissing()
    {
        var answer = Tool.Run("bench", "PPO", "society", "ppo", "--seconds", "0.001", "--threads", "2");

        Assert.Equal((ExitCode.Ok, ""), (answer.ExitCode, answer.Error));
        Assert.Contains("2 threads", answer.Output, StringComparison.Ordinal);
        Assert.Contains("\nppo\n  PPO on CartPole ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("\nsociety\n  240 learning agents ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing to compare with: the Torch plug-in is not there.", answer.Output, StringComparison.Ordinal);
        Assert.All(answer.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Groups_WithoutACounterpart_DoNotSpeakOfThePlugin() =>
        Assert.DoesNotContain("Torch", Tool.Run("bench", "cards", "--seconds", "0.001").Output, StringComparison.Ordinal);

    [Fact]
    public void Interrupted_AfterOneRow_ShowsItAndSaysHowMany()
    {
        using var interruption = new CancellationTokenSource();

        var answer = Run(new CoinBench(interruption), interruption.Token, "bench", "coins", "--seconds", "0.001");

        Assert.Equal(ExitCode.Interrupted, answer.ExitCode);
        Assert.Contains("  tossed ", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("interrupting", answer.Output, StringComparison.Ordinal);
        Assert.Equal("pilotage: interrupted; 1 of 3 rows were measured.\n", answer.Error);
    }

    [Fact]
    public void Interrupted_AsJson_IsStillOneDocumentThatSaysSo()
    {
        using var interruption = new CancellationTokenSource();

        var answer = Run(new CoinBench(interruption), interruption.Token, "bench", "coins", "--seconds", "0.001", "--json");
        using var document = JsonDocument.Parse(answer.Output);

        Assert.Equal(ExitCode.Interrupted, answer.ExitCode);
        Assert.False(document.RootElement.GetProperty("isComplete").GetBoolean());
        Assert.Equal(["tossed"], document.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("case").GetString()));
    }

    [Fact]
    public void Case_ThatTheMachineLacks_IsLeftOutWithItsReasonAndTheOthersAreMeasured()
    {
        var answer = Run(new CoinBench(null), CancellationToken.None, "bench", "coins", "--seconds", "0.001");

        Assert.Equal((ExitCode.Ok, ""), (answer.ExitCode, answer.Error));
        Assert.Contains("  caught ", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Left out: interrupting. PIL0000 There is no coin here. Bring one.", answer.Output, StringComparison.Ordinal);
    }

    private static Answer Run(ISystem system, CancellationToken interrupted, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(arguments, new(output, error) { Interrupted = interrupted }, new([system]), new DeviceCatalog(pluginFolder: "nowhere"));
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Three cases; the second fires the interruption, or lacks its coin where there is none.</summary>
    private sealed class CoinBench(CancellationTokenSource? interruption) : ISystem, IMeasurable
    {
        private readonly CoinSystem _coins = new();

        public SystemDescription Description => _coins.Description;

        public SettingsSchema Settings => _coins.Settings;

        public SpeedGroup Speed => new("coins", "coins", [
            new("tossed", "tosses/s", _ => static () => 1) { IsShort = true },
            new("interrupting", "tosses/s", _ => () =>
            {
                if (interruption is null) throw new UserMistakeException(new Mistake("PIL0000", "There is no coin here.", "", "Bring one.").ToString());
                interruption.Cancel();
                return 1;
            }),
            new("caught", "tosses/s", _ => static () => 1),
        ]);

        public IStudy CreateStudy(StudyRequest request) => _coins.CreateStudy(request);

        public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => _coins.Apply(request, progress, cancellation);
    }
}
