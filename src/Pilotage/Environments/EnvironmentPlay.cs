using System.Globalization;
using Pilotage.Policies;

namespace Pilotage.Environments;

/// <summary>One instance of an environment, played by hand from a stream that can begin anew: what checks need and learners do not.</summary>
internal sealed class EnvironmentPlay<T> where T : IEnvironment
{
    private static readonly RandomPolicy Explorer = new();
    private readonly EnvironmentSpec _spec;
    private readonly EnvironmentContract _contract;
    private readonly float[] _observation;
    private readonly bool[] _legal;
    private readonly float[] _reward = new float[1];
    private readonly int[] _steps = new int[1];
    private T _instance;
    private Randomness _random;

    public EnvironmentPlay(EnvironmentSpec spec, T instance)
    {
        (_spec, _instance, _contract) = (spec, instance, new(spec, 1));
        (_observation, _legal) = (new float[spec.ObservationSize], new bool[spec.Actions.LegalCount]);
    }

    /// <summary>How the last step left the episode, the time limit included.</summary>
    public End End { get; private set; }

    /// <summary>Begins an episode on the numbers of a branch.</summary>
    /// <exception cref="UserMistakeException">The environment threw.</exception>
    /// <exception cref="RunFailedException">The frame breaks the contract.</exception>
    public void Reset(SeedTree seeds)
    {
        _random = seeds.Environments.Start();
        (_reward[0], _steps[0], End) = (0, 0, End.Running);
        Clear();
        try
        {
            _instance.Reset(new(_observation, _legal), ref _random);
        }
        catch (Exception failure)
        {
            throw Thrown("Reset", failure);
        }
        _contract.CheckFrames(_observation, _legal, _steps, [], []);
    }

    /// <summary>Takes a step.</summary>
    /// <exception cref="UserMistakeException">The environment threw.</exception>
    /// <exception cref="RunFailedException">Reward or frame break the contract.</exception>
    public void Step(ActionBatch action)
    {
        Clear();
        _steps[0]++;
        try
        {
            var outcome = _instance.Step(action[0], new(_observation, _legal), ref _random);
            (_reward[0], End) = (outcome.Reward, outcome.End);
        }
        catch (Exception failure)
        {
            throw Thrown("Step", failure);
        }
        if (End == End.Running && _steps[0] >= (_spec.TimeLimit ?? int.MaxValue)) End = End.Truncated;
        _contract.CheckRewards(_reward, _steps, [], []);
        _contract.CheckFrames(_observation, _legal, _steps, [], [End]);
    }

    /// <summary>A uniform legal action on the frame that is shown.</summary>
    public ActionBatch RandomAction(ref Randomness random)
    {
        var action = new ActionBatch(_spec.Actions, 1);
        Explorer.Act(new(1, _observation, _legal), PolicyMemory.None, ref random, action);
        return action;
    }

    /// <summary>What the two show differently, in words; <see langword="null"/> if their bits are the same.</summary>
    public string? Difference(EnvironmentPlay<T> other)
    {
        for (var i = 0; i < _observation.Length; i++)
        {
            if (SameBits(_observation[i], other._observation[i])) continue;
            var name = i < _spec.ObservationNames.Count ? $" ({_spec.ObservationNames[i]})" : "";
            return string.Create(CultureInfo.InvariantCulture, $"one shows {_observation[i]} and the other {other._observation[i]} as observation component {i}{name}");
        }
        if (!_legal.AsSpan().SequenceEqual(other._legal)) return $"one allows the actions {FrameText.Legal(_legal)} and the other {FrameText.Legal(other._legal)}";
        if (!SameBits(_reward[0], other._reward[0])) return string.Create(CultureInfo.InvariantCulture, $"one gives the reward {_reward[0]} and the other {other._reward[0]}");
        return End == other.End ? null : $"one episode is {End} and the other {other.End}";
    }

    private static bool SameBits(float a, float b) => BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b);

    private void Clear()
    {
        _observation.AsSpan().Fill(float.NaN);
        _legal.AsSpan().Fill(value: true);
    }

    private UserMistakeException Thrown(string method, Exception failure)
    {
        var advice = failure is IndexOutOfRangeException or ArgumentException
            ? $"A frame has {_spec.ObservationSize} numbers{(_legal.Length > 0 ? $" and {_legal.Length} flags" : "")}, as Describe says: write neither more nor others. "
            : "";
        var place = _steps[0] == 0 ? "first frame of an episode" : $"step {_steps[0]} of an episode";
        var line = failure.StackTrace?.Split('\n')[0].Trim();
        return new($"{_spec.Name}.{method} threw {failure.GetType().Name}: {failure.Message.TrimEnd('.')}. Where: {place}. {advice}Thrown {line}.");
    }
}
