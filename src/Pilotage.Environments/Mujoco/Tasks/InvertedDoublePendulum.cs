using Pilotage.Environments.Mujoco.Heuristics;
using Pilotage.Numerics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>InvertedDoublePendulum: a cart that is to balance two poles, one on the other.</summary>
/// <remarks>
/// Source: Gymnasium's InvertedDoublePendulum. Observation: place of the cart, sines and cosines of both angles, velocities and constraint forces clipped to
/// 10; version 4 has all three forces ([11]), version 5 the cart's alone ([9]). Reward: 10 - 0.01 x^2 - (y - 2)^2 - 0.001 v1^2 - 0.005 v2^2, with the tip at
/// (x, y) and the angular velocities v; version 5 pays the 10 only if the episode goes on. Terminates when the tip is at 1 m or lower.
/// </remarks>
internal readonly struct InvertedDoublePendulum(TaskVersion version) : IMujocoTask<InvertedDoublePendulum>
{
    private const double LeastHeight = 1;               // m
    private const double AliveReward = 10;
    private const double Bound = 10;
    private const double StartNoise = 0.1;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"InvertedDoublePendulum-v{(int)version}",
            ObservationSize = version == TaskVersion.V4 ? 11 : 9,
            Actions = TaskDescription.Box(1, 1),
            TimeLimit = TaskDescription.TimeLimit,
            ObservationNames =
            [
                "position", "lower sine", "upper sine", "lower cosine", "upper cosine", "velocity", "lower velocity", "upper velocity",
                .. version == TaskVersion.V4 ? new[] { "rail force", "lower torque", "upper torque" } : ["rail force"],
            ],
            SolvedAt = 9100,
        },
        Summary = "Balance two poles, one on the other, on a cart",
        ModelFile = "inverted_double_pendulum.xml",
        FrameSkip = 5,
        PositionCount = 3,
        VelocityCount = 3,
        DrivenJoints = ["slider"],
        View = new(Height: 3.4, Follows: false, HasGround: false, Lowest: -1),
        CreateHeuristic = () => new InvertedDoublePendulumFeedback(),
        Heuristic = "Pushes in proportion to both angles, drift and their velocities",
    };

    public static InvertedDoublePendulum Create(MujocoModel model, TaskVersion version) => new(version);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddNormal(data.Velocities, StartNoise, ref random);
    }

    public double Measure(MujocoData data) => 0;

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action)
    {
        var (x, y) = (data.SitePositions[0], data.SitePositions[2]);
        var (lower, upper) = (data.Velocities[1], data.Velocities[2]);
        var falls = y <= LeastHeight;
        var bonus = falls && version == TaskVersion.V5 ? 0 : AliveReward;
        var reward = bonus - 0.01 * x * x - (y - 2) * (y - 2) - 0.001 * lower * lower - 0.005 * upper * upper;
        return new((float)reward, falls ? End.Terminated : End.Running);
    }

    public void Observe(MujocoData data, Span<float> observation)
    {
        var (lower, upper) = (Trigonometry.SinCos(data.Positions[1]), Trigonometry.SinCos(data.Positions[2]));
        var writer = new ObservationWriter(observation);
        writer.Add([data.Positions[0], lower.Sin, upper.Sin, lower.Cos, upper.Cos]);
        writer.AddClipped(data.Velocities, Bound);
        writer.AddClipped(version == TaskVersion.V4 ? data.ConstraintForces : data.ConstraintForces[..1], Bound);
    }
}
