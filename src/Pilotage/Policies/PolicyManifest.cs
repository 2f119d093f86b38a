using Pilotage.Environments;
using Pilotage.Policies.Descriptors;

namespace Pilotage.Policies;

/// <summary>What <c>policy.json</c> says.</summary>
/// <param name="Environment">The environment that the policy was made for.</param>
/// <param name="Policy">Kind and settings.</param>
/// <param name="ParameterHash">Of the weights in <c>policy.safetensors</c>; see <see cref="Training.ParameterHash"/>.</param>
/// <param name="Source">Where it comes from; <see langword="null"/> if it does not say.</param>
/// <param name="LibraryVersion">The version that wrote it.</param>
public sealed record PolicyManifest(EnvironmentSpec Environment, PolicyDescriptor Policy, string ParameterHash, PolicySource? Source, string LibraryVersion)
{
    /// <summary>Changes when a reader of the last one would misread the new one.</summary>
    public const string CurrentSchema = "pilotage-policy/1";
}
