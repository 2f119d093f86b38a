using Pilotage.Algorithms.Tabular;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Tables to begin with: at the level of what the rule in use earns, with or without its preferences.</summary>
internal static class WarmStart
{
    private const double Margin = 1;                     // half a violation: a rule's advice that a few bad minutes can overturn
    private const double Target = 0.7;                   // the advising rule: target tracking at 70 %

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

    /// <summary>A table that prefers, in every state, what target tracking would do there.</summary>
    public static ActionValues FromTargetTracking(FleetDiscretizer discretizer, double reward, double discount, ServiceModel model)
    {
        var values = New(discretizer);
        for (var serving = 1; serving <= model.Settings.MaximumVms; serving++)
            for (var bucket = 0; bucket < FleetDiscretizer.LoadBuckets; bucket++)
                for (var booting = 0; booting < discretizer.BootingCount; booting++)
                {
                    var wanted = Math.Clamp((int)Math.Ceiling(discretizer.MiddleLoad(bucket) / (model.VmRequests * Target)), model.Settings.MinimumVms, model.Settings.MaximumVms);
                    var action = AutoscalingFleet.ActionOf(wanted - serving - booting);
                    values.Prefer(discretizer.StateOf(serving, bucket, booting), action, Level(reward, discount), (float)Margin);
                }
        return values;
    }

    private static ActionValues New(FleetDiscretizer discretizer) => new(discretizer.StateCount, 2 * ServiceModel.LargestChange + 1) { UntriedAction = AutoscalingFleet.ActionOf(0) };

    private static float Level(double reward, double discount) => (float)(reward / (1 - Math.Min(discount, 0.999)));
}
