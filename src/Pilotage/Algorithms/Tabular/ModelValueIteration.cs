using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Learns a model by counting and plans in it: value iteration on the transitions and rewards seen so far.</summary>
/// <remarks>
/// Source: certainty equivalence; Sutton, "Integrated architectures for learning, planning, and reacting", 1990, for the loop. Symbols: as in
/// <see cref="QLearning"/>; P, R estimated from counts. After each step: one backup of the state and action just taken. After each iteration: sweeps
/// Q(s, a) = R(s, a) + gamma sum over s' of P(s' | s, a) max over legal a' of Q(s', a') until no value moves by more than a thousandth.
/// </remarks>
public sealed class ModelValueIteration : ILearner
{
    private readonly TabularConfig _config;
    private readonly ActionValues _q;
    private readonly TabularPlay _play;
    private readonly CountedModel _model;

    /// <summary>Begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Its only user is this learner.</param>
    /// <param name="discretizer">Gives states.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="initial">A table to begin with, for instance from a rule; <see langword="null"/> for zeros. Updated in place.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public ModelValueIteration(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
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
            for (var row = 0; row < _play.Rows; row++) errors += Math.Abs(Learn(row));
            _play.Advance();
        }
        _model.Sweep(_q, (float)_config.Discount);
        _play.Clock.EndLearn();
        Diagnostics = _play.Diagnostics(errors / (_config.IterationSteps * _play.Rows));
    }

    private float Learn(int row)
    {
        var (state, action) = (_play.States[row], _play.Actions[row]);
        _model.Add(state, action, new(_play.Rewards[row], _play.Ends[row] == End.Terminated ? -1 : _play.NextStates[row], LegalSet.Of(_play.NextLegal(row))));
        return _q.Visit(state, action, _model.Backup(state, action, _q, (float)_config.Discount));
    }

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
