using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Pendulum-v1 that pays 1 for each step that ends within a quarter of a radian of upright, and nothing else: what leads there must be found without a hint.</summary>
internal struct SparsePendulum : IEnvironment
{
    private const float Upright = 0.96891242f;             // cos 0.25
    private static readonly EnvironmentSpec Spec = Pendulum.Describe() with { Name = "SparsePendulum", RewardUnit = "steps upright" };
    private Pendulum _pendulum;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random) => _pendulum.Reset(first, ref random);

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        _pendulum.Step(action, next, ref random);
        return new(next.Observation[0] > Upright ? 1 : 0);
    }
}
