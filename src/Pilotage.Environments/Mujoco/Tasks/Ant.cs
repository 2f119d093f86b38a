using Pilotage.Environments.Mujoco.Heuristics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>Ant: four legs around a ball that are to walk forward without turning over.</summary>
/// <remarks>
/// Source: Gymnasium's Ant. Observation: positions without x and y, velocities (version 4, [27]); version 5 adds the external forces on all bodies but the
/// world, clipped to 1 ([105]). Reward: forward velocity of the torso + 1 if healthy - 0.5 |action|^2; version 4 pays the 1 on the terminating step too,
/// version 5 takes 0.0005 times the squares of the clipped forces. Healthy: height in [0.2, 1] m and a finite state.
/// </remarks>
internal readonly struct Ant(double interval, TaskVersion version) : IMujocoTask<Ant>
{
    private const int Torso = 1;                        // the only child of the world
    private const double LeastHeight = 0.2;             // m
    private const double MostHeight = 1;                // m
    private const double HealthyReward = 1;
    private const double ControlWeight = 0.5;
    private const double ForceWeight = 5e-4;
    private const double ForceBound = 1;
    private const double StartNoise = 0.1;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"Ant-v{(int)version}",
            ObservationSize = version == TaskVersion.V4 ? 27 : 105,
            Actions = TaskDescription.Box(8, 1),
            TimeLimit = TaskDescription.TimeLimit,
            SolvedAt = 6000,
        },
        Summary = "Walk forward on four legs without turning over",
        ModelFile = "ant.xml",
        FrameSkip = 5,
        PositionCount = 15,
        VelocityCount = 14,
        DrivenJoints = ["hip_4", "ankle_4", "hip_1", "ankle_1", "hip_2", "ankle_2", "hip_3", "ankle_3"],
        UsesExternalForces = version == TaskVersion.V5,
        CreateHeuristic = () => Gaits.Ant,
        Heuristic = Gaits.Text,
    };

    public static Ant Create(MujocoModel model, TaskVersion version) => new(model.Timestep * Describe(version).FrameSkip, version);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddNormal(data.Velocities, StartNoise, ref random);
    }

    public double Measure(MujocoData data) => data.BodyPositions[3 * Torso];

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action)
    {
        var healthy = data.Positions[2] is >= LeastHeight and <= MostHeight;      // a state that is not finite never arrives here
        var bonus = healthy || version == TaskVersion.V4 ? HealthyReward : 0;
        var reward = (after - before) / interval + bonus - ControlWeight * TaskMath.SquaredNorm(action);
        if (version == TaskVersion.V5) reward -= ForceWeight * ClippedSquares(data.ExternalForces);
        return new((float)reward, healthy ? End.Running : End.Terminated);
    }

    public void Observe(MujocoData data, Span<float> observation)
    {
        var writer = new ObservationWriter(observation);
        writer.Add(data.Positions[2..]);
        writer.Add(data.Velocities);
        if (version == TaskVersion.V5) writer.AddClipped(data.ExternalForces[6..], ForceBound);
    }

    private static double ClippedSquares(ReadOnlySpan<double> forces)
    {
        var sum = 0.0;
        foreach (var force in forces) sum += Math.Min(force * force, ForceBound * ForceBound);
        return sum;
    }
}
