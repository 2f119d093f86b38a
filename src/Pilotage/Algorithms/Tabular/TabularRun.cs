using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>What every tabular learner holds: the table, the play that fills it, the greedy policy over it, figures and saving. How a step is learned from is the learner's.</summary>
internal sealed class TabularRun : ISaved
{
    private readonly TabularConfig _config;
    private readonly IDiscretizer _discretizer;
    private readonly List<ISaved> _kept = [];
    private double _errors;

    /// <summary>Begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Its only user is this learner.</param>
    /// <param name="discretizer">Gives states.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="initial">A table to begin with, for instance from a rule; <see langword="null"/> for zeros. Updated in place.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public TabularRun(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues? initial)
    {
        (_config, _discretizer) = (config, discretizer);
        Play = new(config, environment, discretizer, seeds);
        Q = initial ?? new(discretizer.StateCount, Play.ActionCount);
        Policy = new TabularPolicy(Q, discretizer);
        Weights = [new("q", [Q.States, Q.Actions], Q.Values)];
    }

    public ActionValues Q { get; }

    public TabularPlay Play { get; }

    public IPolicy Policy { get; }

    public IReadOnlyList<WeightBlock> Weights { get; }

    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    public MemoryEstimate Memory => new(Q.Bytes, 0, 0);

    /// <summary>Takes further state of the learner into the checkpoint, in the order of the calls.</summary>
    public T Keep<T>(T state) where T : ISaved
    {
        _kept.Add(state);
        return state;
    }

    /// <summary>Plays one iteration, epsilon-greedily over the table or as the learner planned: each row of each step once, to be learned from before the next.</summary>
    public IEnumerable<TabularStep> Steps()
    {
        _errors = 0;
        Play.Clock.Start();
        for (var i = 0; i < _config.IterationSteps; i++)
        {
            Play.Act(Q);
            Play.Step();
            for (var row = 0; row < Play.Rows; row++) yield return new(Play, row);
            Play.Advance();
        }
        Diagnostics = Play.Diagnostics(_errors / (_config.IterationSteps * Play.Rows));
    }

    /// <summary>Begins with what was shown, in every table that is kept; exploration begins where it otherwise ends, or it would not be followed.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> WarmStart(Demonstrations shown)
    {
        var visited = TabularWarmStart.Fill(Q, shown, _discretizer, _config.Discount);
        foreach (var table in _kept.OfType<ActionValues>()) table.CopyFrom(Q);
        Play.IsWarm = true;
        return [new("demonstrated_steps", shown.Count), new("demonstrated_states", visited)];
    }

    /// <summary>Counts the error of one learned step into the figures.</summary>
    public void Note(float error) => _errors += Math.Abs(error);

    public void Save(IBufferWriter<byte> writer)
    {
        Q.Save(writer);
        foreach (var state in _kept) state.Save(writer);
        Play.Save(writer);
    }

    public void Load(ref SequenceReader<byte> reader)
    {
        Q.Load(ref reader);
        foreach (var state in _kept) state.Load(ref reader);
        Play.Load(ref reader);
    }
}
