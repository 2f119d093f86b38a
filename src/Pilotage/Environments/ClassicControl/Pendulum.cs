using System.Runtime.CompilerServices;
using Pilotage.Environments.Drawing;
using Pilotage.Numerics;

namespace Pilotage.Environments.ClassicControl;

/// <summary>Pendulum-v1: swing a pendulum up with a motor that is too weak to lift it, and hold it there.</summary>
/// <remarks>
/// Source: Gymnasium's Pendulum. Observation: cosine and sine of the angle (0 is upright), angular velocity (rad/s). Action: torque in [-2, 2] N m; the
/// motor gives no more, whatever is asked. Reward: minus (angle^2 + 0.1 velocity^2 + 0.001 torque^2) of the state before the step, so from
/// -16.2736 to 0. Never terminates; 200 steps.
/// </remarks>
/// <param name="angle">Angle, in radians; 0 is upright, any number of turns.</param>
/// <param name="angularVelocity">Angular velocity, in radians per second.</param>
public struct Pendulum(double angle, double angularVelocity) : IEnvironment, IDrawable
{
    private const double Gravity = 10;                  // m/s^2
    private const double Mass = 1;                      // kg
    private const double Length = 1;                    // m
    private const double Interval = 0.05;               // s
    private const double MaximumTorque = 2;             // N m
    private const double MaximumSpeed = 8;              // rad/s
    private const double FullTurn = 2 * Math.PI;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "Pendulum-v1",
        ObservationSize = 3,
        Actions = new ActionSpace.Box([(float)-MaximumTorque], [(float)MaximumTorque]),
        TimeLimit = 200,
        ObservationNames = ["cosine", "sine", "angular velocity"],
    };

    private double _angle = angle;
    private double _angularVelocity = angularVelocity;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        _angle = random.NextUniform(-Math.PI, Math.PI);
        _angularVelocity = random.NextUniform(-1, 1);
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var torque = Math.Clamp((double)action.Values[0], -MaximumTorque, MaximumTorque);
        var wrapped = Wrap(_angle);
        var cost = wrapped * wrapped + 0.1 * (_angularVelocity * _angularVelocity) + 0.001 * (torque * torque);
        var acceleration = 3 * Gravity / (2 * Length) * Trigonometry.SinCos(_angle).Sin + 3.0 / (Mass * Length * Length) * torque;
        _angularVelocity = Math.Clamp(_angularVelocity + acceleration * Interval, -MaximumSpeed, MaximumSpeed);
        _angle += _angularVelocity * Interval;          // the new velocity: semi-implicit Euler
        Observe(next.Observation);
        return new((float)-cost);
    }

    /// <summary>((angle + pi) mod 2 pi) - pi, with the exact remainder in [0, 2 pi).</summary>
    internal static double Wrap(double angle)
    {
        var shifted = angle + Math.PI;
        var turns = Math.Floor(shifted / FullTurn);
        var remainder = Math.FusedMultiplyAdd(-turns, FullTurn, shifted);
        if (remainder < 0) remainder = Math.FusedMultiplyAdd(1 - turns, FullTurn, shifted);           // the quotient was rounded up to a whole number
        return remainder - Math.PI;
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene)
    {
        scene.Look(0, 0, 2.6 * Length);
        scene.Circle(Ink.Goal, 0, Length, 0.06);
        var (sin, cos) = Math.SinCos(_angle);
        scene.Line(Ink.Limb, 0.16, (0, 0), (-Length * sin, Length * cos));
        scene.Circle(Ink.Ground, 0, 0, 0.05);
    }

    private readonly void Observe(Span<float> observation)
    {
        var (sin, cos) = Trigonometry.SinCos(_angle);
        observation[2] = (float)_angularVelocity;
        observation[0] = (float)cos;
        observation[1] = (float)sin;
    }
}
