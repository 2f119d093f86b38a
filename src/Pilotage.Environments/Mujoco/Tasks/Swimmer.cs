using Pilotage.Environments.Mujoco.Heuristics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>Swimmer: three links in a thick liquid that are to swim forward. Never terminates.</summary>
/// <remarks>
/// Source: Gymnasium's Swimmer; versions 4 and 5 are equal. Observation [8]: positions without the place of the head, velocities. Reward: forward velocity -
/// 0.0001 |action|^2.
/// </remarks>
internal readonly struct Swimmer(double interval) : IMujocoTask<Swimmer>
{
    private const double ControlWeight = 1e-4;
    private const double StartNoise = 0.1;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"Swimmer-v{(int)version}",
            ObservationSize = 8,
            Actions = TaskDescription.Box(2, 1),
            TimeLimit = TaskDescription.TimeLimit,
            ObservationNames =
            [
                "heading", "first joint", "second joint", "x velocity", "y velocity", "heading velocity", "first joint velocity", "second joint velocity",
            ],
            SolvedAt = 360,
        },
        Summary = "Swim forward with three links",
        ModelFile = "swimmer.xml",
        FrameSkip = 4,
        PositionCount = 5,
        VelocityCount = 5,
        DrivenJoints = ["motor1_rot", "motor2_rot"],
        View = new(Height: 4, IsFromAbove: true),
        CreateHeuristic = () => Gaits.Swimmer,
        Heuristic = Gaits.Text,
    };

    public static Swimmer Create(MujocoModel model, TaskVersion version) => new(model.Timestep * Describe(version).FrameSkip);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddUniform(data.Velocities, StartNoise, ref random);
    }

    public double Measure(MujocoData data) => data.Positions[0];

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action) =>
        new((float)((after - before) / interval - ControlWeight * TaskMath.SquaredNorm(action)));

    public void Observe(MujocoData data, Span<float> observation)
    {
        var writer = new ObservationWriter(observation);
        writer.Add(data.Positions[2..]);
        writer.Add(data.Velocities);
    }
}
