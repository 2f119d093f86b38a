using Pilotage.Environments.Drawing;
using Pilotage.Numerics;

namespace Pilotage.Environments.ClassicControl;

/// <summary>Acrobot-v1: two links, a motor at the joint between them; swing the tip above a line one link over the hinge. Minus one point per step.</summary>
/// <remarks>
/// Source: Gymnasium's Acrobot, after Sutton (1996), equations of motion of Sutton and Barto's book; one classical Runge-Kutta step of 0.2 s. Observation:
/// cosine and sine of the first angle (0 hangs down), of the second (relative to the first), both angular velocities (rad/s). Actions: torque -1, 0, 1 N m.
/// </remarks>
public struct Acrobot : IEnvironment, IDrawable
{
    private const double Gravity = 9.8;                 // m/s^2
    private const double Mass1 = 1;                     // kg
    private const double Mass2 = 1;                     // kg
    private const double Length1 = 1;                   // m
    private const double Length2 = 1;                   // m; seen, and of no part in the dynamics
    private const double Centre1 = 0.5;                 // m, from the link's upper end
    private const double Centre2 = 0.5;                 // m
    private const double Inertia1 = 1;                  // kg m^2
    private const double Inertia2 = 1;                  // kg m^2
    private const double Interval = 0.2;                // s
    private const double MaximumVelocity1 = 4 * Math.PI;
    private const double MaximumVelocity2 = 9 * Math.PI;
    private const double ResetRadius = 0.1;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "Acrobot-v1",
        ObservationSize = 6,
        Actions = new ActionSpace.Discrete(3),
        TimeLimit = 500,
        ObservationNames = ["cosine 1", "sine 1", "cosine 2", "sine 2", "angular velocity 1", "angular velocity 2"],
        SolvedAt = -100,
    };

    private Motion _state;

    /// <summary>Begins at a given state.</summary>
    /// <param name="angle1">Angle of the first link, in radians; 0 hangs down.</param>
    /// <param name="angle2">Angle of the second link against the first, in radians.</param>
    /// <param name="velocity1">Angular velocity of the first link, in radians per second.</param>
    /// <param name="velocity2">Angular velocity of the second link, in radians per second.</param>
    public Acrobot(double angle1, double angle2, double velocity1, double velocity2) => _state = new(angle1, angle2, velocity1, velocity2);

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        // Gymnasium rounds the first state, and only this one, to single precision.
        var angle1 = (float)random.NextUniform(-ResetRadius, ResetRadius);
        var angle2 = (float)random.NextUniform(-ResetRadius, ResetRadius);
        var velocity1 = (float)random.NextUniform(-ResetRadius, ResetRadius);
        var velocity2 = (float)random.NextUniform(-ResetRadius, ResetRadius);
        _state = new(angle1, angle2, velocity1, velocity2);
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var torque = action.Index - 1.0;
        var slope1 = Derivative(_state, torque);
        var slope2 = Derivative(_state.Along(slope1, Interval / 2), torque);
        var slope3 = Derivative(_state.Along(slope2, Interval / 2), torque);
        var slope4 = Derivative(_state.Along(slope3, Interval), torque);
        var end = _state.Along(slope1.Along(slope2, 2).Along(slope3, 2).Along(slope4, 1), Interval / 6);
        _state = new(
            Wrap(end.Angle1), Wrap(end.Angle2),
            Math.Clamp(end.Velocity1, -MaximumVelocity1, MaximumVelocity1), Math.Clamp(end.Velocity2, -MaximumVelocity2, MaximumVelocity2));
        Observe(next.Observation);
        var reached = -Trigonometry.Cos(_state.Angle1) - Trigonometry.Cos(_state.Angle2 + _state.Angle1) > 1;
        return reached ? new(0, End.Terminated) : new(-1);
    }

    private static Motion Derivative(in Motion at, double torque)
    {
        var (sin2, cos2) = Trigonometry.SinCos(at.Angle2);
        var d1 = Mass1 * (Centre1 * Centre1) + Mass2 * (Length1 * Length1 + Centre2 * Centre2 + 2 * Length1 * Centre2 * cos2) + Inertia1 + Inertia2;
        var d2 = Mass2 * (Centre2 * Centre2 + Length1 * Centre2 * cos2) + Inertia2;
        var phi2 = Mass2 * Centre2 * Gravity * Trigonometry.Cos(at.Angle1 + at.Angle2 - Math.PI / 2);
        var phi1 = -Mass2 * Length1 * Centre2 * (at.Velocity2 * at.Velocity2) * sin2
            - 2 * Mass2 * Length1 * Centre2 * at.Velocity2 * at.Velocity1 * sin2
            + (Mass1 * Centre1 + Mass2 * Length1) * Gravity * Trigonometry.Cos(at.Angle1 - Math.PI / 2) + phi2;
        var acceleration2 = (torque + d2 / d1 * phi1 - Mass2 * Length1 * Centre2 * (at.Velocity1 * at.Velocity1) * sin2 - phi2)
            / (Mass2 * (Centre2 * Centre2) + Inertia2 - d2 * d2 / d1);
        var acceleration1 = -(d2 * acceleration2 + phi1) / d1;
        return new(at.Velocity1, at.Velocity2, acceleration1, acceleration2);
    }

    private static double Wrap(double angle)
    {
        while (angle > Math.PI) angle -= 2 * Math.PI;
        while (angle < -Math.PI) angle += 2 * Math.PI;
        return angle;
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene)
    {
        scene.Look(0, 0, 2.3 * (Length1 + Length2));
        scene.Line(Ink.Goal, 0.04, (-3, Length1), (3, Length1));
        var (elbowX, elbowY) = (Length1 * Math.Sin(_state.Angle1), -Length1 * Math.Cos(_state.Angle1));
        var both = _state.Angle1 + _state.Angle2;
        scene.Line(Ink.Limb, 0.16, (0, 0), (elbowX, elbowY));
        scene.Line(Ink.Body, 0.16, (elbowX, elbowY), (elbowX + Length2 * Math.Sin(both), elbowY - Length2 * Math.Cos(both)));
        scene.Circle(Ink.Ground, 0, 0, 0.07);
        scene.Circle(Ink.Ground, elbowX, elbowY, 0.07);
    }

    private readonly void Observe(Span<float> observation)
    {
        var (sin1, cos1) = Trigonometry.SinCos(_state.Angle1);
        var (sin2, cos2) = Trigonometry.SinCos(_state.Angle2);
        observation[5] = (float)_state.Velocity2;
        observation[0] = (float)cos1;
        observation[1] = (float)sin1;
        observation[2] = (float)cos2;
        observation[3] = (float)sin2;
        observation[4] = (float)_state.Velocity1;
    }

    /// <summary>A state, or the rate at which it changes.</summary>
    private readonly record struct Motion(double Angle1, double Angle2, double Velocity1, double Velocity2)
    {
        public Motion Along(in Motion slope, double step) => new(
            Angle1 + step * slope.Angle1, Angle2 + step * slope.Angle2, Velocity1 + step * slope.Velocity1, Velocity2 + step * slope.Velocity2);
    }
}
