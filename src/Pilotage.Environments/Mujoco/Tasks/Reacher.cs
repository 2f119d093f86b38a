using Pilotage.Environments.Mujoco.Heuristics;
using Pilotage.Numerics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>Reacher: an arm of two links whose tip is to reach a target. Never terminates; 50 steps.</summary>
/// <remarks>
/// Source: Gymnasium's Reacher. Observation: cosines and sines of both joints, place of the target, velocities of the joints, and the way from target to tip;
/// version 4 with its z, which is 0 ([11]), version 5 without ([10]). Reward: -(distance) - |action|^2, with the distance before the step in version 4 and
/// after it in version 5. The target is uniform in a disc of 0.2 m.
/// </remarks>
internal readonly struct Reacher(int tip, int target, TaskVersion version) : IMujocoTask<Reacher>
{
    private const double TargetRadius = 0.2;            // m
    private const double PositionNoise = 0.1;
    private const double VelocityNoise = 0.005;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"Reacher-v{(int)version}",
            ObservationSize = version == TaskVersion.V4 ? 11 : 10,
            Actions = TaskDescription.Box(2, 1),
            TimeLimit = 50,
            ObservationNames =
            [
                "shoulder cosine", "elbow cosine", "shoulder sine", "elbow sine", "target x", "target y", "shoulder velocity", "elbow velocity",
                .. version == TaskVersion.V4 ? new[] { "way x", "way y", "way z" } : ["way x", "way y"],
            ],
            SolvedAt = -3.75,
        },
        Summary = "Reach a target with an arm of two links",
        ModelFile = "reacher.xml",
        FrameSkip = 2,
        PositionCount = 4,
        VelocityCount = 4,
        DrivenJoints = ["joint0", "joint1"],
        View = new(Height: 0.7, Follows: false, IsFromAbove: true, HasGround: false),
        CreateHeuristic = () => new ReacherSpring(),
        Heuristic = "Pulls the tip to the target as by a damped spring",
    };

    public static Reacher Create(MujocoModel model, TaskVersion version) =>
        new(model.Find(MujocoObject.Body, "fingertip"), model.Find(MujocoObject.Body, "target"), version);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, PositionNoise, ref random);
        var goal = data.Positions[2..];
        do
        {
            goal[0] = random.NextUniform(-TargetRadius, TargetRadius);
            goal[1] = random.NextUniform(-TargetRadius, TargetRadius);
        }
        while (!(Math.Sqrt(TaskMath.SquaredNorm(goal)) < TargetRadius));
        TaskMath.AddUniform(data.Velocities, VelocityNoise, ref random);
        data.Velocities[2..].Clear();
    }

    /// <summary>The distance from tip to target.</summary>
    public double Measure(MujocoData data)
    {
        var places = data.BodyPositions;
        var sum = 0.0;
        for (var axis = 0; axis < 3; axis++)
        {
            var way = places[3 * tip + axis] - places[3 * target + axis];
            sum += way * way;
        }
        return Math.Sqrt(sum);
    }

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action) =>
        new((float)(-(version == TaskVersion.V4 ? before : after) - TaskMath.SquaredNorm(action)));

    public void Observe(MujocoData data, Span<float> observation)
    {
        var (shoulder, elbow) = (Trigonometry.SinCos(data.Positions[0]), Trigonometry.SinCos(data.Positions[1]));
        var from = data.BodyPositions[(3 * target)..];
        var to = data.BodyPositions[(3 * tip)..];
        ReadOnlySpan<double> way = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
        var writer = new ObservationWriter(observation);
        writer.Add([shoulder.Cos, elbow.Cos, shoulder.Sin, elbow.Sin]);
        writer.Add(data.Positions[2..]);
        writer.Add(data.Velocities[..2]);
        writer.Add(version == TaskVersion.V4 ? way : way[..2]);
    }
}
