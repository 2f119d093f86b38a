using Pilotage.Algorithms.Tabular;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Tables to begin with: at the level of what the rule in use earns, with or without its preferences.</summary>
internal static class WarmStart
{
    private const float Margin = 10;                     // five violations: chance must try an action, and find it good, before it replaces the advice

    /// <summary>A table without preference. Its level keeps untried actions from looking good merely because every reward is negative.</summary>
    /// <param name="discretizer">Gives the size.</param>
    /// <param name="reward">Mean reward of a step under the rule in use on training days.</param>
    /// <param name="discount">gamma.</param>
    public static ActionValues Cold(FleetDiscretizer discretizer, double reward, double discount)
    {
        var values = New(discretizer);
        values.Fill(Level(reward, discount));
        return values;
    }

    /// <summary>A table that prefers, in every state, what a threshold rule would do there: one machine more above, one less below, none while any boots.</summary>
    /// <param name="discretizer">Gives the states.</param>
    /// <param name="rule">The advising rule; a table knows neither its pause nor its count of steps.</param>
    /// <param name="reward">Mean reward of a step under the rule in use on training days.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="model">The service.</param>
    public static ActionValues FromThreshold(FleetDiscretizer discretizer, ThresholdRule rule, double reward, double discount, ServiceModel model)
    {
        var values = New(discretizer);
        for (var serving = 1; serving <= model.Settings.MaximumVms; serving++)
            for (var bucket = 0; bucket < FleetDiscretizer.LoadBuckets; bucket++)
                for (var booting = 0; booting < discretizer.BootingCount; booting++)
                {
                    var utilisation = model.Utilisation(serving, discretizer.MiddleLoad(bucket));
                    var change = utilisation > rule.Up && booting == 0 && serving < model.Settings.MaximumVms ? 1 : utilisation < rule.Down && serving > model.Settings.MinimumVms ? -1 : 0;
                    values.Prefer(discretizer.StateOf(serving, bucket, booting), AutoscalingFleet.ActionOf(change), Level(reward, discount), Margin);
                }
        return values;
    }

    private static ActionValues New(FleetDiscretizer discretizer) => new(discretizer.StateCount, 2 * ServiceModel.LargestChange + 1) { UntriedAction = AutoscalingFleet.ActionOf(0) };

    private static float Level(double reward, double discount) => (float)(reward / (1 - Math.Min(discount, 0.999)));
}
