using System.Globalization;
using System.Text;
using Pilotage.Algorithms.Tabular;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A learned table as a file that anything can execute: machines, load, booting, and what to do.</summary>
internal static class DecisionTable
{
    private const string Name = "recommended-policy-table.csv";

    /// <summary>Writes the table.</summary>
    /// <returns>The file's name.</returns>
    public static string Write(string folder, ActionValues values, FleetDiscretizer discretizer, ServiceModel model)
    {
        var text = new StringBuilder("serving,mean_load_of_5_steps_from,mean_load_of_5_steps_below,booting_at_least,change,tried\n");
        var width = discretizer.MiddleLoad(0) * 2;
        for (var serving = model.Settings.MinimumVms; serving <= model.Settings.MaximumVms; serving++)
            for (var bucket = 0; bucket < FleetDiscretizer.LoadBuckets; bucket++)
                for (var booting = 0; booting < discretizer.BootingCount && serving + booting <= model.Settings.MaximumVms; booting++)
                {
                    var state = discretizer.StateOf(serving, bucket, booting);
                    bool[] legal = [.. Enumerable.Range(0, values.Actions).Select(action => Fits(serving + booting + AutoscalingFleet.ChangeOf(action), model))];
                    var action = values.BestTried(state, legal);
                    var below = bucket == FleetDiscretizer.LoadBuckets - 1 ? "inf" : ((bucket + 1) * width).ToString("0.###", CultureInfo.InvariantCulture);
                    text.Append(CultureInfo.InvariantCulture, $"{serving},{bucket * width:0.###},{below},{booting},{AutoscalingFleet.ChangeOf(action)},{(values.Visits(state, action) > 0 ? "yes" : "no")}\n");
                }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    private static bool Fits(int vms, ServiceModel model) => vms >= model.Settings.MinimumVms && vms <= model.Settings.MaximumVms;
}
