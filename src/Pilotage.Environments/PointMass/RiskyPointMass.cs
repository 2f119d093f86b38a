using Pilotage.Environments.Drawing;
using Pilotage.Numerics;

namespace Pilotage.Environments.PointMass;

/// <summary>RiskyPointMass-v0: a point drives to a corner, and in a disc on the way a step sometimes costs ten points. Going round costs steps, going through costs luck.</summary>
/// <remarks>
/// Source: arXiv:2601.00737, toy task, after arXiv:2107.06106. State s in [0, 1]², which is the observation; action in [-1, 1]², clipped. Next state: s + 0.1 a + slip, held to the square.
/// Reward -|s| - 0.1, less 10 with probability 0.1 exp(-4 r² / 0.3²) where r, the distance to (0.5, 0.5), is at most 0.3. Terminates where |s| is below 0.05; truncated after 200 steps.
/// All of it is judged on the state before the move. Starts uniform in [0.3, 1]².
/// The paper's text and its code differ: the text rejects starts inside the disc and slips by up to 0.02 a side; the code rejects none (its test is always true) and slips by up to
/// 0.002. This is the text's; <paramref name="isCode"/> gives the code's, under the name RiskyPointMassCode-v0.
/// </remarks>
/// <param name="isCode">Whether starts and slips are those of the published code.</param>
public struct RiskyPointMass(bool isCode) : IEnvironment, IDrawable
{
    /// <summary>Of the disc.</summary>
    public const double Centre = 0.5, Radius = 0.3;

    private const double Speed = 0.1;
    private const double GoalRadius = 0.05;
    private const double LeastStart = 0.3;
    private const double Penalty = 10;
    private const double GreatestRisk = 0.1;
    private const double Steepness = 4;

    private double _x;
    private double _y;

    /// <summary>The description under a variant's name.</summary>
    /// <param name="isCode">Whether it is the variant of the published code.</param>
    /// <returns>Name, spaces and time limit.</returns>
    public static EnvironmentSpec Describe(bool isCode) => new()
    {
        Name = isCode ? "RiskyPointMassCode-v0" : "RiskyPointMass-v0",
        ObservationSize = 2,
        Actions = new ActionSpace.Box([-1, -1], [1, 1]),
        TimeLimit = 200,
        ObservationNames = ["x", "y"],
    };

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Describe(isCode: false);

    /// <summary>Probability that a step from a place costs the penalty.</summary>
    /// <param name="distance">To the disc's centre, at least 0.</param>
    /// <returns>0.1 at the centre, 0.1 exp(-4) on the rim, 0 outside.</returns>
    public static double Risk(double distance) => distance <= Radius ? GreatestRisk * Exponential.Exp(-Steepness * distance * distance / (Radius * Radius)) : 0;

    /// <summary>Whether a place is in the disc, its rim included.</summary>
    /// <param name="x">To the right.</param>
    /// <param name="y">Upwards.</param>
    /// <returns><see langword="true"/> inside.</returns>
    public static bool IsInside(double x, double y) => Distance(x - Centre, y - Centre) <= Radius;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        do (_x, _y) = (random.NextUniform(LeastStart, 1), random.NextUniform(LeastStart, 1));
        while (!isCode && IsInside(_x, _y));
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var goal = Distance(_x, _y);
        var reward = -goal - 0.1;
        if (random.NextDouble() < Risk(Distance(_x - Centre, _y - Centre))) reward -= Penalty;
        var slip = isCode ? 0.002 : 0.02;
        _x = Math.Clamp(_x + Speed * Math.Clamp(action.Values[0], -1, 1) + random.NextUniform(-slip, slip), 0, 1);
        _y = Math.Clamp(_y + Speed * Math.Clamp(action.Values[1], -1, 1) + random.NextUniform(-slip, slip), 0, 1);
        Observe(next.Observation);
        return new((float)reward, goal < GoalRadius ? End.Terminated : End.Running);
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene)
    {
        scene.Look(0.5, 0.5, 1.2);
        scene.Line(Ink.Ground, 0.01, (0, 0), (1, 0), (1, 1), (0, 1), (0, 0));
        scene.Circle(Ink.Limb, Centre, Centre, Radius);
        scene.Circle(Ink.Goal, 0, 0, GoalRadius);
        scene.Circle(Ink.Body, _x, _y, 0.02);
    }

    private readonly void Observe(Span<float> observation) => (observation[0], observation[1]) = ((float)_x, (float)_y);

    private static double Distance(double x, double y) => Math.Sqrt(x * x + y * y);
}
