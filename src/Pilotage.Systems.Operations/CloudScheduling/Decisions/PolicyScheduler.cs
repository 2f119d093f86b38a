using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A learned policy as a scheduler.</summary>
internal sealed class PolicyScheduler : IScheduler
{
    private readonly IPolicy _policy;
    private readonly IDecisionView _view;
    private readonly ActionBatch _actions;
    private readonly PolicyMemory _memory;
    private readonly float[] _observation;
    private readonly bool[] _legal;
    private Randomness _random;

    /// <param name="policy">Made for the view's spec.</param>
    /// <param name="view">Shows decisions and takes actions.</param>
    /// <param name="seeds">For policies that draw.</param>
    public PolicyScheduler(IPolicy policy, IDecisionView view, SeedTree seeds)
    {
        (_policy, _view, _random) = (policy, view, seeds.Start());
        (_actions, _memory) = (new(view.Spec.Actions, 1), policy.CreateMemory(1));
        (_observation, _legal) = (new float[view.Spec.ObservationSize], new bool[view.Spec.Actions.LegalCount]);
    }

    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        _legal.AsSpan().Fill(true);
        _view.Show(cluster, new(_observation, _legal));
        _policy.Act(new(1, _observation, _legal), _memory, ref _random, _actions);
        _view.Take(cluster, _actions.Indices[0]);
    }
}
