using Pilotage.Environments.Mujoco.Heuristics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>InvertedPendulum: a cart that is to balance a pole.</summary>
/// <remarks>
/// Source: Gymnasium's InvertedPendulum. Observation [4]: place of the cart, angle of the pole, both velocities. Reward: 1 for each step; version 5 pays 0 on
/// the terminating step. Terminates when the pole leans more than 0.2 rad.
/// </remarks>
internal readonly struct InvertedPendulum(TaskVersion version) : IMujocoTask<InvertedPendulum>
{
    private const double MostAngle = 0.2;               // rad
    private const double StartNoise = 0.01;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"InvertedPendulum-v{(int)version}",
            ObservationSize = 4,
            Actions = TaskDescription.Box(1, 3),
            TimeLimit = TaskDescription.TimeLimit,
            ObservationNames = ["position", "angle", "velocity", "angular velocity"],
            SolvedAt = 950,
        },
        Summary = "Balance a pole on a cart by pushing it with a force",
        ModelFile = "inverted_pendulum.xml",
        FrameSkip = 2,
        PositionCount = 2,
        VelocityCount = 2,
        DrivenJoints = ["slider"],
        View = new(Height: 2, Follows: false, HasGround: false, Lowest: -0.5),
        CreateHeuristic = () => new InvertedPendulumFeedback(),
        Heuristic = "Pushes in proportion to lean, drift and their velocities",
    };

    public static InvertedPendulum Create(MujocoModel model, TaskVersion version) => new(version);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddUniform(data.Velocities, StartNoise, ref random);
    }

    public double Measure(MujocoData data) => 0;

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action)
    {
        var falls = Math.Abs(data.Positions[1]) > MostAngle;
        return new(falls && version == TaskVersion.V5 ? 0 : 1, falls ? End.Terminated : End.Running);
    }

    public void Observe(MujocoData data, Span<float> observation)
    {
        var writer = new ObservationWriter(observation);
        writer.Add(data.Positions);
        writer.Add(data.Velocities);
    }
}
