using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>From a wanted number of machines to a change that the action set and the masks allow.</summary>
/// <param name="layout">Of the frames; shows booting machines.</param>
/// <param name="model">The service.</param>
internal sealed class TargetConversion(ObservationLayout layout, ServiceModel model)
{
    /// <summary>One real number between the bounds of the fleet.</summary>
    public ActionSpace Space { get; } = new ActionSpace.Box([model.Settings.MinimumVms], [model.Settings.MaximumVms]);

    /// <summary>Converts the targets of several rows.</summary>
    /// <param name="frames">Observations and masks of the service.</param>
    /// <param name="targets">One per row.</param>
    /// <param name="actions">Receives action indices, one per row.</param>
    public void ToChanges(FrameBatch frames, ReadOnlySpan<float> targets, Span<int> actions)
    {
        for (var row = 0; row < frames.Rows; row++)
        {
            var wanted = Math.Clamp((int)MathF.Round(targets[row], MidpointRounding.AwayFromZero), model.Settings.MinimumVms, model.Settings.MaximumVms);
            var change = wanted - new FleetView(frames.Observation(row), layout, model).Total;
            actions[row] = AutoscalingFleet.NearestLegal(AutoscalingFleet.ActionOf(change), frames.LegalOf(row));
        }
    }
}
