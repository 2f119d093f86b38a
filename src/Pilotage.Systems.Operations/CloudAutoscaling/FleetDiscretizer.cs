using Pilotage.Algorithms.Tabular;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The table's states: serving machines x load bucket (10) x booting bucket (none, one, more). Blind to the delay, it lacks the last.</summary>
/// <remarks>The load is the mean of the five that are seen, in equal buckets of the machines that it would fill; the last takes all beyond the training days' 99th percentile.</remarks>
internal sealed class FleetDiscretizer : IDiscretizer
{
    /// <summary>Number of load buckets.</summary>
    public const int LoadBuckets = 10;

    private const int BootingBuckets = 3;
    private readonly ServiceModel _model;
    private readonly ObservationLayout _layout;
    private readonly double _bucketLoad;

    /// <param name="model">Gives the units.</param>
    /// <param name="layout">Of the frames; without booting machines there is one booting bucket.</param>
    /// <param name="highLoad">The training days' 99th percentile of load, requests per step: where the last bucket begins.</param>
    public FleetDiscretizer(ServiceModel model, ObservationLayout layout, double highLoad)
    {
        (_model, _layout) = (model, layout);
        _bucketLoad = Math.Max(highLoad, model.VmRequests) / (LoadBuckets - 1);
    }

    /// <inheritdoc/>
    public int StateCount => _model.Settings.MaximumVms * LoadBuckets * BootingCount;

    /// <summary>Number of booting buckets: 3, or 1 where blind.</summary>
    public int BootingCount => _layout.ShowsBooting ? BootingBuckets : 1;

    /// <inheritdoc/>
    public int StateOf(ReadOnlySpan<float> observation)
    {
        var view = new FleetView(observation, _layout, _model);
        var load = 0.0;
        for (var lag = 1; lag <= ObservationLayout.Loads; lag++) load += view.Load(lag) / ObservationLayout.Loads;
        return StateOf(view.Serving, (int)Math.Min(load / _bucketLoad, LoadBuckets - 1), Math.Min(view.Booting, BootingCount - 1));
    }

    /// <summary>The state of its parts.</summary>
    /// <param name="serving">n, at least 1; held to the bound, which draining machines may exceed.</param>
    /// <param name="loadBucket">In [0, 10).</param>
    /// <param name="booting">In [0, 3); 0 where blind.</param>
    public int StateOf(int serving, int loadBucket, int booting) =>
        ((Math.Clamp(serving, 1, _model.Settings.MaximumVms) - 1) * LoadBuckets + loadBucket) * BootingCount + booting;

    /// <summary>The load in the middle of a bucket, requests per step.</summary>
    public double MiddleLoad(int bucket) => (bucket + 0.5) * _bucketLoad;
}
