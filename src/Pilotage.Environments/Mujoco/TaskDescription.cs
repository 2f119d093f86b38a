using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco;

/// <summary>What is known of a task before its model is loaded, and what the model must then be.</summary>
internal sealed record TaskDescription
{
    /// <summary>Steps of an episode that nothing ends.</summary>
    public const int TimeLimit = 1000;

    /// <summary>Name, spaces and time limit.</summary>
    public required EnvironmentSpec Spec { get; init; }

    /// <summary>One line: what is decided, and for what.</summary>
    public required string Summary { get; init; }

    /// <summary>The model's file name.</summary>
    public required string ModelFile { get; init; }

    /// <summary>Timesteps of the simulation for one step of the environment.</summary>
    public required int FrameSkip { get; init; }

    /// <summary>Length of the position vector.</summary>
    public required int PositionCount { get; init; }

    /// <summary>Degrees of freedom.</summary>
    public required int VelocityCount { get; init; }

    /// <summary>The joint that each actuator drives.</summary>
    public required IReadOnlyList<string> DrivenJoints { get; init; }

    /// <summary>Whether observation or reward need the external forces, which cost one more pass over the bodies.</summary>
    public bool UsesExternalForces { get; init; }

    /// <summary>Where it is drawn from.</summary>
    public MujocoView View { get; init; } = new(Height: 2.4);

    /// <summary>Makes the heuristic.</summary>
    public required Func<IPolicy> CreateHeuristic { get; init; }

    /// <summary>One line: how the heuristic decides.</summary>
    public required string Heuristic { get; init; }

    /// <summary>A box with the same bounds in each dimension.</summary>
    public static ActionSpace.Box Box(int dimensions, float bound) => new([.. Enumerable.Repeat(-bound, dimensions)], [.. Enumerable.Repeat(bound, dimensions)]);

    /// <summary>Compares a model with what the task needs.</summary>
    /// <param name="model">Loaded from <paramref name="path"/>.</param>
    /// <param name="path">For the message.</param>
    /// <exception cref="UserMistakeException">The model has other degrees of freedom or actuators; all differences at once.</exception>
    public void Check(MujocoModel model, string path)
    {
        var problems = new List<string>();
        if (model.PositionCount != PositionCount || model.VelocityCount != VelocityCount)
            problems.Add($"it has {model.PositionCount} positions and {model.VelocityCount} velocities, expected are {PositionCount} and {VelocityCount}");
        if (model.ActuatorCount != DrivenJoints.Count) problems.Add($"it has {model.ActuatorCount} actuators, expected are {DrivenJoints.Count}");
        var box = (ActionSpace.Box)Spec.Actions;
        for (var i = 0; i < Math.Min(model.ActuatorCount, DrivenJoints.Count); i++)
        {
            if (model.JointOf(i) is var joint && joint != DrivenJoints[i]) problems.Add($"actuator {i} drives joint \"{joint}\", expected is \"{DrivenJoints[i]}\"");
            var (low, high) = ((float)model.ActuatorRanges[2 * i], (float)model.ActuatorRanges[2 * i + 1]);
            if (low != box.Low[i] || high != box.High[i])
                problems.Add(FormattableString.Invariant($"actuator {i} takes [{low}, {high}], expected is [{box.Low[i]}, {box.High[i]}]"));
        }
        if (problems.Count == 0) return;
        throw new UserMistakeException(new Mistake("PIL1004", $"The model does not fit {Spec.Name}: {string.Join("; ", problems)}.", path, $"Take an unchanged {ModelFile}: pilotage data get mjcf").ToString());
    }
}
