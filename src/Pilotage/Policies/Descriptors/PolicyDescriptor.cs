using System.Text.Json.Serialization;
using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>What a policy of one kind is made from, besides its weights and its environment. Stands in <c>policy.json</c> under the name of its kind.</summary>
/// <remarks>The list of attributes is the register of kinds: a new one is a record of its own and a line here.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ActorDescriptor), "actor")]
[JsonDerivedType(typeof(RecurrentActorDescriptor), "recurrent-actor")]
[JsonDerivedType(typeof(QNetworkDescriptor), "q-network")]
[JsonDerivedType(typeof(SquashedActorDescriptor), "squashed-actor")]
[JsonDerivedType(typeof(DeterministicActorDescriptor), "deterministic-actor")]
[JsonDerivedType(typeof(StrengthActorDescriptor), "strength-actor")]
[JsonDerivedType(typeof(TableDescriptor), "table")]
[JsonDerivedType(typeof(NormalizedDescriptor), "normalized")]
public abstract record PolicyDescriptor
{
    /// <summary>Makes the policy.</summary>
    /// <param name="spec">The environment that it learned; sizes come from here.</param>
    /// <param name="weights">To be read by name and shape.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="UserMistakeException">Settings and weights do not belong together.</exception>
    public abstract IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device);
}
