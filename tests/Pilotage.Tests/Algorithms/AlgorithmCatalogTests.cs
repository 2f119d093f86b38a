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
