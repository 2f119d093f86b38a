using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class PolicyParcelTests
{
    [Fact]
    public void Unpack_GivesThePolicyThatWasPacked()
    {
        var environment = EnvironmentCatalog.Find("CartPole-v1");
        var config = new PpoConfig { EnvironmentCount = 2, Horizon = 16, Minibatches = 2, Hidden = [8], NormalizeObservations = true };
        var learner = new Ppo(config, environment.Create(2, SeedTree.Root(3)), SeedTree.Root(3));
        learner.Iterate();
        var spec = environment.Create(1, SeedTree.Root(0)).Spec;

        var parcel = PolicyParcel.Pack(learner.Policy, spec);
        var policy = PolicyParcel.Unpack(parcel, spec);

        Assert.Equal(ParameterHash.Of(((IPortablePolicy)learner.Policy).Weights), ParameterHash.Of(policy.Weights));
        Assert.Equal(parcel, PolicyParcel.Pack(policy, spec));
        Assert.All([0, 3, 4, parcel.Length / 2, parcel.Length - 1], length => Assert.Throws<InvalidDataException>(() => PolicyParcel.Unpack(parcel[..length], spec)));
        Assert.Contains("PIL0609", Assert.Throws<UserMistakeException>(() => PolicyParcel.Unpack(parcel, EnvironmentCatalog.Find("Acrobot-v1").Create(1, SeedTree.Root(0)).Spec)).Message, StringComparison.Ordinal);
    }
}
