using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Safe exploration: never fewer machines than serve the load just seen within the service level. Forbids actions; chooses none.</summary>
/// <remarks>
/// With n' the machines after a change, booting ones counted, and n_slo the fewest that meet the service level at the last load: an action is kept if
/// n' >= n_slo. Where no legal action reaches n_slo, only the largest legal change is kept, so a row always has one. It cannot foresee: a load that rises
/// while machines boot violates all the same.
/// </remarks>
/// <param name="layout">Of the frames; shows booting machines.</param>
/// <param name="model">The service.</param>
internal sealed class CapacityShield(ObservationLayout layout, ServiceModel model)
{
    private const double Rounding = 1e-6;                // loads pass through single precision: exactly enough must stay enough

    /// <summary>Forbids what the shield does not allow.</summary>
    /// <param name="observation">One row.</param>
    /// <param name="legal">One flag per action; narrowed in place, at least one stays.</param>
    public void Narrow(ReadOnlySpan<float> observation, Span<bool> legal)
    {
        var view = new FleetView(observation, layout, model);
        var needed = model.SmallestFleet(view.Load() * (1 - Rounding));
        var total = view.Total;
        for (var action = legal.LastIndexOf(true) - 1; action >= 0; action--)
            if (total + AutoscalingFleet.ChangeOf(action) < needed) legal[action] = false;
    }

    /// <summary>Narrows the masks of several rows.</summary>
    /// <param name="frames">Observations and masks.</param>
    /// <param name="legal">Receives the narrowed masks, [rows, actions].</param>
    public void Narrow(FrameBatch frames, Span<bool> legal)
    {
        var width = frames.Rows == 0 ? 0 : frames.Legal.Length / frames.Rows;
        frames.Legal.CopyTo(legal);
        for (var row = 0; row < frames.Rows; row++) Narrow(frames.Observation(row), legal.Slice(row * width, width));
    }
}
