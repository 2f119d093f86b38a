using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Steps an environment in terms of states: where each row is, what it did, where it truly went. Chooses and learns nothing.</summary>
/// <remarks>The next state and mask of a row that ended are those of its true final frame; <see cref="Advance"/> then moves it to the new episode's first.</remarks>
internal sealed class TabularPlay : ISaved
{
    private readonly TabularConfig _config;
    private readonly IVectorEnvironment _environment;
    private readonly IDiscretizer _discretizer;
    private readonly ActionBatch _batch;
    private readonly int[] _states, _nextStates;
    private readonly int[] _planned;                                                      // the next action where the learner chose it already; else -1
    private readonly float[] _rewards;
    private readonly End[] _ends;
    private readonly bool[] _nextLegal;
    private readonly int _legalWidth;
    private readonly EpisodeStatistics _episodes;

    public TabularPlay(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds)
    {
        if (environment.Spec.Actions is not ActionSpace.Discrete { Count: var count })
            throw new UserMistakeException($"{environment.Spec.Name} has no single discrete choice; tabular learners need one. Use ppo.");
        (_config, _environment, _discretizer, Rows, ActionCount) = (config, environment, discretizer, environment.Rows, count);
        _batch = new(environment.Spec.Actions, Rows);
        (_states, _nextStates, _rewards, _ends) = (new int[Rows], new int[Rows], new float[Rows], new End[Rows]);
        _planned = new int[Rows];
        Array.Fill(_planned, -1);
        _legalWidth = environment.Spec.Actions.LegalCount;
        _nextLegal = new bool[Rows * _legalWidth];
        _episodes = new(Rows);
        Random = seeds.Actions.Start();
        environment.Reset();
        Advance();
    }

    public int Rows { get; }

    public int ActionCount { get; }

    public long Steps { get; private set; }

    public PhaseClock Clock { get; } = new();

    /// <summary>Draws of exploration and of whatever the learner draws.</summary>
    public Randomness Random;

    /// <summary>Whether the table began from demonstrations: exploration then is what it otherwise ends at.</summary>
    public bool IsWarm { get; set; }

    public double Epsilon => IsWarm ? _config.FinalExploration : _config.Epsilon(Steps);

    public Span<int> Actions => _batch.Indices;

    public ReadOnlySpan<int> States => _states;

    public ReadOnlySpan<int> NextStates => _nextStates;

    public ReadOnlySpan<float> Rewards => _rewards;

    public ReadOnlySpan<End> Ends => _ends;

    public ReadOnlySpan<bool> Legal(int row) => _environment.Frames.LegalOf(row);

    public ReadOnlySpan<bool> NextLegal(int row) => _nextLegal.AsSpan(row * _legalWidth, _legalWidth);

    /// <summary>Takes the planned action in every row; where none is planned, chooses epsilon-greedily.</summary>
    public void Act(ActionValues values)
    {
        for (var row = 0; row < Rows; row++)
        {
            Actions[row] = _planned[row] >= 0 ? _planned[row] : TabularTarget.EpsilonGreedy(values.Of(_states[row]), Legal(row), Epsilon, ref Random);
            _planned[row] = -1;
        }
    }

    /// <summary>Chooses epsilon-greedily in a row's next state. The choice is what the row will do, unless its episode ended.</summary>
    public int Plan(ActionValues values, int row)
    {
        var action = TabularTarget.EpsilonGreedy(values.Of(_nextStates[row]), NextLegal(row), Epsilon, ref Random);
        if (_ends[row] == End.Running) _planned[row] = action;
        return action;
    }

    /// <summary>Steps all rows by <see cref="Actions"/>.</summary>
    public void Step()
    {
        Clock.EndAct();
        var transition = _environment.Step(_batch);
        Clock.EndEnvironment();
        transition.Rewards.CopyTo(_rewards);
        transition.Ends.CopyTo(_ends);
        _episodes.Add(_rewards, _ends);
        var frames = _environment.Frames;
        var ended = 0;
        for (var row = 0; row < Rows; row++)
        {
            var running = _ends[row] == End.Running;
            _nextStates[row] = _discretizer.StateOf(running ? frames.Observation(row) : transition.FinalFrames.Observation(ended));
            (running ? frames.LegalOf(row) : transition.FinalFrames.LegalOf(ended)).CopyTo(_nextLegal.AsSpan(row * _legalWidth, _legalWidth));
            if (!running) ended++;
        }
        Steps += Rows;
    }

    /// <summary>Makes the frames to act on the rows' states. Call after learning from a step.</summary>
    public void Advance()
    {
        var frames = _environment.Frames;
        for (var row = 0; row < Rows; row++) _states[row] = _ends[row] == End.Running && Steps > 0 ? _nextStates[row] : _discretizer.StateOf(frames.Observation(row));
        Clock.EndLearn();
    }

    /// <summary>The field's figures of a tabular learner.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics(double meanAbsoluteError) =>
    [
        new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished),
        new("epsilon", Epsilon), new("td_error", meanAbsoluteError),
    ];

    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write(IsWarm ? 1 : 0);
        writer.Write<int>(_states);
        writer.Write<int>(_planned);
        Random.Save(writer);
        _episodes.Save(writer);
        _environment.Save(writer);
    }

    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        IsWarm = reader.ReadLong() != 0;
        reader.ReadInto<int>(_states);
        reader.ReadInto<int>(_planned);
        Random.Load(ref reader);
        _episodes.Load(ref reader);
        _environment.Load(ref reader);
    }
}
