using Pilotage.Environments;

namespace Pilotage.Systems.Control.Tests.Bpo;

/// <summary>Pays nothing for the first step and 1 for each later one, and never ends: only the limit of four steps cuts it. The observation tells the first frame (0) from the others (1).</summary>
internal struct EndlessIncome : IEnvironment
{
    private int _taken;

    public static EnvironmentSpec Describe() => new() { Name = "EndlessIncome", ObservationSize = 1, Actions = new ActionSpace.Discrete(2), TimeLimit = 4 };

    public void Reset(Frame first, ref Randomness random)
    {
        _taken = 0;
        first.Observation[0] = 0;
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = 1;
        return new(_taken++ == 0 ? 0 : 1);
    }
}

/// <summary>One step an episode: the observation says which of four actions pays 1, and the mask forbids it half the time; then the next one pays.</summary>
internal struct MaskedBandit : IEnvironment
{
    private int _right;
    private bool _isForbidden;

    public static EnvironmentSpec Describe() => new() { Name = "MaskedBandit", ObservationSize = 4, Actions = new ActionSpace.Discrete(4, Masked: true) };

    public void Reset(Frame first, ref Randomness random)
    {
        (_right, _isForbidden) = (random.NextInt(4), random.NextDouble() < 0.5);
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var paying = _isForbidden ? (_right + 1) % 4 : _right;
        Show(next);
        return new(action.Index == paying ? 1 : 0, End.Terminated);
    }

    private readonly void Show(Frame frame)
    {
        frame.Observation.Clear();
        frame.Observation[_right] = 1;
        if (_isForbidden) frame.Legal[_right] = false;
    }
}

/// <summary>One step an episode, whatever is chosen: 8 in a quarter of the episodes, else 0. Mean 2, median 0.</summary>
internal struct Lottery : IEnvironment
{
    public static EnvironmentSpec Describe() => new() { Name = "Lottery", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) };

    public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 1;

    public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = 1;
        return new(random.NextDouble() < 0.25 ? 8 : 0, End.Terminated);
    }
}
