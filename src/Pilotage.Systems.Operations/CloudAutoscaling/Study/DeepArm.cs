using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>How a network learner is made.</summary>
internal delegate ILearner MakeDeep(CloudAutoscalingConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device);

/// <summary>Trains a network learner on a cell's training days, drawn at random, and measures it. The last network counts.</summary>
/// <param name="Make">Makes the learner.</param>
/// <param name="Length">Training steps, over all rows.</param>
/// <param name="Rows">Services that it plays at the same time.</param>
/// <param name="IsBlind">Whether booting machines are hidden.</param>
/// <param name="IsShielded">Whether <see cref="CapacityShield"/> narrows the masks, while learning and after.</param>
/// <param name="HasTargets">Whether it chooses a wanted number of machines, a real number, instead of a change.</param>
internal sealed record DeepArm(
    MakeDeep Make, Func<CloudAutoscalingConfig, long> Length, Func<CloudAutoscalingConfig, int> Rows, bool IsBlind = false, bool IsShielded = false, bool HasTargets = false)
{
    /// <summary>Trains and measures.</summary>
    public IEnumerable<Measurement> Run(StudyCell cell, CloudAutoscalingConfig config, SeedTree seeds, Device? device, LearnerClock clock, CancellationToken cancellation)
    {
        var layout = cell.LearnerLayout(IsBlind);
        var fleet = cell.Training(Rows(config), DayOrder.Drawn, IsBlind, seeds.Environments);
        var shield = new CapacityShield(layout, cell.Model);
        var conversion = new TargetConversion(layout, cell.Model);
        var learner = Make(config, IsShielded ? new ShieldedFleet(fleet, shield) : HasTargets ? new TargetFleet(fleet, conversion) : fleet, seeds, device);
        while (learner.Steps < Length(config))
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        clock.Add(learner);
        IPolicy policy = IsShielded ? new ShieldedPolicy(learner.Policy, shield) : HasTargets ? new TargetPolicy(learner.Policy, conversion) : learner.Policy;
        return
        [
            new(StudyMetrics.ValidationReturn, cell.Path, cell.Validate(policy, layout, seeds)), .. StudyMetrics.OfTraining(cell.Path, learner.Steps, fleet.ViolatingSteps),
            .. cell.Test(policy, layout, seeds),
        ];
    }
}
