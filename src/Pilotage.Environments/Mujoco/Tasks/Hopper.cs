using Pilotage.Environments.Mujoco.Heuristics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>Hopper: one leg that is to hop forward without falling.</summary>
/// <remarks>
/// Source: Gymnasium's Hopper. Observation [11]: positions without the x of the torso, velocities clipped to 10. Reward: forward velocity + 1 if healthy -
/// 0.001 |action|^2; version 4 pays the 1 on the terminating step too. Healthy: height above 0.7 m, tilt below 0.2 rad, all other numbers of the state below 100.
/// </remarks>
internal readonly struct Hopper(double interval, TaskVersion version) : IMujocoTask<Hopper>
{
    private const double LeastHeight = 0.7;             // m
    private const double MostTilt = 0.2;                // rad
    private const double StateBound = 100;
    private const double VelocityBound = 10;
    private const double HealthyReward = 1;
    private const double ControlWeight = 0.001;
    private const double StartNoise = 0.005;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"Hopper-v{(int)version}",
            ObservationSize = 11,
            Actions = TaskDescription.Box(3, 1),
            TimeLimit = TaskDescription.TimeLimit,
            ObservationNames =
            [
                "height", "tilt", "thigh", "leg", "foot",
                "x velocity", "z velocity", "tilt velocity", "thigh velocity", "leg velocity", "foot velocity",
            ],
            SolvedAt = 3800,
        },
        Summary = "Hop forward on one leg without falling",
        ModelFile = "hopper.xml",
        FrameSkip = 4,
        PositionCount = 6,
        VelocityCount = 6,
        DrivenJoints = ["thigh_joint", "leg_joint", "foot_joint"],
        CreateHeuristic = () => Gaits.Hopper,
        Heuristic = Gaits.Text,
    };

    public static Hopper Create(MujocoModel model, TaskVersion version) => new(model.Timestep * Describe(version).FrameSkip, version);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddUniform(data.Velocities, StartNoise, ref random);
    }

    public double Measure(MujocoData data) => data.Positions[0];

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action)
    {
        var healthy = IsHealthy(data.Positions, data.Velocities);
        var bonus = healthy || version == TaskVersion.V4 ? HealthyReward : 0;
        var reward = (after - before) / interval + bonus - ControlWeight * TaskMath.SquaredNorm(action);
        return new((float)reward, healthy ? End.Running : End.Terminated);
    }

    public void Observe(MujocoData data, Span<float> observation)
    {
        var writer = new ObservationWriter(observation);
        writer.Add(data.Positions[1..]);
        writer.AddClipped(data.Velocities, VelocityBound);
    }

    private static bool IsHealthy(ReadOnlySpan<double> positions, ReadOnlySpan<double> velocities)
    {
        foreach (var value in positions[2..]) if (!(Math.Abs(value) < StateBound)) return false;
        foreach (var value in velocities) if (!(Math.Abs(value) < StateBound)) return false;
        return positions[1] > LeastHeight && Math.Abs(positions[2]) < MostTilt;
    }
}
