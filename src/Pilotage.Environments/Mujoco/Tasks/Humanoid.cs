using Pilotage.Environments.Mujoco.Heuristics;

namespace Pilotage.Environments.Mujoco.Tasks;

/// <summary>Humanoid: a body with legs and arms that is to walk forward without falling.</summary>
/// <remarks>
/// Source: Gymnasium's Humanoid. Observation: positions without x and y, velocities, inertia and velocity of the bodies, forces of the actuators, external
/// forces (version 4, [376]); version 5 leaves out the world's rows and the six free degrees, which are always 0 ([348]). Reward: 1.25 times the forward
/// velocity of the centre of mass + 5 if healthy - 0.1 |control|^2; version 4 pays the 5 on the terminating step too, version 5 takes 5e-7 times the squares
/// of the external forces, at most 10. Healthy: height in (1, 2) m.
/// </remarks>
internal readonly struct Humanoid(MujocoModel model, double interval, TaskVersion version) : IMujocoTask<Humanoid>
{
    private const int FreeDegrees = 6;
    private const double LeastHeight = 1;               // m
    private const double MostHeight = 2;                // m
    private const double ForwardWeight = 1.25;
    private const double HealthyReward = 5;
    private const double ControlWeight = 0.1;
    private const double ForceWeight = 5e-7;
    private const double MostForceCost = 10;
    private const double StartNoise = 0.01;

    public static TaskDescription Describe(TaskVersion version) => new()
    {
        Spec = new()
        {
            Name = $"Humanoid-v{(int)version}",
            ObservationSize = version == TaskVersion.V4 ? 376 : 348,
            Actions = TaskDescription.Box(17, 0.4f),
            TimeLimit = TaskDescription.TimeLimit,
        },
        Summary = "Walk forward on two legs, with a trunk and arms, without falling",
        ModelFile = "humanoid.xml",
        FrameSkip = 5,
        PositionCount = 24,
        VelocityCount = 23,
        DrivenJoints =
        [
            "abdomen_y", "abdomen_z", "abdomen_x", "right_hip_x", "right_hip_z", "right_hip_y", "right_knee", "left_hip_x", "left_hip_z", "left_hip_y", "left_knee",
            "right_shoulder1", "right_shoulder2", "right_elbow", "left_shoulder1", "left_shoulder2", "left_elbow",
        ],
        UsesExternalForces = true,
        CreateHeuristic = () => Gaits.Humanoid,
        Heuristic = Gaits.Text,
    };

    public static Humanoid Create(MujocoModel model, TaskVersion version) => new(model, model.Timestep * Describe(version).FrameSkip, version);

    public void Begin(MujocoData data, ref Randomness random)
    {
        TaskMath.AddUniform(data.Positions, StartNoise, ref random);
        TaskMath.AddUniform(data.Velocities, StartNoise, ref random);
    }

    /// <summary>The x of the centre of mass.</summary>
    public double Measure(MujocoData data)
    {
        var masses = model.BodyMasses;
        var centres = data.CentresOfMass;
        var sum = 0.0;
        for (var body = 0; body < masses.Length; body++) sum += masses[body] * centres[3 * body];
        return sum / model.TotalMass;
    }

    public Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action)
    {
        var healthy = data.Positions[2] is > LeastHeight and < MostHeight;
        var bonus = healthy || version == TaskVersion.V4 ? HealthyReward : 0;
        var reward = ForwardWeight * (after - before) / interval + bonus - ControlWeight * TaskMath.SquaredNorm(action);
        if (version == TaskVersion.V5) reward -= Math.Min(ForceWeight * TaskMath.SquaredNorm(data.ExternalForces), MostForceCost);
        return new((float)reward, healthy ? End.Running : End.Terminated);
    }

    public void Observe(MujocoData data, Span<float> observation)
    {
        var (bodies, degrees) = version == TaskVersion.V4 ? (0, 0) : (1, FreeDegrees);
        var writer = new ObservationWriter(observation);
        writer.Add(data.Positions[2..]);
        writer.Add(data.Velocities);
        writer.Add(data.BodyInertias[(10 * bodies)..]);
        writer.Add(data.BodyVelocities[(6 * bodies)..]);
        writer.Add(data.ActuatorForces[degrees..]);
        writer.Add(data.ExternalForces[(6 * bodies)..]);
    }
}
