using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Double Q-learning: two tables, each valuing the action that the other thinks best, so that noise is not mistaken for value.</summary>
/// <remarks>
/// Source: van Hasselt, NeurIPS 2010. Symbols: as in <see cref="QLearning"/>; A and B the two tables.
/// By a coin's toss: A(s, a) += alpha (r + gamma B(s', argmax A(s', .)) - A(s, a)), or the same with A and B exchanged. Acts on (A + B) / 2, which is the table shown.
/// </remarks>
public sealed class DoubleQ : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;
    private readonly ActionValues _a;
    private readonly ActionValues _b;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public DoubleQ(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _run = new(config, environment, discretizer, seeds, initial);
        _a = _run.Keep(_run.Q.Copy());
        _b = _run.Keep(_run.Q.Copy());
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
        var (learning, judging) = _run.Play.Random.NextInt(2) == 0 ? (_a, _b) : (_b, _a);
        var best = step.End == End.Terminated ? -1 : TabularTarget.Best(learning.Of(step.NextState), step.NextLegal);
        var next = best < 0 ? 0 : judging.Of(step.NextState)[best];
        var error = learning.Update(step.State, step.Action, step.Reward + (float)_config.Discount * next, _config);
        _run.Q.Visit(step.State, step.Action, (_a.Of(step.State)[step.Action] + _b.Of(step.State)[step.Action]) / 2);
        return error;
    }
}
