using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Targets;

public sealed class TrainingTargetTests
{
    private const int Episodes = 6;
    private static readonly EnvironmentEntry CartPole = EnvironmentCatalog.Find("CartPole-v1");
    private static readonly PpoConfig Short = new() { Steps = 1024, Hidden = [16] };
    private static readonly TrainingTarget Target = new(AlgorithmCatalog.Find("ppo"), CartPole, Short, Episodes, Device.Managed);

    private static double[] Returns(IReadOnlyList<Measurement> measured) => [.. measured.Where(one => one.Metric == "return").Select(one => one.Value)];

    [Fact]
    public void Measure_IsTrainingToTheEndAndPlayingOnTheEvaluationBranch()
    {
        var seeds = new TuningSeeds(SeedTree.Root(3)).Trial(1);
        var learner = AlgorithmCatalog.Find("ppo").Create(Short, CartPole.Create, seeds, Device.Managed);
        while (learner.Steps < 1024) learner.Iterate();

        var measured = Target.Measure(Short, 1, seeds, isTest: false, CancellationToken.None);

        Assert.Equal(PolicyEvaluation.Run(learner.Policy, CartPole.Create, Episodes, seeds.Evaluation, rows: Episodes).Returns, Returns(measured));
        Assert.Equal(1024, measured.Single(one => one.Metric == "timing/steps").Value);
    }

    [Fact]
    public void Measure_OtherSeedsOrSettings_GiveOtherReturns()
    {
        var root = SeedTree.Root(3);
        var first = Returns(Target.Measure(Short, 0, root.Branch(0), isTest: false, CancellationToken.None));

        Assert.NotEqual(first, Returns(Target.Measure(Short, 1, root.Branch(1), isTest: false, CancellationToken.None)));
        Assert.NotEqual(first, Returns(Target.Measure(Short with { LearningRate = 0.01 }, 0, root.Branch(0), isTest: false, CancellationToken.None)));
    }

    [Fact]
    public void MeasureRule_PlaysTheHeuristic() => Assert.Equal(
        PolicyEvaluation.Run(CartPole.CreateHeuristic(), CartPole.Create, Episodes, SeedTree.Root(1).Evaluation, rows: Episodes).Returns, Returns(Target.MeasureRule(0, SeedTree.Root(1), isTest: true, CancellationToken.None)));

    [Fact]
    public void Measure_Cancelled_StopsWithinTheTrial() => Assert.Throws<OperationCanceledException>(() => Target.Measure(Short, 0, SeedTree.Root(1), isTest: false, new(canceled: true)));
}
