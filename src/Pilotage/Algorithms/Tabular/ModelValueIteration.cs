using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Learns a model by counting and plans in it: value iteration on the transitions and rewards seen so far.</summary>
/// <remarks>
/// Source: certainty equivalence; Sutton, "Integrated architectures for learning, planning, and reacting", 1990, for the loop. Symbols: as in
/// <see cref="QLearning"/>; P, R estimated from counts. After each step: one backup of the state and action just taken. After each iteration: sweeps
/// Q(s, a) = R(s, a) + gamma sum over s' of P(s' | s, a) max over legal a' of Q(s', a') until no value moves by more than a thousandth.
/// </remarks>
public sealed class ModelValueIteration : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;
    private readonly CountedModel _model;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public ModelValueIteration(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _run = new(config, environment, discretizer, seeds, initial);
        _model = _run.Keep(new CountedModel(_run.Q.States, _run.Q.Actions));
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
        _model.Sweep(_run.Q, (float)_config.Discount);
        _run.Play.Clock.EndLearn();
    }

    private float Learn(TabularStep step)
    {
        _model.Add(step.State, step.Action, step.Outcome);
        return _run.Q.Visit(step.State, step.Action, _model.Backup(step.State, step.Action, _run.Q, (float)_config.Discount));
    }
}
