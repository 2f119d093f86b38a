using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.ClassicControl;

/// <summary>CartPole whose screen flickers: each frame, the first one included, is blank with probability 0.5. A blank frame is all zeros.</summary>
/// <remarks>
/// Source of the idea and of the probability: Hausknecht and Stone, arXiv:1507.06527, section 5 ("flickering"). Dynamics, rewards and ends are those of <see cref="CartPole"/>.
/// Observation: position (m), velocity (m/s), pole angle (rad, 0 is upright), pole angular velocity (rad/s), or zeros.
/// </remarks>
public struct FlickeringCartPole : IEnvironment, IDrawable
{
    private const double BlankProbability = 0.5;

    private static readonly EnvironmentSpec Spec = CartPole.Describe() with { Name = "FlickeringCartPole-v1", SolvedAt = null };

    private CartPole _inner;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        _inner.Reset(first, ref random);
        Flicker(first, ref random);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var outcome = _inner.Step(action, next, ref random);
        Flicker(next, ref random);
        return outcome;
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene) => _inner.Draw(scene);

    private static void Flicker(Frame frame, ref Randomness random)
    {
        if (random.NextDouble() < BlankProbability) frame.Observation.Clear();
    }
}
