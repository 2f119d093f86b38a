using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>SARSA: learns the values of the policy that it follows, exploration included, from the action that it takes next.</summary>
/// <remarks>
/// Source: Rummery and Niranjan, CUED/F-INFENG/TR 166 (1994). Symbols: s state, a action, r reward, s' next state, a' next action, Q action values, gamma, alpha.
/// Q(s, a) += alpha (r + gamma Q(s', a') - Q(s, a)); a' is taken next, or drawn for the bootstrap alone where the episode was truncated.
/// </remarks>
public sealed class Sarsa : ILearner
{
    private readonly TabularConfig _config;
    private readonly ActionValues _q;
    private readonly TabularPlay _play;
    private readonly int[] _next;                                                         // a', per row

    /// <summary>Begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Its only user is this learner.</param>
    /// <param name="discretizer">Gives states.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="initial">A table to begin with, for instance from a rule; <see langword="null"/> for zeros. Updated in place.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public Sarsa(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial = null)
    {
        _config = config;
        _play = new(config, environment, discretizer, seeds);
        _next = new int[_play.Rows];
        _q = initial ?? new(discretizer.StateCount, _play.ActionCount);
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
        if (_play.Steps == 0) _play.Act(_q);
        for (var i = 0; i < _config.IterationSteps; i++)
        {
            _play.Step();
            for (var row = 0; row < _play.Rows; row++) errors += Math.Abs(Learn(row));
            _play.Advance();
            for (var row = 0; row < _play.Rows; row++)
                if (_play.Ends[row] == End.Running) _play.Actions[row] = _next[row];
                else _play.Act(_q, row);
        }
        Diagnostics = _play.Diagnostics(errors / (_config.IterationSteps * _play.Rows));
    }

    private float Learn(int row)
    {
        var bootstrap = 0f;
        if (_play.Ends[row] != End.Terminated)
        {
            var next = _q.Of(_play.NextStates[row]);
            _next[row] = TabularTarget.EpsilonGreedy(next, _play.NextLegal(row), _play.Epsilon, ref _play.Random);
            bootstrap = next[_next[row]];
        }
        return _q.Update(_play.States[row], _play.Actions[row], _play.Rewards[row] + (float)_config.Discount * bootstrap, _config);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _q.Save(writer);
        _play.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _q.Load(ref reader);
        _play.Load(ref reader);
    }
}
