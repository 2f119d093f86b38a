using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Q(lambda) of Watkins: Q-learning whose error is also told to the states and actions that led there, as far back as the last exploring action.</summary>
/// <remarks>
/// Source: Watkins, "Learning from delayed rewards", Cambridge, 1989, with the replacing traces of Singh and Sutton, Machine Learning 22 (1996). Symbols: as in
/// <see cref="QLearning"/>; a' next action, e trace, lambda its decay. delta = r + gamma max over legal b of Q(s', b) - Q(s, a); e(s, a) = 1, e(s, other) = 0;
/// Q += alpha delta e; e *= gamma lambda where a' is as good as the best, else e = 0: what follows an exploring action says nothing of the greedy policy.
/// Traces end with the episode, however it ended. Lambda 0 is Q-learning.
/// </remarks>
public sealed class WatkinsQ : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;
    private readonly EligibilityTraces _traces;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public WatkinsQ(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _run = new(config, environment, discretizer, seeds, initial);
        _traces = _run.Keep(new EligibilityTraces(environment.Rows));
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
        var next = _run.Q.Of(step.NextState);
        var best = step.End == End.Terminated ? 0 : TabularTarget.Maximum(next, step.NextLegal);
        var isGreedy = step.End == End.Running && next[_run.Play.Plan(_run.Q, step.Row)] == best;
        var error = step.Reward + (float)_config.Discount * best - _run.Q.Of(step.State)[step.Action];
        _traces.Visit(step.Row, step.State, step.Action);
        _traces.Learn(step.Row, error, _run.Q, _config);
        if (!isGreedy) _traces.Clear(step.Row);
        return error;
    }
}
