using Pilotage.Distributions;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The graph network as a scheduler: it names a stage and how many executors its job may have; free executors go to the stage until then, those that know the job first.</summary>
internal sealed class GraphScheduler(GraphNetwork network, GraphLayout layout) : IScheduler
{
    private readonly GraphBatch _batch = new(layout);
    private readonly GrowingArray<float> _scores = new();
    private GraphView _view = new(1);
    private GraphGrant _grant;

    /// <inheritdoc/>
    public void Begin(ClusterSimulation cluster)
    {
        _view = new(GraphGrant.TimeScale(cluster.Problem));
        _grant = default;
    }

    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        if (_grant.TryPlace(cluster)) return;
        _batch.Clear();
        if (!_view.Write(cluster, _batch))
        {
            cluster.Wait();
            return;
        }
        Choose(cluster);
        _grant.PlaceFirst(cluster);
    }

    private void Choose(ClusterSimulation cluster)
    {
        using var step = Step.Begin(network.Parameters.Device, Gradient.None);
        var choice = Best(network.Stages(_batch, out var summaries), _batch.Candidates.Length);
        var stage = _view.Stages[choice];
        _batch.ChosenJobs[0] = _batch.Candidates[choice] / layout.Nodes;
        GraphView.WriteLimits(cluster, stage, layout, _batch.LegalLimits);
        var limit = Best(network.Limits(_batch, summaries), layout.Limits.Count);
        _grant = new(stage, layout.Executors(limit, cluster.Problem.Machines.Count));
    }

    private int Best(Tensor logPi, int count)
    {
        _scores.Clear();
        logPi.CopyTo(_scores.AddMany(count));
        return Categorical.Mode(_scores.Span);
    }
}
