using System.Text;
using System.Text.Json;
using Pilotage.Cli.Measuring;
using Pilotage.Cli.Printing;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class SpeedTableTests
{
    private static readonly MeasuredMachine Quiet = new("A Processor of 3 GHz; Some Linux 12, X64, 2 processors, .NET 10.0.0", 512, 2, 0.31);

    // The widest of everything, and each unit's size.
    private static readonly SpeedRow[] Rows =
    [
        new("engine", "product 64x64x64", "GFLOP/s", 170.24, new(168.9, 172.1), 75, new("libtorch 2.10.0", 1.536, new(1.49, 1.61))),
        new("engine", "acting, 4 rows, two 64-64", "calls/s", 531_914, new(529_000, 540_000), 75, new("libtorch 2.10.0", 105.4, new(99.1, 110.9))),
        new("language", "nano, learned from", "tokens/s", 167_812.4, new(140_000, 169_000), 75, new("libtorch 2.10.0", 0.4951, new(0.48, 0.51))),
        new("sac", "SAC update of 256, 256-256", "updates/s", 417.3, new(410, 420), 75, new("libtorch 2.10.0", 22.48, new(21.3, 24.5))),
        new("society", "240 learning agents", "agent-steps/s", 999_800_000, new(33_900_000, 1_200_000_000), 6),
        new("society", "what takes twenty-eight chars", "agent-steps/s", 34_100_000, new(33_900_000, 34_200_000), 6),
        new("autoscaling", "the oracle's bound", "days/s", 3.2104, new(3.2, 3.22), 6),
    ];

    [Fact]
    public void Table_BesideLibtorch_FitsEightyColumns() => Matches(Report(Quiet, Rows));

    [Fact]
    public void Table_WithoutThePlugin_HasNoColumnForItAndSaysHowToGetIt() =>
        Matches(Report(Quiet, [.. Rows.Select(row => row with { Against = null })]) with { Advice = "Nothing to compare with: the Torch plug-in is not there. Add it with: dotnet build src/Pilotage.Torch (it downloads about 130 MB)." });

    [Fact]
    public void Table_OnABusyMachine_SaysSoFirst() => Matches(Report(Quiet with { Load = 15.22 }, Rows[..1]));

    [Fact]
    public void Table_InterruptedBeforeTheFirstRow_SaysWhatIsLeftOut() =>
        Matches(Report(Quiet with { Load = null }, []) with { Wanted = 3, LeftOut = [("environments", "HalfCheetah-v4", "PIL1001 MuJoCo is not on this machine. Install it.")] });

    [Fact]
    public void Json_OfRows_IsTheCommittedDocument()
    {
        var report = Report(Quiet, Rows[3..5]) with { Wanted = 4, LeftOut = [("environments", "HalfCheetah-v4", "PIL1001 MuJoCo is not on this machine.")], Advice = "One thing is missing." };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new() { Indented = true })) report.Write(writer);

        Snapshot.Matches(Encoding.UTF8.GetString(bytes.ToArray()) + "\n", "json");
    }

    private static SpeedReport Report(MeasuredMachine machine, SpeedRow[] rows) => new("bench", machine, 1, 2, rows) { Wanted = rows.Length };

    private static void Matches(SpeedReport report, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        var text = SpeedTable.Of(report, 80);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(text, name);
    }
}
