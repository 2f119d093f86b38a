using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Expected SARSA: learns the values of the policy that it follows, exploration included, by the mean over that policy's next actions.</summary>
/// <remarks>
/// Source: van Seijen et al., ADPRL 2009. Symbols: s state, a action, r reward, s' next state, Q action values, gamma discount, alpha step size, pi epsilon-greedy.
/// Q(s, a) += alpha (r + gamma sum over legal a' of pi(a' | s') Q(s', a') - Q(s, a)); epsilon 0 makes it Q-learning.
/// </remarks>
public sealed class ExpectedSarsa : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public ExpectedSarsa(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
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
        var next = step.End == End.Terminated ? 0 : TabularTarget.Expected(_run.Q.Of(step.NextState), step.NextLegal, _run.Play.Epsilon);
        return _run.Q.Update(step.State, step.Action, step.Reward + (float)_config.Discount * next, _config);
    }
}
