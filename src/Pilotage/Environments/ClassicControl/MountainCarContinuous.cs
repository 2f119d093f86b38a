using System.Runtime.CompilerServices;
using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.ClassicControl;

/// <summary>MountainCarContinuous-v0: the rocking car with a throttle; 100 points at the goal, minus a tenth of the squared throttle per step.</summary>
/// <remarks>
/// Source: Gymnasium's MountainCarContinuous; the state is rounded to single precision after each step. Observation: position in [-1.2, 0.6], velocity in
/// [-0.07, 0.07] per step. Action: throttle in [-1, 1]; the engine gives no more, but the reward charges what was asked. The goal is position 0.45. 999 steps.
/// </remarks>
/// <param name="position">Position along the track; the valley is at -pi/6.</param>
/// <param name="velocity">Velocity, in positions per step.</param>
public struct MountainCarContinuous(float position, float velocity) : IEnvironment, IDrawable
{
    private const double Power = 0.0015;
    private const double Goal = 0.45;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "MountainCarContinuous-v0",
        ObservationSize = 2,
        Actions = new ActionSpace.Box([-1], [1]),
        TimeLimit = 999,
        ObservationNames = ["position", "velocity"],
        SolvedAt = 90,
    };

    private float _position = position;
    private float _velocity = velocity;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        (_position, _velocity) = ((float)random.NextUniform(-0.6, -0.4), 0);
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        double throttle = action.Values[0];
        var (position, velocity) = MountainCar.Roll(_position, _velocity, Math.Clamp(throttle, -1, 1) * Power);
        var reached = position >= Goal && velocity >= 0;
        (_position, _velocity) = ((float)position, (float)velocity);
        Observe(next.Observation);
        return new((float)((reached ? 100 : 0) - 0.1 * (throttle * throttle)), reached ? End.Terminated : End.Running);
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene) => MountainCar.Draw(scene, _position, Goal);

    private readonly void Observe(Span<float> observation)
    {
        observation[1] = _velocity;
        observation[0] = _position;
    }
}
