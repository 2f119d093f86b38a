using Pilotage.Evaluation;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Targets;

public sealed class SystemTargetTests
{
    private static SystemTarget Target(SweepSettings settings, HillSystem? system = null) => new(system ?? new(), new HillSettings(), settings, Scale.Laptop, null, Device.Managed);

    private static IEnumerable<string> Instances(SystemTarget target, bool isTest) =>
        target.Measure(new HillSettings(), 0, SeedTree.Root(1), isTest, CancellationToken.None).Select(one => one.Instance);

    [Fact]
    public void Measure_InstancesThatAreAlwaysTheSame_AreSplitByName()
    {
        var system = new HillSystem { HasFixedInstances = true };
        var use = Target(SweepCases.Settings with { Instances = InstanceUse.Automatic }, system).Resolve(new(SeedTree.Root(0)), CancellationToken.None);
        var target = Target(SweepCases.Settings with { Instances = use }, system);

        var (tuning, test) = (Instances(target, isTest: false).ToList(), Instances(target, isTest: true).ToList());

        Assert.NotEmpty(tuning);
        Assert.NotEmpty(test);
        Assert.Empty(tuning.Intersect(test));
        Assert.Equal(6, tuning.Count + test.Count);
        Assert.Equal(tuning, target.MeasureRule(1, SeedTree.Root(9), isTest: false, CancellationToken.None).Select(one => one.Instance));
    }

    [Fact]
    public void Measure_InstancesOfTheSeed_AreAllSeen()
    {
        var use = Target(SweepCases.Settings with { Instances = InstanceUse.Automatic }).Resolve(new(SeedTree.Root(0)), CancellationToken.None);
        var target = Target(SweepCases.Settings with { Instances = use });

        Assert.Equal(6, Instances(target, isTest: false).Count());
        Assert.Equal(6, Instances(target, isTest: true).Count());
    }

    [Fact]
    public void Check_SettingOfTheProblem_IsRefused() => Snapshot.Matches(
        Assert.Throws<UserMistakeException>(() => Target(SweepCases.Settings).Check([("east", ["0", "1"]), ("height", ["50", "200"])], new(SeedTree.Root(0)), CancellationToken.None)).Problems[0], "problem");

    [Fact]
    public void Check_SettingsOfTheArm_Pass() => Target(SweepCases.Settings).Check([("east", ["0", "1"]), ("boots", ["1", "9"])], new(SeedTree.Root(0)), CancellationToken.None);

    [Fact]
    public void Check_RuleWithoutTheMetric_IsRefused() => Snapshot.Matches(
        Assert.Throws<UserMistakeException>(() => Target(SweepCases.Settings with { Metric = "steps" }).Check([], new(SeedTree.Root(0)), CancellationToken.None)).Problems[0], "metric_not_measured");

    [Fact]
    public void Check_OneInstance_IsTooFewToSplit() => Snapshot.Matches(
        Assert.Throws<UserMistakeException>(() => Target(SweepCases.Settings with { Metric = "steps", Rule = "other", Instances = InstanceUse.Split }).Check([], new(SeedTree.Root(0)), CancellationToken.None)).Problems[0], "one_instance");

    [Fact]
    public void Create_NamesThatAreNot_AreAllTold() => Snapshot.Matches(string.Join("\n",
        Assert.Throws<UserMistakeException>(() => Target(SweepCases.Settings with { Arm = "clim", Metric = "heigth", Rule = "stand" })).Problems), "names");

    [Fact]
    public void Create_WithoutArm_SaysWhichThereAre() => Snapshot.Matches(Assert.Throws<UserMistakeException>(() => Target(SweepCases.Settings with { Arm = null })).Problems[0], "no_arm");
}
