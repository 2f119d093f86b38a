using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Trains a network learner on a cell's training days, drawn at random, and measures it. The last network counts.</summary>
/// <param name="IsPpo">PPO; else DQN.</param>
/// <param name="IsBlind">Whether booting machines are hidden.</param>
/// <param name="Device">Where the networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed record DeepArm(bool IsPpo, bool IsBlind = false, Device? Device = null)
{
    /// <summary>Trains and measures.</summary>
    public IEnumerable<Measurement> Run(StudyCell cell, CloudAutoscalingConfig config, SeedTree seeds, LearnerClock clock, CancellationToken cancellation)
    {
        var layout = cell.LearnerLayout(IsBlind);
        var learner = Make(cell, config, seeds);
        var steps = IsPpo ? config.Ppo.Steps : config.Dqn.Steps;
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        clock.Add(learner);
        return [new(StudyMetrics.ValidationReturn, cell.Path, cell.Validate(learner.Policy, layout, seeds)), .. cell.Test(learner.Policy, layout, seeds)];
    }

    private ILearner Make(StudyCell cell, CloudAutoscalingConfig config, SeedTree seeds)
    {
        var rows = IsPpo ? config.Ppo.EnvironmentCount : config.Dqn.EnvironmentCount;
        var environment = cell.Training(rows, DayOrder.Drawn, IsBlind, seeds.Environments);
        return IsPpo ? new Ppo(config.Ppo, environment, seeds, Device) : new Dqn(config.Dqn, environment, seeds, Device);
    }
}
