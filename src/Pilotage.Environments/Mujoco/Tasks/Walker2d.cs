using Pilotage.Environments.Mujoco.Heuristics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>Walker2d: two legs in a plane that are to walk forward without falling.</summary>
/// <remarks>
/// Source: Gymnasium's Walker2d. Observation [17]: positions without the x of the torso, velocities clipped to 10. Reward: forward velocity + 1 if healthy -
/// 0.001 |action|^2; version 4 pays the 1 on the terminating step too. Healthy: height in (0.8, 2) m, tilt below 1 rad. Version 5's model has a right foot
/// with the left one's friction.
/// </remarks>
internal readonly struct Walker2d(double interval, TaskVersion version) : IMujocoTask<Walker2d>
{
    private const double LeastHeight = 0.8;             // m
    private const double MostHeight = 2;                // m
    private const double MostTilt = 1;                  // rad
    private const double VelocityBound = 10;
    private const double HealthyReward = 1;
    private const double ControlWeight = 0.001;
    private const double StartNoise = 0.005;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"Walker2d-v{(int)version}",
            ObservationSize = 17,
            Actions = TaskDescription.Box(6, 1),
            TimeLimit = TaskDescription.TimeLimit,
            ObservationNames =
            [
                "height", "tilt", "right thigh", "right leg", "right foot", "left thigh", "left leg", "left foot",
                "x velocity", "z velocity", "tilt velocity", "right thigh velocity", "right leg velocity", "right foot velocity",
                "left thigh velocity", "left leg velocity", "left foot velocity",
            ],
        },
        Summary = "Walk forward on two legs without falling",
        ModelFile = version == TaskVersion.V4 ? "walker2d.xml" : "walker2d_v5.xml",
        FrameSkip = 4,
        PositionCount = 9,
        VelocityCount = 9,
        DrivenJoints = ["thigh_joint", "leg_joint", "foot_joint", "thigh_left_joint", "leg_left_joint", "foot_left_joint"],
        CreateHeuristic = () => Gaits.Walker2d,
        Heuristic = Gaits.Text,
    };

    public static Walker2d Create(MujocoModel model, TaskVersion version) => new(model.Timestep * Describe(version).FrameSkip, version);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddUniform(data.Velocities, StartNoise, ref random);
    }

    public double Measure(MujocoData data) => data.Positions[0];

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action)
    {
        var (height, tilt) = (data.Positions[1], data.Positions[2]);
        var healthy = height is > LeastHeight and < MostHeight && Math.Abs(tilt) < MostTilt;
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
}
