using Pilotage.Environments.Mujoco.Heuristics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>HalfCheetah: two legs and a long back in a plane that are to run forward. Never terminates.</summary>
/// <remarks>
/// Source: Gymnasium's HalfCheetah; versions 4 and 5 are equal. Observation [17]: positions without the x of the torso, velocities. Reward: forward velocity -
/// 0.1 |action|^2.
/// </remarks>
internal readonly struct HalfCheetah(double interval) : IMujocoTask<HalfCheetah>
{
    private const double ControlWeight = 0.1;
    private const double StartNoise = 0.1;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"HalfCheetah-v{(int)version}",
            ObservationSize = 17,
            Actions = TaskDescription.Box(6, 1),
            TimeLimit = TaskDescription.TimeLimit,
            ObservationNames =
            [
                "height", "tilt", "back thigh", "back shin", "back foot", "front thigh", "front shin", "front foot",
                "x velocity", "z velocity", "tilt velocity", "back thigh velocity", "back shin velocity", "back foot velocity",
                "front thigh velocity", "front shin velocity", "front foot velocity",
            ],
            SolvedAt = 4800,
        },
        Summary = "Run forward on two legs",
        ModelFile = "half_cheetah.xml",
        FrameSkip = 5,
        PositionCount = 9,
        VelocityCount = 9,
        DrivenJoints = ["bthigh", "bshin", "bfoot", "fthigh", "fshin", "ffoot"],
        View = new(Height: 1.8),
        CreateHeuristic = () => Gaits.HalfCheetah,
        Heuristic = Gaits.Text,
    };

    public static HalfCheetah Create(MujocoModel model, TaskVersion version) => new(model.Timestep * Describe(version).FrameSkip);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddNormal(data.Velocities, StartNoise, ref random);
    }

    public double Measure(MujocoData data) => data.Positions[0];

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action) =>
        new((float)((after - before) / interval - ControlWeight * TaskMath.SquaredNorm(action)));

    public void Observe(MujocoData data, Span<float> observation)
    {
        var writer = new ObservationWriter(observation);
        writer.Add(data.Positions[1..]);
        writer.Add(data.Velocities);
    }
}
