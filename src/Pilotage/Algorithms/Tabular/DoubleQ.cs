using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Double Q-learning: two tables, each valuing the action that the other thinks best, so that noise is not mistaken for value.</summary>
/// <remarks>
/// Source: van Hasselt, NeurIPS 2010. Symbols: as in <see cref="QLearning"/>; A and B the two tables.
/// By a coin's toss: A(s, a) += alpha (r + gamma B(s', argmax A(s', .)) - A(s, a)), or the same with A and B exchanged. Acts on (A + B) / 2, which is the table shown.
/// </remarks>
public sealed class DoubleQ : ILearner
{
    private readonly TabularConfig _config;
    private readonly ActionValues _q;                                                     // (A + B) / 2
    private readonly ActionValues _a;
    private readonly ActionValues _b;
    private readonly TabularPlay _play;

    /// <summary>Begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Its only user is this learner.</param>
    /// <param name="discretizer">Gives states.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="initial">A table to begin with, for instance from a rule; <see langword="null"/> for zeros. Updated in place.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public DoubleQ(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _play = new(config, environment, discretizer, seeds);
        _q = initial ?? new(discretizer.StateCount, _play.ActionCount);
        (_a, _b) = (_q.Copy(), _q.Copy());
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
        Diagnostics = _play.Diagnostics(errors / (_config.IterationSteps * _play.Rows));
    }

    private float Learn(int row)
    {
        var (learning, judging) = _play.Random.NextInt(2) == 0 ? (_a, _b) : (_b, _a);
        var (state, action, next) = (_play.States[row], _play.Actions[row], _play.NextStates[row]);
        var best = _play.Ends[row] == End.Terminated ? -1 : TabularTarget.Best(learning.Of(next), _play.NextLegal(row));
        var bootstrap = best < 0 ? 0 : judging.Of(next)[best];
        var error = learning.Update(state, action, _play.Rewards[row] + (float)_config.Discount * bootstrap, _config);
        _q.Visit(state, action, (_a.Of(state)[action] + _b.Of(state)[action]) / 2);
        return error;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _q.Save(writer);
        _a.Save(writer);
        _b.Save(writer);
        _play.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _q.Load(ref reader);
        _a.Load(ref reader);
        _b.Load(ref reader);
        _play.Load(ref reader);
    }
}
