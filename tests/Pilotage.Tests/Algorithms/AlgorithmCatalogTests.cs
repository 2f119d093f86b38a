using Pilotage.Algorithms;
using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class AlgorithmCatalogTests
{
    private static readonly EnvironmentSpec Composite = new() { Name = "Works", ObservationSize = 1, Actions = new ActionSpace.Composite(new([3]), new([0], [1])) };

    public static TheoryData<string> Actors => ["a2c", "impala", "ppo", "recurrent-ppo", "reinforce"];

    [Theory]
    [MemberData(nameof(Actors))]
    public void Create_ActorCritics_LearnInEachEnvironment(string name)
    {
        var algorithm = AlgorithmCatalog.Find(name);
        foreach (var environment in EnvironmentCatalog.All)
        {
            Assert.Null(algorithm.Refusal(environment.Spec));
            Assert.Empty(Pilotage.Settings.SettingsBinder.Check(algorithm.Settings, algorithm.DefaultsFor(environment.Name)));
        }
        Assert.Null(algorithm.Refusal(Composite));
    }

    [Theory]
    [InlineData("InvertedPendulum-v4", 1.0 / 3)]           // a box of ±3 newtons: deviation 1 is a third of its half width
    [InlineData("Hopper-v5", 1.0)]
    [InlineData("HalfCheetah-v4", 1.0)]
    [InlineData("Walker2d-v4", 1.0)]
    public void DefaultsFor_PpoOnMujoco_AreThoseOfThePublishedImplementation(string environment, double deviation)
    {
        var algorithm = AlgorithmCatalog.Find("ppo");
        var settings = Assert.IsType<PpoConfig>(algorithm.DefaultsFor(environment));
        Assert.Empty(Pilotage.Settings.SettingsBinder.Check(algorithm.Settings, settings));
        Assert.True(settings is { EnvironmentCount: 1, Horizon: 2048, Minibatches: 32, Epochs: 10, NormalizeObservations: true, NormalizeRewards: true, EntropyWeight: 0, ClipRadius: 0.2 });
        Assert.Equal(deviation, settings.InitialDeviation);
        Assert.Equal(0, settings.Steps % settings.Horizon);
    }

    [Fact]
    public void TakesDemonstrations_EachAlgorithm_SaysWhatItsLearnerDoes()
    {
        foreach (var algorithm in AlgorithmCatalog.All)
        {
            var environment = EnvironmentCatalog.All.First(entry => algorithm.Refusal(entry.Spec) is null);
            var learner = algorithm.Create(algorithm.DefaultsFor(environment.Name), environment.Create, SeedTree.Root(1), Pilotage.Tensors.Device.Managed);
            Assert.Equal(algorithm.TakesDemonstrations, learner is Pilotage.Training.IWarmStart);
        }
    }

    [Theory]
    [InlineData("dqn", "Works has choices and continuous actions at once; this algorithm needs one discrete choice. Use ppo.")]
    [InlineData("q-learning", "Works has no single discrete choice; tabular learners need one. Use ppo.")]
    public void Refusal_CompositeActions_SaysWhatToUse(string name, string refusal) => Assert.Equal(refusal, AlgorithmCatalog.Find(name).Refusal(Composite));
}
