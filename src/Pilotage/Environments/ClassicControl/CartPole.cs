using System.Runtime.CompilerServices;
using Pilotage.Environments.Drawing;
using Pilotage.Numerics;

namespace Pilotage.Environments.ClassicControl;

/// <summary>CartPole-v1: push a cart left (0) or right (1) so that the pole on it stays up. One point per step.</summary>
/// <remarks>
/// Source: Gymnasium's CartPole, after Barto, Sutton and Anderson (1983); explicit Euler, state in double. Observation: position (m), velocity (m/s),
/// pole angle (rad, 0 is upright), pole angular velocity (rad/s). Ends when the cart leaves ±2.4 m or the pole ±12 degrees.
/// </remarks>
/// <param name="position">Position of the cart, in metres.</param>
/// <param name="velocity">Velocity of the cart, in metres per second.</param>
/// <param name="angle">Angle of the pole, in radians; 0 is upright.</param>
/// <param name="angularVelocity">Angular velocity of the pole, in radians per second.</param>
public struct CartPole(double position, double velocity, double angle, double angularVelocity) : IEnvironment, IDrawable
{
    private const double Gravity = 9.8;                             // m/s^2
    private const double PoleMass = 0.1;                            // kg
    private const double TotalMass = 1.0 + PoleMass;                // kg
    private const double HalfLength = 0.5;                          // m
    private const double PoleMassLength = PoleMass * HalfLength;    // kg m
    private const double Force = 10;                                // N
    private const double Interval = 0.02;                           // s
    private const double PositionLimit = 2.4;                       // m
    private const double AngleLimit = 12 * 2 * Math.PI / 360;       // rad
    private const double ResetRadius = 0.05;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "CartPole-v1",
        ObservationSize = 4,
        Actions = new ActionSpace.Discrete(2),
        TimeLimit = 500,
        ObservationNames = ["position", "velocity", "angle", "angular velocity"],
        SolvedAt = 475,
    };

    private double _position = position;
    private double _velocity = velocity;
    private double _angle = angle;
    private double _angularVelocity = angularVelocity;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        _position = random.NextUniform(-ResetRadius, ResetRadius);
        _velocity = random.NextUniform(-ResetRadius, ResetRadius);
        _angle = random.NextUniform(-ResetRadius, ResetRadius);
        _angularVelocity = random.NextUniform(-ResetRadius, ResetRadius);
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var force = action.Index == 1 ? Force : -Force;
        var (sin, cos) = Trigonometry.SinCos(_angle);
        var pushed = (force + PoleMassLength * (_angularVelocity * _angularVelocity) * sin) / TotalMass;
        var angularAcceleration = (Gravity * sin - cos * pushed) / (HalfLength * (4.0 / 3.0 - PoleMass * (cos * cos) / TotalMass));
        var acceleration = pushed - PoleMassLength * angularAcceleration * cos / TotalMass;

        _position += Interval * _velocity;                          // explicit Euler: positions move with the old velocities
        _velocity += Interval * acceleration;
        _angle += Interval * _angularVelocity;
        _angularVelocity += Interval * angularAcceleration;
        Observe(next.Observation);
        var fallen = Math.Abs(_position) > PositionLimit || Math.Abs(_angle) > AngleLimit;
        return new(1, fallen ? End.Terminated : End.Running);
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene)
    {
        const double Axle = 0.25, HalfCart = 0.25;                  // m; the cart has no size in the dynamics
        scene.Look(0, 0.7, 3.4);
        scene.Line(Ink.Ground, 0.03, (-PositionLimit, 0), (PositionLimit, 0));
        scene.Polygon(Ink.Body, (_position - HalfCart, 0.05), (_position + HalfCart, 0.05), (_position + HalfCart, Axle), (_position - HalfCart, Axle));
        var (sin, cos) = Math.SinCos(_angle);
        scene.Line(Ink.Limb, 0.1, (_position, Axle), (_position + 2 * HalfLength * sin, Axle + 2 * HalfLength * cos));
        scene.Circle(Ink.Ground, _position, Axle, 0.05);
    }

    private readonly void Observe(Span<float> observation)
    {
        observation[3] = (float)_angularVelocity;
        observation[0] = (float)_position;
        observation[1] = (float)_velocity;
        observation[2] = (float)_angle;
    }
}
