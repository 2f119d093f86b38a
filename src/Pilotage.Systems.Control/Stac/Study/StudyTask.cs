using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Stac;

/// <summary>What the learners of the study learn, and how they are judged on it.</summary>
/// <param name="Key">In the names of metrics and claims: <c>pendulum</c>.</param>
/// <param name="Name">The environment's name.</param>
/// <param name="Create">Makes the environment from a number of rows and a seed node.</param>
/// <param name="CreateHeuristic">The rule of thumb.</param>
/// <param name="Steps">Training steps.</param>
internal sealed record StudyTask(string Key, string Name, Func<int, SeedTree, IVectorEnvironment> Create, Func<IPolicy> CreateHeuristic, long Steps)
{
    /// <summary>Makes the environment of the value-error probe: that of the task, or with a later time limit where episodes never terminate.</summary>
    public Func<int, SeedTree, IVectorEnvironment> CreateProbed { get; init; } = Create;

    /// <summary>What rewards are multiplied by for learners and probe; returns are the environment's own.</summary>
    public double RewardScale { get; init; } = 1;

    /// <summary>Steps of uniform actions.</summary>
    public int LearningStarts { get; init; } = 1_000;

    /// <summary>alpha at the start.</summary>
    public double Temperature { get; init; } = 0.2;

    /// <summary>Dropout of STAC's networks; the baselines have none.</summary>
    public DropoutSettings Dropout { get; init; } = new();

    /// <summary>Episodes of each evaluation along the training.</summary>
    public int Episodes { get; init; } = 5;

    /// <summary>Whether it is the point mass, whose disc is watched.</summary>
    public bool IsPointMass { get; init; }
}
