using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Environments.Mujoco;
using Pilotage.Environments.PointMass;
using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.Stac;

/// <summary>The tasks of the study: the point mass for risk, Pendulum and, where MuJoCo is there, Hopper for overestimation.</summary>
internal static class StudyTasks
{
    /// <summary>Key of the point mass.</summary>
    public const string PointMass = "point_mass";

    private const int PendulumProbeSteps = 400;         // Pendulum never terminates: states of the first half have at least 200 steps ahead, so at most 0.99^200 = 13 % of their error escapes
    private static readonly DropoutSettings HopperDropout = new() { Actor = 0.01f, Critic = 0.01f };         // arXiv:2601.00737, table of hyper-parameters

    /// <summary>The tasks that this machine can run.</summary>
    /// <param name="settings">Lengths.</param>
    /// <param name="scale">Smoke shortens the trainings, paper has its own.</param>
    /// <param name="models">Folder of the MuJoCo models; <see langword="null"/> where there are none.</param>
    public static IReadOnlyList<StudyTask> Of(StacStudySettings settings, Scale scale, string? models)
    {
        var point = PointMassCatalog.All[settings.CodeVariant ? 1 : 0];
        var pendulum = EnvironmentCatalog.Find("Pendulum-v1");
        List<StudyTask> tasks =
        [
            new(PointMass, point.Name, point.Create, point.CreateHeuristic, settings.PointMassSteps) { IsPointMass = true, Temperature = 0.01 },
            new("pendulum", pendulum.Name, pendulum.Create, pendulum.CreateHeuristic, settings.PendulumSteps)
            {
                RewardScale = scale == Scale.Paper ? 1 : settings.PendulumRewardScale,
                CreateProbed = (rows, seeds) => new VectorEnvironment<Pendulum>(new Pendulum[rows], seeds, PendulumProbeSteps),
            },
        ];
        if (settings.HopperSteps > 0 && models is not null)
        {
            var hopper = MujocoCatalog.All(() => models).First(entry => entry.Name == "Hopper-v4");
            tasks.Add(new("hopper", hopper.Name, hopper.Create, hopper.CreateHeuristic, settings.HopperSteps) { Dropout = HopperDropout, Episodes = 3 });
        }
        return scale switch
        {
            Scale.Smoke => [.. tasks.Select(task => task with { Steps = Math.Min(task.Steps, 700), LearningStarts = 300, Episodes = 1 })],
            Scale.Paper => [.. tasks.Select(task => task with { Steps = task.IsPointMass ? 100_000 : 1_000_000, LearningStarts = 10_000 })],
            _ => [.. tasks.Select(task => task with { LearningStarts = (int)Math.Min(task.LearningStarts, task.Steps) })],
        };
    }

    /// <summary>Where the MuJoCo models are, if library and models are both on this machine.</summary>
    /// <param name="data">As the user named it; <see langword="null"/> to look beside the checkout.</param>
    public static string? Models(string? data) => MujocoModels.Find(data, Environment.CurrentDirectory) is { } folder && MujocoModels.HasLibrary() ? folder : null;
}
