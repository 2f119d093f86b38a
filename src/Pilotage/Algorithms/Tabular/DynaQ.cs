using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Dyna-Q: Q-learning that also learns from outcomes it remembers, several for each step it takes.</summary>
/// <remarks>
/// Source: Sutton, "Integrated architectures for learning, planning, and reacting", 1990. Symbols: as in <see cref="QLearning"/>; model: remembered (r, s').
/// Differs from the source: the model keeps the last outcomes of each state and action and draws one of them, so that random environments are planned for
/// by their frequencies and not by the last accident.
/// </remarks>
public sealed class DynaQ : ILearner
{
    private readonly TabularConfig _config;
    private readonly ActionValues _q;
    private readonly TabularPlay _play;
    private readonly OutcomeMemory _model;

    /// <summary>Begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Its only user is this learner.</param>
    /// <param name="discretizer">Gives states.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="initial">A table to begin with, for instance from a rule; <see langword="null"/> for zeros. Updated in place.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public DynaQ(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _play = new(config, environment, discretizer, seeds);
        _q = initial ?? new(discretizer.StateCount, _play.ActionCount);
        _model = new(_q.States, _q.Actions);
        Policy = new TabularPolicy(_q, discretizer);
    }

    /// <inheritdoc/>
    public long Steps => _play.Steps;

    /// <inheritdoc/>
    public IPolicy Policy { get; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => [new("q", [_q.States, _q.Actions], _q.Values)];

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(_q.Bytes, 0, 0);

    /// <inheritdoc/>
    public LearnerTiming Timing => _play.Clock.Timing;

    /// <inheritdoc/>
    public void Iterate()
    {
        var errors = 0.0;
        _play.Clock.Start();
        for (var i = 0; i < _config.IterationSteps; i++)
        {
            _play.Act(_q);
            _play.Step();
            for (var row = 0; row < _play.Rows; row++)
            {
                errors += Math.Abs(Learn(row));
                for (var k = 0; k < _config.PlanningSteps; k++) Plan();
            }
            _play.Advance();
        }
        Diagnostics = _play.Diagnostics(errors / (_config.IterationSteps * _play.Rows));
    }

    private float Learn(int row)
    {
        var outcome = new RememberedOutcome(_play.Rewards[row], _play.Ends[row] == End.Terminated ? -1 : _play.NextStates[row], LegalSet.Of(_play.NextLegal(row)));
        _model.Add(_play.States[row], _play.Actions[row], outcome);
        return _q.Update(_play.States[row], _play.Actions[row], Target(outcome), _config);
    }

    private void Plan()
    {
        var (state, action, outcome) = _model.Draw(ref _play.Random);
        _q.Replay(state, action, Target(outcome), _config);
    }

    private float Target(RememberedOutcome outcome) =>
        outcome.Reward + (outcome.NextState < 0 ? 0 : (float)_config.Discount * outcome.NextLegal.Maximum(_q.Of(outcome.NextState)));

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _q.Save(writer);
        _model.Save(writer);
        _play.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _q.Load(ref reader);
        _model.Load(ref reader);
        _play.Load(ref reader);
    }
}
