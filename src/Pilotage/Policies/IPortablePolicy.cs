using Pilotage.Policies.Descriptors;
using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>A policy that can be kept in a folder and read back by <see cref="PolicyFile"/>, with all that it needs to act: normalisation, scaling, masks.</summary>
/// <remarks>To make a new kind portable: implement this, derive a <see cref="PolicyDescriptor"/> that builds it, and name that one in the list above <see cref="PolicyDescriptor"/>.</remarks>
public interface IPortablePolicy : IPolicy
{
    /// <summary>Weights by name, as they are written; views of the live values where the policy has them as floats.</summary>
    IReadOnlyList<WeightBlock> Weights { get; }

    /// <summary>All else that it is made from.</summary>
    /// <returns>A descriptor whose <see cref="PolicyDescriptor.Build"/> gives a policy that acts the same, bit for bit.</returns>
    /// <exception cref="UserMistakeException">A part of it is of a kind that cannot be kept (PIL0601).</exception>
    PolicyDescriptor Describe();
}
