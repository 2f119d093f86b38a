using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Dyna-Q: Q-learning that also learns from outcomes it remembers, several for each step it takes.</summary>
/// <remarks>
/// Source: Sutton, "Integrated architectures for learning, planning, and reacting", 1990. Symbols: as in <see cref="QLearning"/>; model: remembered (r, s').
/// Differs from the source: the model keeps the last outcomes of each state and action and draws one of them, so that random environments are planned for
/// by their frequencies and not by the last accident.
/// </remarks>
public sealed class DynaQ : ITabularLearner
{
    private readonly TabularConfig _config;
    private readonly TabularRun _run;
    private readonly OutcomeMemory _model;

    /// <inheritdoc cref="TabularRun(TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ActionValues?)"/>
    public DynaQ(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _run = new(config, environment, discretizer, seeds, initial);
        _model = _run.Keep(new OutcomeMemory(_run.Q.States, _run.Q.Actions));
    }

    /// <inheritdoc/>
    public long Steps => _run.Play.Steps;

    /// <inheritdoc/>
    public IPolicy Policy => _run.Policy;

    TabularRun ITabularLearner.Run => _run;

    /// <inheritdoc/>
    public void Iterate()
    {
        foreach (var step in _run.Steps())
        {
            _run.Note(Learn(step));
            for (var k = 0; k < _config.PlanningSteps; k++) Plan();
        }
    }

    private float Learn(TabularStep step)
    {
        var outcome = step.Outcome;
        _model.Add(step.State, step.Action, outcome);
        return _run.Q.Update(step.State, step.Action, Target(outcome), _config);
    }

    private void Plan()
    {
        var (state, action, outcome) = _model.Draw(ref _run.Play.Random);
        _run.Q.Replay(state, action, Target(outcome), _config);
    }

    private float Target(RememberedOutcome outcome) =>
        outcome.Reward + (outcome.NextState < 0 ? 0 : (float)_config.Discount * outcome.NextLegal.Maximum(_run.Q.Of(outcome.NextState)));
}
