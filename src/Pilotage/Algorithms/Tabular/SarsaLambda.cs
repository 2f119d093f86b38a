using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>SARSA(lambda): SARSA whose error is also told to the states and actions that led there, by replacing traces.</summary>
/// <remarks>
/// Source: Singh and Sutton, Machine Learning 22 (1996). Symbols: as in <see cref="Sarsa"/>; e trace, lambda its decay.
/// delta = r + gamma Q(s', a') - Q(s, a); e(s, a) = 1, e(s, other) = 0; Q += alpha delta e; e *= gamma lambda. Traces end with the episode, however it ended.
/// </remarks>
public sealed class SarsaLambda : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;
    private readonly EligibilityTraces _traces;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public SarsaLambda(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
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
        var next = step.End == End.Terminated ? 0 : _run.Q.Of(step.NextState)[_run.Play.Plan(_run.Q, step.Row)];
        var error = step.Reward + (float)_config.Discount * next - _run.Q.Of(step.State)[step.Action];
        _traces.Visit(step.Row, step.State, step.Action);
        _traces.Learn(step.Row, error, _run.Q, _config);
        if (step.End != End.Running) _traces.Clear(step.Row);
        return error;
    }
}
