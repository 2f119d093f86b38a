using Pilotage.Lab.Sweeps;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps;

public sealed class SweepTrialsTests
{
    private static readonly string Text = SweepCases.Configuration(SweepCases.Settings).ToYaml();

    [Fact]
    public void Key_SurvivesItsText()
    {
        var key = new TrialKey(new string('f', 64), IsRule: false, new OrderedDictionary<string, string> { ["east"] = "0.5", ["widths"] = "[4, \"x\"]" });

        var read = TrialKey.Parse(key.ToString());

        Assert.Equal((key.Digest, key.IsRule, true), (read.Digest, read.IsRule, read.IsTest));
        Assert.Equal(key.Values, read.Values);
        Assert.DoesNotContain('\n', key.ToString());
    }

    [Fact]
    public void Run_FromTextAlone_IsWhatTheSweepComputes()
    {
        var key = TrialKey.Tuning(new Dictionary<string, string> { ["east"] = "0.5", ["boots"] = "4" });

        var there = new SweepTrials(SweepCases.Finder(new())).Run(Text, key.ToString(), 1, CancellationToken.None);

        var target = new Lab.Sweeps.Targets.SystemTarget(new HillSystem(), new HillSettings(), SweepCases.Settings, Evaluation.Scale.Laptop, null, Tensors.Device.Managed);
        Assert.Equal(SweepTrials.Run(target, SeedTree.Root(0), key, 1, CancellationToken.None).Measurements, there.Measurements);
    }

    // While tuning a broken candidate is a result; a broken trial of the verdict stops the run.
    [Fact]
    public void Run_BrokenTrial_IsAResultWhileTuningOnly()
    {
        var program = new SweepTrials(SweepCases.Finder(new()));
        var values = new Dictionary<string, string> { ["falls"] = "true", ["east"] = "0.9" };

        var tuning = program.Run(Text, TrialKey.Tuning(values).ToString(), 0, CancellationToken.None);

        Assert.Equal([new(SweepTrials.Failed, "The climber fell.", 1)], tuning.Measurements);
        Assert.Throws<RunFailedException>(() => program.Run(Text, new TrialKey("d", IsRule: false, values).ToString(), 0, CancellationToken.None));
    }

    [Fact]
    public void Run_NotANumber_IsAFailure() => Assert.Equal(
        "height on slope-0 is NaN.",
        new SweepTrials(SweepCases.Finder(new())).Run(Text, TrialKey.Tuning(new Dictionary<string, string> { ["east"] = "10" }).ToString(), 0, CancellationToken.None).Measurements.Single().Instance);

    [Fact]
    public void Run_TextOfAnotherVersion_IsRefused()
    {
        var program = new SweepTrials(SweepCases.Finder(new()));
        string[] problems =
        [
            Assert.Throws<UserMistakeException>(() => program.Run(Text, "climb", 0, CancellationToken.None)).Problems[0],
            Assert.Throws<UserMistakeException>(() => program.Run(Text, "{}", 0, CancellationToken.None)).Problems[0],
            Assert.Throws<UserMistakeException>(() => program.Run(Text.Replace("system: hill", "system: hole", StringComparison.Ordinal), "{}", 0, CancellationToken.None)).Problems[0],
        ];

        Snapshot.Matches(string.Join("\n", problems));
    }
}
