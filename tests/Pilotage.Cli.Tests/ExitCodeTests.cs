using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public void Bug_InASystem_ShowsItsStackTraceAndAsksForAReport()
    {
        var answer = Run(new InvalidOperationException("a defect"));

        Assert.Equal(ExitCode.Bug, answer.ExitCode);
        Assert.Contains("this is a bug, please report", answer.Error);
        Assert.Contains("a defect", answer.Error);
        Assert.Contains("   at ", answer.Error);
    }

    [Fact]
    public void RunFailed_InASystem_IsOneMessage()
    {
        var answer = Run(new RunFailedException("A loss is not finite."));

        Assert.Equal(ExitCode.RunFailed, answer.ExitCode);
        Assert.Equal("pilotage: the run stopped. A loss is not finite.\n", answer.Error);
    }

    [Fact]
    public void UserMistake_InASystem_IsItsProblems()
    {
        var answer = Run(new UserMistakeException(["One.", "Two."]));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Equal("One.\nTwo.\n2 problems. Nothing was run.\n", answer.Error);
    }

    private static Answer Run(Exception failure)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(["run", "failing"], new(output, error), new([new FailingSystem(failure)]));
        return new(code, output.ToString(), error.ToString());
    }

    private sealed class FailingSystem(Exception failure) : ISystem
    {
        public SystemDescription Description { get; } = new("failing", "", "", "", "", [], new Dictionary<Scale, double>(), "");

        public SettingsSchema Settings => CoinSettings.Schema;

        public IStudy CreateStudy(StudyRequest request) => throw failure;

        public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => throw failure;
    }
}
