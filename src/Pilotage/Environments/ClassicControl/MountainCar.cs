using System.Runtime.CompilerServices;
using Pilotage.Environments.Drawing;
using Pilotage.Numerics;

namespace Pilotage.Environments.ClassicControl;

/// <summary>MountainCar-v0: a car too weak for the hill must rock its way up. Push left (0), not at all (1) or right (2); minus one point per step.</summary>
/// <remarks>
/// Source: Gymnasium's MountainCar, after Moore (1990); state in double. Observation: position in [-1.2, 0.6], velocity in [-0.07, 0.07] per step. The goal
/// is position 0.5. 200 steps.
/// </remarks>
/// <param name="position">Position along the track; the valley is at -pi/6.</param>
/// <param name="velocity">Velocity, in positions per step.</param>
public struct MountainCar(double position, double velocity) : IEnvironment, IDrawable
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

    /// <inheritdoc/>
    public readonly void Draw(Scene scene) => Draw(scene, _position, Goal);

    /// <summary>Track, flag and car, shared with the continuous task.</summary>
    internal static void Draw(Scene scene, double position, double goal)
    {
        const int Pieces = 60;
        scene.Look((LeftWall + RightEnd) / 2, 0.62, 1.3);
        var track = new (double, double)[Pieces + 3];
        for (var i = 0; i <= Pieces; i++)
        {
            var x = LeftWall + (RightEnd - LeftWall) * i / Pieces;
            track[i] = (x, Height(x));
        }
        (track[Pieces + 1], track[Pieces + 2]) = ((RightEnd, -1), (LeftWall, -1));
        scene.Polygon(Ink.Ground, track);
        scene.Line(Ink.Goal, 0.01, (goal, Height(goal)), (goal, Height(goal) + 0.2));
        scene.Polygon(Ink.Goal, (goal, Height(goal) + 0.2), (goal, Height(goal) + 0.12), (goal + 0.08, Height(goal) + 0.16));
        var slope = 3 * 0.45 * Math.Cos(3 * position);
        var (alongX, alongY) = (1 / Math.Sqrt(1 + slope * slope), slope / Math.Sqrt(1 + slope * slope));
        var (x0, y0) = (position - 0.04 * alongY, Height(position) + 0.04 * alongX);         // above the track, along its normal
        scene.Line(Ink.Body, 0.06, (x0 - 0.045 * alongX, y0 - 0.045 * alongY), (x0 + 0.045 * alongX, y0 + 0.045 * alongY));
    }

    // As Gymnasium draws it; the dynamics know the slope only.
    private static double Height(double x) => Math.Sin(3 * x) * 0.45 + 0.55;

    private readonly void Observe(Span<float> observation)
    {
        observation[1] = (float)_velocity;
        observation[0] = (float)_position;
    }
}
