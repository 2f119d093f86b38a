using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Tabular Q-learning: learns the values of the greedy policy while it explores.</summary>
/// <remarks>
/// Source: Watkins and Dayan, Machine Learning 8 (1992). Symbols: s state, a action, r reward, s' next state, Q action values, gamma discount, alpha step size.
/// Q(s, a) += alpha (r + gamma max over legal a' of Q(s', a') - Q(s, a)); nothing follows a terminal state, a truncated episode bootstraps from its last one.
/// </remarks>
public sealed class QLearning : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public QLearning(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _run = new(config, environment, discretizer, seeds, initial);
    }

    /// <inheritdoc/>
    public long Steps => _run.Play.Steps;

    /// <inheritdoc/>
    public IPolicy Policy => _run.Policy;

    TabularRun ITabularLearner.Run => _run;

    /// <inheritdoc/>
    public void Iterate()
    {
        foreach (var step in _run.Steps()) _run.Note(Learn(step));
    }

    private float Learn(TabularStep step)
    {
        var next = step.End == End.Terminated ? 0 : TabularTarget.Maximum(_run.Q.Of(step.NextState), step.NextLegal);
        return _run.Q.Update(step.State, step.Action, step.Reward + (float)_config.Discount * next, _config);
    }
}
