using Pilotage.Algorithms.Offline;
using Pilotage.Credit;
using Pilotage.Environments;
using Pilotage.Experience.Datasets;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>What a fixed policy is worth, learned from somebody else's steps: fitted evaluation, the tenth objective of the same loop.</summary>
/// <remarks>
/// Source: Le et al., arXiv:1903.08738, Algorithm 3, with a network and a target network. Symbols: pi the policy, theta- target weights. y = r + d Q(s', a'; theta-), a' drawn from pi(.|s'); loss: Huber.
/// It believes the data where they show what the policy would do, and guesses elsewhere: a hint, not evidence.
/// </remarks>
internal sealed class PolicyValues : IOfflineObjective
{
    private readonly IPolicy _policy;
    private readonly QNetwork _values;
    private readonly QNetwork _target;
    private readonly ActionBatch _actions;
    private readonly float[] _next;
    private readonly float[] _targets;

    public PolicyValues(IPolicy policy, OfflineConfig config, TransitionDataset dataset, ref Randomness random, Device? device)
    {
        _policy = policy;
        _values = new(dataset.Spec, config.Hidden, config.Activation, ref random, device, initializer: new Initializer.FanInNormal());
        _target = new(dataset.Spec, config.Hidden, config.Activation, ref random, device, initializer: new Initializer.FanInNormal());
        _target.Parameters.BlendFrom(_values.Parameters, 1);
        _actions = new(dataset.Spec.Actions, config.BatchSize);
        (_next, _targets) = (new float[config.BatchSize * _values.ActionCount], new float[config.BatchSize]);
    }

    /// <inheritdoc/>
    public Parameters Parameters => _values.Parameters;

    /// <inheritdoc/>
    public Parameters? Target => _target.Parameters;

    /// <inheritdoc/>
    public IPortablePolicy Policy => _values;

    /// <inheritdoc/>
    public bool NeedsNextAction => false;

    /// <inheritdoc/>
    public void Prepare(OfflineBatch batch, ref Randomness random)
    {
        _policy.Act(new FrameBatch(batch.Size, batch.NextObservations, batch.NextLegal), PolicyMemory.None, ref random, _actions);
        _target.Values(batch.NextObservations, _next);
        NextActionTargets.Compute(batch.Rewards, batch.Discounts, _next, _actions.Indices, _targets);
    }

    /// <inheritdoc/>
    public Tensor Loss(OfflineBatch batch) => ValueLoss.Huber(_values.Forward(batch.ObservationTensor()).Gather(batch.ActionTensor()), Tensor.From(_targets, batch.Size));
}
