using System.Runtime.CompilerServices;
using Pilotage.Numerics;

namespace Pilotage.Environments.ClassicControl;

/// <summary>MountainCar-v0: a car too weak for the hill must rock its way up. Push left (0), not at all (1) or right (2); minus one point per step.</summary>
/// <remarks>
/// Source: Gymnasium's MountainCar, after Moore (1990); state in double. Observation: position in [-1.2, 0.6], velocity in [-0.07, 0.07] per step. The goal
/// is position 0.5. 200 steps.
/// </remarks>
/// <param name="position">Position along the track; the valley is at -pi/6.</param>
/// <param name="velocity">Velocity, in positions per step.</param>
public struct MountainCar(double position, double velocity) : IEnvironment
{
    internal const double LeftWall = -1.2;
    internal const double RightEnd = 0.6;
    internal const double MaximumSpeed = 0.07;
    internal const double Gravity = 0.0025;
    private const double Force = 0.001;
    private const double Goal = 0.5;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "MountainCar-v0",
        ObservationSize = 2,
        Actions = new ActionSpace.Discrete(3),
        TimeLimit = 200,
        ObservationNames = ["position", "velocity"],
        SolvedAt = -110,
    };

    private double _position = position;
    private double _velocity = velocity;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        (_position, _velocity) = (random.NextUniform(-0.6, -0.4), 0);
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        (_position, _velocity) = Roll(_position, _velocity, (action.Index - 1) * Force);
        Observe(next.Observation);
        return new(-1, _position >= Goal && _velocity >= 0 ? End.Terminated : End.Running);
    }

    /// <summary>One step on the track cos(3 x), shared with the continuous task: push, gravity, speed limit, walls.</summary>
    internal static (double Position, double Velocity) Roll(double position, double velocity, double push)
    {
        velocity = Math.Clamp(velocity + (push - Gravity * Trigonometry.Cos(3 * position)), -MaximumSpeed, MaximumSpeed);
        position = Math.Clamp(position + velocity, LeftWall, RightEnd);
        if (position == LeftWall && velocity < 0) velocity = 0;
        return (position, velocity);
    }

    private readonly void Observe(Span<float> observation)
    {
        observation[1] = (float)_velocity;
        observation[0] = (float)_position;
    }
}
