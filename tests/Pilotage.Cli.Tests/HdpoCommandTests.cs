using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The system <c>hdpo</c> from the command line to its files.</summary>
public sealed class HdpoCommandTests
{
    [Fact]
    public void Run_Smoke_WritesItsReportAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run(
            "run", "hdpo", "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "store.updates=3", "--set", "store.batch=16", "--set", "serial.updates=2", "--set", "rules.updates=3", "--set", "warehouse.updates=2",
            "--set", "warehouseStores=2", "--set", "graphWidth=4", "--set", "records.updates=2", "--set", "records.batch=8", "--set", "recordRules.updates=2", "--set", "forecastUpdates=3", "--set", "testScenarios=16",
            "--set", "testPeriods=40", "--set", "testIgnored=10");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal("hdpo", report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }

    [Fact]
    public void Apply_FileThatIsNoDemand_TellsWhatItNeeds()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.In("demand.csv"), ["series,period,value", "milk,1,-", "milk,x,3"]);

        var answer = Tool.Run("apply", "hdpo", "--input", folder.In("demand.csv"), "--out", folder.In("answer"));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        var told = string.Join(' ', answer.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("line 2, column 3: demand '-' is not a number", told, StringComparison.Ordinal);
        Assert.Contains("line 3, column 2: period 'x' is neither a whole number nor a date", told, StringComparison.Ordinal);
    }
}
