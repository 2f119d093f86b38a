using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.ClassicControl;

/// <summary>CartPole that shows where cart and pole are, not how fast they move: one frame does not tell the state, two do.</summary>
/// <remarks>
/// Dynamics, rewards, ends and random numbers are those of <see cref="CartPole"/>. Observation: position (m), pole angle (rad, 0 is upright). A policy without memory cannot
/// damp the pole's swing.
/// </remarks>
public struct MaskedVelocityCartPole : IEnvironment, IDrawable
{
    private static readonly EnvironmentSpec Spec = CartPole.Describe() with { Name = "CartPoleMaskedVelocity-v1", ObservationSize = 2, ObservationNames = ["position", "angle"] };

    private CartPole _inner;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        Span<float> state = stackalloc float[4];
        _inner.Reset(new(state, first.Legal), ref random);
        Show(state, first.Observation);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        Span<float> state = stackalloc float[4];
        var outcome = _inner.Step(action, new(state, next.Legal), ref random);
        Show(state, next.Observation);
        return outcome;
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene) => _inner.Draw(scene);

    private static void Show(ReadOnlySpan<float> state, Span<float> observation) => (observation[0], observation[1]) = (state[0], state[2]);
}
