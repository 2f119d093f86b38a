using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>SARSA: learns the values of the policy that it follows, exploration included, from the action that it takes next.</summary>
/// <remarks>
/// Source: Rummery and Niranjan, CUED/F-INFENG/TR 166 (1994). Symbols: s state, a action, r reward, s' next state, a' next action, Q action values, gamma, alpha.
/// Q(s, a) += alpha (r + gamma Q(s', a') - Q(s, a)); a' is taken next, or drawn for the bootstrap alone where the episode was truncated.
/// </remarks>
public sealed class Sarsa : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public Sarsa(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
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
        var next = step.End == End.Terminated ? 0 : _run.Q.Of(step.NextState)[_run.Play.Plan(_run.Q, step.Row)];
        return _run.Q.Update(step.State, step.Action, step.Reward + (float)_config.Discount * next, _config);
    }
}
